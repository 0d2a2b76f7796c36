import type { StatementForm } from '../../config/statement-form.ts';
import { checkStatementFile } from '../../operations/bank/check-statement.ts';
import { StatementRefusal } from '../../operations/bank/import-statement.ts';
import { statementRefusal, type GivenCommand } from '../statement-refusal.ts';

/** A statement named on the command line is read before anything is started. @throws TieoutError `statement-line` */
export function checkStatement(file: string, form: StatementForm | null, command: GivenCommand): void {
  try {
    checkStatementFile(file, form);
  } catch (error) {
    if (error instanceof StatementRefusal) throw statementRefusal(error.refused, file, 'Nothing was started.', command);
    throw error;
  }
}
