import { readFileSync } from 'node:fs';
import { readStatement } from '../../clients/bank/read-statement.ts';
import { StatementError } from '../../clients/bank/statement-error.ts';
import type { StatementForm } from '../../config/statement-form.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { StatementRefusal } from './import-statement.ts';

/**
 * Reads a statement of this machine as the worker would, and takes nothing in.
 * @param form how a CSV is written; null where its headers are ours
 * @throws StatementRefusal; TieoutError `statement-line` when there is no such file
 */
export function checkStatementFile(file: string, form: StatementForm | null): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new TieoutError({
      code: 'statement-line',
      what: `There is no file ${file}.`,
      notDone: 'Nothing was started.',
      where: [file],
      do: ['name a statement in OFX or CSV'],
    });
  }
  try {
    readStatement(file, bytes, form ?? undefined);
  } catch (error) {
    if (error instanceof StatementError) throw new StatementRefusal({ problem: error.problem, formBy: null });
    throw error;
  }
}
