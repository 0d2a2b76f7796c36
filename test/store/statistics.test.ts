import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { analyseAfter, analyseUnknown } from '../../src/store/statistics.ts';
import { NO_AUTOVACUUM, startFreshPostgres, type FreshPostgres } from './fresh-postgres.ts';

let postgres: FreshPostgres;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  await postgres.asOwner(NO_AUTOVACUUM);
}, 60_000);
afterAll(() => postgres?.stop());

const known = async () =>
  (
    await postgres.store.pool.query<{ tablename: string }>(
      "select distinct tablename from pg_stats where schemaname = 'public' order by 1",
    )
  ).rows.map(({ tablename }) => tablename);

test('tables that hold something and were never analysed, as after pg_restore, are analysed once', async () => {
  const { db } = postgres.store;
  // A new database has the migrator's rows alone.
  expect(await analyseUnknown(db)).toEqual([]);
  const before = await known();
  await db
    .insertInto('marks')
    .values(Array.from({ length: 50 }, (_, index) => ({ connection: 'c', source: `s${index}`, mark: '1' })))
    .execute();
  await db
    .insertInto('opened_chains')
    .values({
      connection: 'c',
      settlement_id: '1',
      decided_by: 'me',
      why: 'so',
      audit: 1,
      decided_at: '2026-11-01T00:00:00Z',
    })
    .execute();
  expect(await analyseUnknown(db)).toEqual(['marks', 'opened_chains']);
  expect(await known()).toEqual([...before, 'marks', 'opened_chains'].sort());
  expect(await analyseUnknown(db)).toEqual([]);
});

test('a table is analysed after many rows at once, and not after few', async () => {
  const { db, pool } = postgres.store;
  await pool.query(`insert into settlement_rows (connection, settlement_id, line, ordinal, transaction_type, amount_type, amount_description, amount, posted_at)
    select 'c', '1', line, 0, 'a', 'b', 'c', 1, now() from generate_series(1, 1000) line`);
  await analyseAfter(db, 'settlement_rows', 999);
  expect(await known()).not.toContain('settlement_rows');
  await analyseAfter(db, 'settlement_rows', 1000);
  expect(await known()).toContain('settlement_rows');
});
