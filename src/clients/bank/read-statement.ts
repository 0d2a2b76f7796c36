import type { StatementForm } from '../../config/statement-form.ts';
import { decodeStatement } from './decode-statement.ts';
import { readCsvStatement } from './read-csv-statement.ts';
import { isOfx, readOfxStatement } from './read-ofx-statement.ts';
import type { BankStatement } from './statement.ts';

/**
 * Reads a bank or card statement: OFX (1 or 2) when the content is OFX, else CSV.
 * @param file name for messages
 * @param form how a CSV is written, where its headers are not ours
 * @throws StatementError naming line and field; for a CSV whose columns are not found also its headers and a form that would read it
 */
export function readStatement(file: string, bytes: Uint8Array, form?: StatementForm): BankStatement {
  const text = decodeStatement(file, bytes);
  return isOfx(text) ? readOfxStatement(file, text) : readCsvStatement(file, text, form);
}
