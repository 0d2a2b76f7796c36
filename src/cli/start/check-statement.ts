import { readFileSync } from 'node:fs';
import { readStatement } from '../../clients/bank/read-statement.ts';
import { StatementError } from '../../clients/bank/statement-error.ts';
import type { StatementForm } from '../../config/statement-form.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { statementRefusal, type GivenCommand } from '../statement-refusal.ts';

/** A statement named on the command line is read before anything is started. @throws TieoutError `statement-line` */
export function checkStatement(file: string, form: StatementForm | null, command: GivenCommand): void {
  const notDone = 'Nothing was started.';
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new TieoutError({
      code: 'statement-line',
      what: `There is no file ${file}.`,
      notDone,
      where: [file],
      do: ['name a statement in OFX or CSV'],
    });
  }
  try {
    readStatement(file, bytes, form ?? undefined);
  } catch (error) {
    if (error instanceof StatementError)
      throw statementRefusal({ problem: error.problem, formBy: null }, file, notDone, command);
    throw error;
  }
}
