import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openStore, type Store } from '../../src/store/database.ts';
import { startFreshPostgres, type FreshPostgres } from './fresh-postgres.ts';

let postgres: FreshPostgres;
/** One session, so that what it keeps can be asked for. */
let store: Store;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  store = openStore(postgres.url, { max: 1 });
});
afterAll(async () => {
  await store.close();
  await postgres.stop();
});

const kept = async (like: string) =>
  (
    await store.pool.query<{ times: number }>(
      'select (generic_plans + custom_plans)::int as times from pg_prepared_statements where statement like $1',
      [like],
    )
  ).rows.map(({ times }) => times);

test('a statement is parsed once, however often it is asked with other values', async () => {
  for (const mark of ['a', 'b', 'c'])
    await store.db.insertInto('marks').values({ connection: 'c', source: mark, mark }).execute();
  expect(await kept('insert into "marks"%')).toEqual([3]);
  expect(await store.db.selectFrom('marks').select('mark').where('source', '=', 'b').executeTakeFirst()).toEqual({
    mark: 'b',
  });
});

test('one that asks for all columns is not kept, so that a migration may add one', async () => {
  const all = () => store.db.selectFrom('marks').selectAll().where('source', '=', 'a').execute();
  expect(await all()).toEqual([{ connection: 'c', source: 'a', mark: 'a' }]);
  // As a migration does: by the owner.
  const owner = openStore(postgres.ownerUrl, { max: 1 });
  await owner.pool.query('alter table marks add column later text');
  expect(await all()).toEqual([{ connection: 'c', source: 'a', mark: 'a', later: null }]);
  await owner.pool.query('alter table marks drop column later');
  await owner.close();
});

test('one with a long list of values is not kept: each length of the list would be', async () => {
  for (let length = 19; length < 30; length += 1) {
    await store.db
      .selectFrom('marks')
      .select('source')
      .where('connection', '=', 'c')
      .where(
        'source',
        'in',
        Array.from({ length }, (_, index) => `s${index}`),
      )
      .execute();
  }
  expect(await kept('select "source" from "marks"%')).toEqual([1]);
});

test('one with an array, or with tables beside each other, is planned anew each time: what fits a few rows does not fit many', async () => {
  const { db } = store;
  for (let times = 0; times < 7; times += 1) {
    await sql`select mark from marks where source = any(${['a', 'b']})`.execute(db);
    await sql`select m.mark from marks m join orders o on o.connection = m.connection where m.source = ${'a'}`.execute(
      db,
    );
    await sql`select mark from marks m where m.source = ${'a'} and not exists (select from orders o where o.connection = m.connection)`.execute(
      db,
    );
  }
  expect([...(await kept('select mark from marks%')), ...(await kept('select m.mark%'))]).toEqual([]);
});

test('a statement that fails is asked again as if it had not', async () => {
  const divided = (by: number) => sql<{ result: number }>`select (6 / ${by}::int) as result`.execute(store.db);
  await expect(divided(0)).rejects.toThrow('division by zero');
  expect((await divided(2)).rows).toEqual([{ result: 3 }]);
});
