/** The exceptions inbox: one entry for one thing that does not tie, however often it is met. */
import type { ExceptionCode } from '../domain/exceptions/exception.ts';
import type { Database } from './database.ts';

export interface RaisedException {
  code: ExceptionCode;
  /** Dedupes: the SKU, the amount key, the settlement or order that it is about. */
  key: string;
  owner: 'operations' | 'finance' | 'engineering';
  what: string;
  /** What to do, as a sentence or a command. */
  act: string;
  atStake: bigint | null;
  currency: string | null;
  /** `order:…` or `payout:…`. */
  subject: string;
}

export interface StoredException extends RaisedException { id: number; openedAt: string; closedAt: string | null; resolution: string | null }

/** Opens it, or opens it again; figures and words are those of the last time. Returns its number. */
export async function raise(db: Database, connection: string, exception: RaisedException, at: string): Promise<number> {
  const values = { owner: exception.owner, what: exception.what, act: exception.act, at_stake: exception.atStake, currency: exception.currency, subject: exception.subject };
  // Updated first: a conflict at insertion would use a number up, and people read these numbers.
  const known = await db.updateTable('exceptions').set({ ...values, closed_at: null, resolution: null })
    .where('connection', '=', connection).where('code', '=', exception.code).where('key', '=', exception.key).returning('id').executeTakeFirst();
  if (known) return known.id;
  const row = await db.insertInto('exceptions')
    .values({ connection, code: exception.code, key: exception.key, ...values, opened_at: at, closed_at: null, resolution: null })
    .onConflict((conflict) => conflict.columns(['connection', 'code', 'key']).doUpdateSet({ ...values, closed_at: null, resolution: null }))
    .returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function resolveException(db: Database, connection: string, code: ExceptionCode, key: string, resolution: string, at: string): Promise<void> {
  await db.updateTable('exceptions').set({ closed_at: at, resolution })
    .where('connection', '=', connection).where('code', '=', code).where('key', '=', key).where('closed_at', 'is', null).execute();
}

export async function openExceptions(db: Database, connection?: string): Promise<(StoredException & { connection: string })[]> {
  let query = db.selectFrom('exceptions').selectAll().where('closed_at', 'is', null).orderBy('id');
  if (connection !== undefined) query = query.where('connection', '=', connection);
  return (await query.execute()).map(fromRow);
}

/** Keys of the open exceptions of a code, or of those whose key begins so. */
export async function openKeys(db: Database, connection: string, code: ExceptionCode, beginning = ''): Promise<string[]> {
  const rows = await db.selectFrom('exceptions').select('key').where('connection', '=', connection).where('code', '=', code).where('closed_at', 'is', null).execute();
  return rows.map(({ key }) => key).filter((key) => key.startsWith(beginning));
}

export async function openExceptionOf(db: Database, connection: string, code: ExceptionCode, key: string): Promise<StoredException | null> {
  const row = await db.selectFrom('exceptions').selectAll().where('connection', '=', connection).where('code', '=', code).where('key', '=', key).where('closed_at', 'is', null).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function exceptionByNumber(db: Database, id: number): Promise<(StoredException & { connection: string }) | null> {
  const row = await db.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

function fromRow(row: { id: number; connection: string; code: string; key: string; owner: string; what: string; act: string; at_stake: bigint | null; currency: string | null; subject: string; opened_at: string; closed_at: string | null; resolution: string | null }) {
  return {
    id: row.id, connection: row.connection, code: row.code as ExceptionCode, key: row.key, owner: row.owner as RaisedException['owner'], what: row.what, act: row.act,
    atStake: row.at_stake, currency: row.currency, subject: row.subject, openedAt: row.opened_at, closedAt: row.closed_at, resolution: row.resolution,
  };
}
