/** The lines of a statement taken in; each payout finds its own. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { StatementForm } from '../../config/statement-form.ts';
import {
  STATEMENT_IMPORT,
  STATEMENT_REFUSED,
  type StatementImportResult,
  type StatementRefused,
} from '../../contracts/bank/statement-import.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { saveFile } from '../../store/files/files.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { ANSWER_WITHIN_MS, givenBy, runImport } from '../files/run-import.ts';

export interface StatementOptions {
  /** Whose statement it is. */
  account: 'bank' | 'card';
  /** How a CSV is written; null where its headers are ours, or remembered, or configured. */
  form?: StatementForm | null;
  /** Read later statements of this account so. */
  remember?: boolean;
  /** Who gives it; null where the product fetched it by itself. */
  by?: string | null;
  /** Number of the account, for a CSV where there are several. */
  number?: string | null;
}
export interface Statement extends StatementOptions {
  name: string;
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What the worker that read it names: file, line and field, and for a CSV of other columns what would read it. */
export class StatementRefusal extends Error {
  readonly refused: StatementRefused;

  constructor(refused: StatementRefused) {
    super(refused.problem.what);
    this.name = 'StatementRefusal';
    this.refused = refused;
  }
}

/**
 * @param withinMs how long to wait for a worker; null: as long as it takes
 * @throws StatementRefusal; TieoutError `usage` for a person who may not, `not-running`
 */
export async function importStatement(
  { client, store, connection, policy }: ConnectionAtWork,
  { name, bytes, account, form = null, remember = false, number = null, by = null }: Statement,
  withinMs: number | null = null,
): Promise<StatementImportResult> {
  const sha256 = await saveFile(store.db, name, bytes, await databaseNow(store.db));
  return runImport(
    client,
    STATEMENT_IMPORT,
    { connection, sha256, name, account, policy, form, remember, number, ...givenBy(by) },
    ({ type, details }) => (type === STATEMENT_REFUSED ? new StatementRefusal(details![0] as StatementRefused) : null),
    withinMs,
  );
}

/** Before anything else is asked of anybody. @throws TieoutError `report-file` for a file that cannot be opened */
export async function requireStatementFile(file: string): Promise<void> {
  try {
    await using handle = await open(file);
    // A folder can be opened, and not read.
    await handle.read(Buffer.alloc(1));
  } catch (error) {
    throw unreadable(error, file);
  }
}

/** A file of this machine. @throws TieoutError `report-file` when it cannot be opened, too */
export async function importStatementFile(
  atWork: ConnectionAtWork,
  file: string,
  options: StatementOptions,
): Promise<StatementImportResult> {
  const bytes = createReadStream(file) as AsyncIterable<Buffer>;
  try {
    return await importStatement(atWork, { ...options, name: basename(file), bytes }, ANSWER_WITHIN_MS);
  } catch (error) {
    throw unreadable(error, file);
  }
}

function unreadable(error: unknown, file: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = new Map([
    ['ENOENT', 'there is no such file'],
    ['EISDIR', 'it is a folder'],
    ['EACCES', 'it may not be read'],
  ]).get(code);
  if (reason === undefined) return error;
  return new TieoutError({
    code: 'report-file',
    what: 'The statement cannot be opened.',
    notDone: 'Nothing was taken in.',
    where: [`${file}: ${reason}`],
    do: ['give the path of a statement, OFX or CSV'],
  });
}
