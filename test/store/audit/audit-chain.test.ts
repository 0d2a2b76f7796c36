import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { lastAudit, verifyAudit } from '../../../src/store/audit/audit-chain.ts';
import { recordAudit } from '../../../src/store/audit/audit-log.ts';
import { openStore, type Store } from '../../../src/store/database.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const AT = '2026-11-10T08:00:00Z';

let postgres: FreshPostgres;
let store: Store;
let owner: pg.Client;
beforeAll(async () => {
  postgres = await startFreshPostgres();
  store = openStore(postgres.url);
  owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner.end();
  await store.close();
  await postgres.stop();
});

const act = (
  action: string,
  detail: object = { sku: 'BLU-MUG', kÿ: '\u2028"\\\n', units: 3, list: [true, null, 1.5] },
) => recordAudit(store.db, 'us', { action, detail, by: 'ana@example.com', why: 'same UPC', at: AT });

/** As somebody who owns the tables could, with the triggers out of the way, and back again. */
async function behindItsBack(statement: string): Promise<() => Promise<void>> {
  await owner.query('create table kept as select * from audit');
  await owner.query('alter table audit disable trigger all');
  await owner.query(statement);
  return async () => {
    await owner.query('delete from audit');
    await owner.query('insert into audit select * from kept');
    await owner.query('alter table audit enable trigger all');
    await owner.query('drop table kept');
  };
}

test('an empty record stands; each entry follows the one before, numbered without gaps in the order of the chain', async () => {
  expect(await verifyAudit(store.db)).toEqual({ entries: 0, end: null, broken: null });
  const numbers = await Promise.all(Array.from({ length: 20 }, (_, index) => act(`act-${index}`)));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  const found = await verifyAudit(store.db);
  expect(found).toMatchObject({ entries: 20, broken: null, end: { number: 20 } });
  const [last, before] = await lastAudit(store.db, 'us', 2);
  expect(last!.previous).toBe(before!.hash);
  expect(found.end!.hash).toBe(last!.hash);
});

test("the product's role can neither change, delete nor empty it; its owner is refused by the trigger", async () => {
  for (const statement of ['update audit set why = null', 'delete from audit', 'truncate audit']) {
    await expect(store.pool.query(statement)).rejects.toThrow('permission denied for table audit');
    await expect(owner.query(statement)).rejects.toThrow('the audit record is only added to');
  }
  expect((await verifyAudit(store.db)).entries).toBe(20);
});

test('whoever inserts by hand is chained as well: hash, place and number are the database’s', async () => {
  await store.pool.query(
    `insert into audit (id, connection, action, detail, decided_by, why, at, previous, hash)
     values (4, 'us', 'by-hand', '{}', 'x', null, '${AT}', 'mine', 'mine')`,
  );
  expect(await verifyAudit(store.db)).toMatchObject({ entries: 21, broken: null, end: { number: 21 } });
});

test.each([
  ['a reason that is changed', `update audit set why = 'other' where id = 7`, 7, 'something else'],
  [
    'a detail that is changed',
    `update audit set detail = detail || '{"units": 4}' where id = 12`,
    12,
    'something else',
  ],
  ['an entry that is gone', 'delete from audit where id = 9', 10, 'gone'],
  ['the first one gone', 'delete from audit where id = 1', 2, 'first entries are gone'],
  [
    'two that change places',
    'update audit set decided_by = case id when 3 then (select decided_by from audit where id = 21) else decided_by end where id = 3',
    3,
    'something else',
  ],
])('%s is named', async (_, statement, number, what) => {
  const back = await behindItsBack(statement);
  const { broken } = await verifyAudit(store.db);
  await back();
  expect(broken).toMatchObject({ number });
  expect(broken!.what).toContain(what);
  expect((await verifyAudit(store.db)).broken).toBeNull();
});

test('one that is written anew, hash and all, no longer fits the next', async () => {
  const back = await behindItsBack(
    `update audit set why = 'other' where id = 7; update audit set hash = audit_hash(audit) where id = 7`,
  );
  expect((await verifyAudit(store.db)).broken).toMatchObject({ number: 8 });
  await back();
});

test('what was cut off at its end is found by an end that was noted before', async () => {
  const { end } = await verifyAudit(store.db);
  const back = await behindItsBack('delete from audit where id > 18');
  expect((await verifyAudit(store.db)).broken).toBeNull();
  expect((await verifyAudit(store.db, end)).broken).toMatchObject({
    number: 21,
    what: expect.stringContaining('gone'),
  });
  await back();
  expect((await verifyAudit(store.db, end)).broken).toBeNull();
  expect((await verifyAudit(store.db, { number: 20, hash: end!.hash })).broken).toMatchObject({ number: 20 });
});
