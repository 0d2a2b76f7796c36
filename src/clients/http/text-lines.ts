import { storableText } from '../../domain/delimited/storable-text.ts';

/**
 * Lines of a UTF-8 stream, ended by LF or CRLF, without holding the file. Nothing else ends a line: a title may hold
 * a line separator of Unicode's, at which `node:readline` would cut. A byte order mark is dropped.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + storableText(decoder.decode(chunk, { stream: true }))).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
