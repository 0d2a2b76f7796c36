import { createReadStream } from 'node:fs';
import { inferSchema, initParser, type Parser } from 'udsv';
import { LINES_BEFORE_ROWS, type Reading } from './reading.ts';

/** uDSV by the chunk, to arrays of strings, without enclosures; it drops the header by itself. */
export async function read(file: string): Promise<Reading> {
  let rows = 0;
  let parser: Parser | null = null;
  for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const text = chunk as string;
    parser ??= initParser(inferSchema(text, { col: '\t', row: '\n', encl: '' }));
    parser.chunk<string[]>(text, parser.stringArrs, () => {
      rows += 1;
    });
  }
  parser?.end();
  return { rows: rows - (LINES_BEFORE_ROWS - 1) };
}
