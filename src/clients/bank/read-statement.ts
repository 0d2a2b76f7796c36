import { TextDecoder } from 'node:util';
import { readCsvStatement } from './read-csv-statement.ts';
import { readOfxStatement } from './read-ofx-statement.ts';
import type { BankStatement } from './statement.ts';

/**
 * Reads a bank or card statement: OFX (1 or 2) when the content is OFX, else CSV.
 * @param file name for messages
 * @param columns for CSV with headers of its own: our column (`date`, `amount`, …) → the file's header
 * @throws StatementError naming line and field
 */
export function readStatement(file: string, bytes: Uint8Array, columns?: Readonly<Record<string, string>>): BankStatement {
  const text = decode(bytes);
  return /^\s*OFXHEADER\s*:|<OFX>/i.test(text) ? readOfxStatement(file, text) : readCsvStatement(file, text, columns);
}

/** Banks name one character set and send another: UTF-8 where the bytes are UTF-8, else Windows-1252. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
