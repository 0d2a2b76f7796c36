/** Exceptions of one kind of work, many at a time: in as many statements for hundreds as for one. */
import { sql } from 'kysely';
import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { RaisedException } from '../../domain/exceptions/exception.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { keyOf, saidBy, storedExceptionOf, type StoredException } from './exceptions.ts';

/** In the order in which they came. */
export async function openExceptionsOf(
  db: Database,
  connection: string,
  codes: readonly ExceptionCode[],
): Promise<StoredException[]> {
  const rows = await db
    .selectFrom('exceptions')
    .selectAll()
    .where('connection', '=', connection)
    .where('code', 'in', codes)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(storedExceptionOf);
}

/** Columns of an exception, and their types in Postgres. */
const COLUMNS = {
  code: 'text',
  key: 'text',
  subject_kind: 'text',
  subject_id: 'text',
  payout: 'text',
  what: 'text',
  at_stake: 'bigint',
  currency: 'text',
  remedy: 'jsonb',
} as const;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const SAID = NAMES.filter((name) => name !== 'code' && name !== 'key');

/** Opens each, or opens it again, as `raise` does one. @param exceptions no two of one code and key */
export async function raiseMany(
  db: Database,
  connection: string,
  exceptions: readonly RaisedException[],
  at: string,
): Promise<void> {
  for (const some of inBatches(exceptions)) {
    const values = some.map((exception) => ({ code: exception.code, key: keyOf(exception), ...saidBy(exception) }));
    const columns = sql.join(NAMES.map((name) => sql.ref(name)));
    const raised = sql`unnest(${sql.join(NAMES.map((name) => sql`${values.map((value) => value[name])}::${sql.raw(COLUMNS[name])}[]`))}) as raised(${columns})`;
    const said = (of: string, known: string) =>
      sql`${sql.join(SAID.map((name) => sql`${sql.ref(name)} = ${sql.ref(`${of}.${name}`)}`))}, closed_at = null, resolution = null,
        opened = ${sql.ref(`${known}.opened`)} + (${sql.ref(`${known}.closed_at`)} is not null)::int,
        reopened_at = case when ${sql.ref(`${known}.closed_at`)} is null then ${sql.ref(`${known}.reopened_at`)} else ${at}::timestamptz end`;
    // Known ones are not inserted: a conflict would use a number up, and people read these numbers.
    await sql`with raised as (select * from ${raised}),
      known as (update exceptions e set ${said('raised', 'e')} from raised
        where e.connection = ${connection} and e.code = raised.code and e.key = raised.key returning e.code, e.key)
      insert into exceptions (connection, ${columns}, opened_at)
        select ${connection}, raised.*, ${at}::timestamptz from raised
        where not exists (select from known where known.code = raised.code and known.key = raised.key) order by raised.code, raised.key
      on conflict (connection, code, key) do update set ${said('excluded', 'exceptions')}`.execute(db);
  }
}

/** Ends those that are still open. */
export async function resolveMany(
  db: Database,
  exceptions: readonly Pick<StoredException, 'id'>[],
  resolution: string,
  at: string,
): Promise<void> {
  if (exceptions.length === 0) return;
  await db
    .updateTable('exceptions')
    .set({ closed_at: at, resolution })
    .where(
      'id',
      'in',
      exceptions.map(({ id }) => id),
    )
    .where('closed_at', 'is', null)
    .execute();
}
