import { ApplicationFailure } from '@temporalio/common';
import { readStatement } from '../../clients/bank/read-statement.ts';
import { StatementError } from '../../clients/bank/statement-error.ts';
import type { StatementForm } from '../../config/statement-form.ts';
import { newLines } from '../../domain/matching/new-lines.ts';
import { readFileChunks } from '../../store/files/files.ts';
import { keepStatementLines, rememberedForm, rememberForm } from '../../store/bank/statements.ts';
import type { Connection } from '../connection.ts';
import { recordGiven, requireGiver } from '../decisions/given-by.ts';
import {
  STATEMENT_REFUSED,
  type FormOrigin,
  type StatementImportResult,
  type StatementRefused,
  type StatementToImport,
} from '../../contracts/bank/statement-import.ts';

/**
 * Stores the lines of a statement file, each once, and the form of its CSV where that shall be remembered.
 * Idempotent: a line that is stored is not new ({@link newLines}).
 */
export async function importStatement(
  connection: Connection,
  input: StatementToImport,
): Promise<StatementImportResult> {
  const { account, name } = input;
  requireGiver(connection, 'importStatement', input);
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileChunks(connection.db, input.sha256)) pieces.push(piece);
  const { form, by } = await formOf(connection, input);
  try {
    const {
      account: { tail: named },
      lines,
      leftOut,
    } = readStatement(name, Buffer.concat(pieces), form);
    const tail = accountTail(name, named, input.number ?? null);
    const days = lines.map((line) => line.date).sort();
    const [from, to] = [days[0] ?? null, days.at(-1) ?? null];
    const fresh =
      from === null || to === null
        ? 0
        : await keepStatementLines(connection.db, connection.name, { account, tail }, { from, to }, (known) =>
            newLines({ account, tail }, lines, known),
          );
    if (input.remember && form !== undefined) await rememberForm(connection.db, connection.name, account, form);
    const { sha256 } = input;
    await recordGiven(connection, 'importStatement', input, {
      file: name,
      sha256,
      account,
      lines: lines.length,
      fresh,
    });
    return { account: tail, from, to, lines: lines.length, fresh, formBy: by, leftOut };
  } catch (error) {
    if (error instanceof StatementError)
      throw ApplicationFailure.create({
        message: error.message,
        type: STATEMENT_REFUSED,
        nonRetryable: true,
        details: [{ problem: error.problem, formBy: by } satisfies StatementRefused],
      });
    throw error;
  }
}

/** What the file says and what the command says must not differ. @throws StatementError */
function accountTail(file: string, named: string | null, given: string | null): string | null {
  const said = given?.slice(-4) ?? null;
  if (named !== null && said !== null && named !== said)
    throw new StatementError({
      file,
      what: `it is the statement of account …${named}, not …${said}`,
      advice: 'Give it without --number, or the statement of the other account',
    });
  return named ?? said;
}

async function formOf(
  connection: Connection,
  { account, form }: StatementToImport,
): Promise<{ form: StatementForm | undefined; by: FormOrigin }> {
  if (form) return { form, by: 'command' };
  const remembered = await rememberedForm(connection.db, connection.name, account);
  if (remembered !== null) return { form: remembered, by: 'remembered' };
  const configured = connection.settings.statementColumns;
  return configured === undefined ? { form: undefined, by: null } : { form: configured, by: 'configuration' };
}
