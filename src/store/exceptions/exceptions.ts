/** The exceptions inbox: one entry for one thing that does not tie, however often it is met. */
import { sql, type Selectable } from 'kysely';
import type { ExceptionCode, Owner } from '../../domain/exceptions/catalogue.ts';
import type { Evidence, RaisedException, Remedy, Subject } from '../../domain/exceptions/exception.ts';
import { CATALOGUE } from '../../errors/catalogue.ts';
import type { Database } from '../database.ts';
import type { ExceptionsTable } from './tables.ts';

export interface StoredException {
  id: number;
  connection: string;
  code: ExceptionCode;
  key: string;
  subject: Subject;
  payout: string | null;
  evidence: Evidence;
  remedy: Remedy;
  owner: Owner;
  openedAt: string;
  /** How often it has been opened, and since when it is open this time. */
  opened: number;
  openSince: string;
  closedAt: string | null;
  resolution: string | null;
}

/** Opens it, or opens it again; evidence and remedy are those of the last time. Returns its number. */
export async function raise(db: Database, connection: string, exception: RaisedException, at: string): Promise<number> {
  const { code } = exception;
  const key = keyOf(exception);
  const values = { ...saidBy(exception), closed_at: null, resolution: null };
  // Updated first: a conflict at insertion would use a number up, and people read these numbers.
  const known = await db
    .updateTable('exceptions')
    .set({ ...values, ...openedAgain(at) })
    .where('connection', '=', connection)
    .where('code', '=', code)
    .where('key', '=', key)
    .returning('id')
    .executeTakeFirst();
  if (known) return known.id;
  const row = await db
    .insertInto('exceptions')
    .values({ connection, code, key, ...values, opened_at: at })
    .onConflict((conflict) =>
      conflict.columns(['connection', 'code', 'key']).doUpdateSet({ ...values, ...openedAgain(at) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Of one that had ended: it is open once more, since now. */
const openedAgain = (at: string) => ({
  opened: sql<number>`exceptions.opened + (exceptions.closed_at is not null)::int`,
  reopened_at: sql<
    string | null
  >`case when exceptions.closed_at is null then exceptions.reopened_at else ${at}::timestamptz end`,
});

export const keyOf = ({ key, subject }: RaisedException): string => key ?? subject.id;

/** Columns of what is said of it. */
export function saidBy({ subject, payout, evidence, remedy }: RaisedException) {
  return {
    subject_kind: subject.kind,
    subject_id: subject.id,
    payout: payout ?? (subject.kind === 'payout' ? subject.id : null),
    what: evidence.what,
    at_stake: evidence.atStake,
    currency: evidence.currency,
    remedy: JSON.stringify(remedy),
  };
}

export async function resolveException(
  db: Database,
  connection: string,
  code: ExceptionCode,
  key: string,
  resolution: string,
  at: string,
): Promise<void> {
  await db
    .updateTable('exceptions')
    .set({ closed_at: at, resolution })
    .where('connection', '=', connection)
    .where('code', '=', code)
    .where('key', '=', key)
    .where('closed_at', 'is', null)
    .execute();
}

/** What ends it is decided and not done yet: nobody need act any more. `until` says with what it ends. */
export async function markDecided(
  db: Database,
  connection: string,
  code: ExceptionCode,
  key: string,
  until: string,
): Promise<void> {
  const remedy: Remedy = { kind: 'wait', until };
  await db
    .updateTable('exceptions')
    .set({ remedy: JSON.stringify(remedy) })
    .where('connection', '=', connection)
    .where('code', '=', code)
    .where('key', '=', key)
    .where('closed_at', 'is', null)
    .execute();
}

export async function openExceptions(db: Database, connection?: string): Promise<StoredException[]> {
  let query = db.selectFrom('exceptions').selectAll().where('closed_at', 'is', null).orderBy('id');
  if (connection !== undefined) query = query.where('connection', '=', connection);
  return (await query.execute()).map(storedExceptionOf);
}

/** How many of each code are open, and since when the oldest of them. */
export async function openExceptionCounts(
  db: Database,
  connection: string,
): Promise<{ code: ExceptionCode; open: number; oldest: string }[]> {
  const rows = await db
    .selectFrom('exceptions')
    .select(['code', ({ fn }) => fn.countAll<bigint>().as('open'), ({ fn }) => fn.min('opened_at').as('oldest')])
    .where('connection', '=', connection)
    .where('closed_at', 'is', null)
    .groupBy('code')
    .orderBy('code')
    .execute();
  return rows.map(({ code, open, oldest }) => ({ code: code as ExceptionCode, open: Number(open), oldest }));
}

/** Those that were open at any moment between two instants, by number. */
export async function exceptionsBetween(
  db: Database,
  connection: string,
  from: string,
  until: string,
): Promise<StoredException[]> {
  const rows = await db
    .selectFrom('exceptions')
    .selectAll()
    .where('connection', '=', connection)
    .where('opened_at', '<', until)
    .where((on) => on.or([on('closed_at', 'is', null), on('closed_at', '>=', from)]))
    .orderBy('id')
    .execute();
  return rows.map(storedExceptionOf);
}

/** Open exceptions of one payout: those that are about it, and the amounts without an account that it waits for. */
export async function exceptionsOfPayout(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<StoredException[]> {
  const rows = await db
    .selectFrom('exceptions as e')
    .selectAll('e')
    .where('e.connection', '=', connection)
    .where('e.closed_at', 'is', null)
    .where((on) =>
      on.or([
        on('e.payout', '=', settlementId),
        on.and([
          on('e.code', '=', 'unknown-amount'),
          on.exists(
            on
              .selectFrom('waits as w')
              .select('w.key')
              .whereRef('w.connection', '=', 'e.connection')
              .where('w.kind', '=', 'amount')
              .whereRef('w.key', '=', 'e.key')
              .where('w.settlement_id', '=', settlementId),
          ),
        ]),
      ]),
    )
    .orderBy('e.id')
    .execute();
  return rows.map(storedExceptionOf);
}

/** Keys of the open exceptions of a code, or of those whose key begins so. */
export async function openKeys(
  db: Database,
  connection: string,
  code: ExceptionCode,
  beginning = '',
): Promise<string[]> {
  const rows = await db
    .selectFrom('exceptions')
    .select('key')
    .where('connection', '=', connection)
    .where('code', '=', code)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map(({ key }) => key).filter((key) => key.startsWith(beginning));
}

/** `{connection} {key}` of the open exceptions of a code, of all connections. */
export async function openKeysOf(db: Database, code: ExceptionCode): Promise<string[]> {
  const rows = await db
    .selectFrom('exceptions')
    .select(['connection', 'key'])
    .where('code', '=', code)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map(({ connection, key }) => `${connection} ${key}`);
}

export async function openExceptionOf(
  db: Database,
  connection: string,
  code: ExceptionCode,
  key: string,
): Promise<StoredException | null> {
  const row = await db
    .selectFrom('exceptions')
    .selectAll()
    .where('connection', '=', connection)
    .where('code', '=', code)
    .where('key', '=', key)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row ? storedExceptionOf(row) : null;
}

export async function exceptionByNumber(db: Database, id: number): Promise<StoredException | null> {
  const row = await db.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? storedExceptionOf(row) : null;
}

export function storedExceptionOf(row: Selectable<ExceptionsTable>): StoredException {
  const code = row.code as ExceptionCode;
  return {
    id: row.id,
    connection: row.connection,
    code,
    key: row.key,
    owner: CATALOGUE[code].owner,
    payout: row.payout,
    subject: { kind: row.subject_kind as Subject['kind'], id: row.subject_id },
    remedy: row.remedy as Remedy,
    evidence: { what: row.what, atStake: row.at_stake, currency: row.currency },
    openedAt: row.opened_at,
    opened: row.opened,
    openSince: row.reopened_at ?? row.opened_at,
    closedAt: row.closed_at,
    resolution: row.resolution,
  };
}
