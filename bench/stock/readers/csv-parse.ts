import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { Reading } from './reading.ts';

/** csv-parse as a stream, to arrays (its objects are slower); each cell of the ledger is quoted. */
export async function read(file: string): Promise<Reading> {
  let lines = 0;
  const parser = createReadStream(file, { highWaterMark: 1 << 20 }).pipe(
    parse({ delimiter: '\t', record_delimiter: '\n' }),
  );
  parser.on('data', () => {
    lines += 1;
  });
  await new Promise<void>((resolve, reject) => parser.on('end', resolve).on('error', reject));
  return { rows: lines - 1 };
}
