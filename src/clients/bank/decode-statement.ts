import { TextDecoder } from 'node:util';
import { StatementError } from './statement-error.ts';

/** So many bytes tell UTF-16 without its mark. */
const SAMPLE = 512;

/**
 * Banks name one character set and send another, so the bytes decide: a mark says what it is; UTF-16 without one is told
 * by its zeros; then UTF-8 where the bytes are UTF-8, else Windows-1252.
 * @throws StatementError for bytes that are no text
 */
export function decodeStatement(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes('\u0000'))
    throw new StatementError({
      file,
      what: 'it is no text',
      advice: 'Export the statement again as OFX, QFX or CSV; a spreadsheet is saved as CSV',
    });
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(bytes.length, SAMPLE);
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at % 2]! += 1;
  // What both forms of a statement begin with is ASCII: every second byte is zero.
  if (zeros[1]! > length / 4) return 'utf-16le';
  if (zeros[0]! > length / 4) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
