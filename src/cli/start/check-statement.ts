import { readFileSync } from 'node:fs';
import { readStatement } from '../../clients/bank/read-statement.ts';
import { StatementError } from '../../clients/bank/statement-error.ts';
import { TieoutError } from '../../errors/tieout-error.ts';

/** A statement named on the command line is read before anything is started. @throws TieoutError `statement-line` */
export function checkStatement(file: string): void {
  const refuse = (what: string, where: string[], remedy: string) => new TieoutError({ code: 'statement-line', what, notDone: 'Nothing was started.', where, do: [remedy] });
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw refuse(`There is no file ${file}.`, [file], 'name a statement in OFX or CSV');
  }
  try {
    readStatement(file, bytes);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    const at = error.place ? `, line ${error.place.line}, column ${error.place.column}` : '';
    throw refuse(`The statement cannot be read: ${error.what}.`, [`${file}${at}${error.field ? `, "${error.field}"` : ''}${error.text === null ? '' : `: "${error.text}"`}`], error.advice);
  }
}
