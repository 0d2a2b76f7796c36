/** Splits are written with their document or neither is, follow it when it is planned anew, and go with it. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openStore, type Store } from '../../../src/store/database.ts';
import {
  beginDocument,
  loadDocument,
  planDocument,
  type DocumentIntent,
} from '../../../src/store/documents/documents.ts';
import { forgetUnsent, planUnsentAnew } from '../../../src/store/documents/unsent.ts';
import { splitsOfDocument } from '../../../src/store/profit/splits.ts';
import type { JournalLine } from '../../../src/domain/journal/journal-plan.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const NOW = '2026-11-10T08:00:00Z';
let postgres: FreshPostgres;
let db: Store['db'];
let owner: Store;
beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({ db } = postgres.store);
  owner = openStore(postgres.ownerUrl, { max: 1 });
}, 60_000);
afterAll(async () => {
  await owner?.close();
  await postgres?.stop();
});

/** A tax journal of a cost, which no row stands behind: its one split is on none. */
const journal = (businessKey: string, amount: bigint): DocumentIntent<'tax-journal'> => {
  const line = (role: JournalLine['role'], debit: bigint, credit: bigint): JournalLine => ({
    role,
    debit,
    credit,
    account: null,
    memo: '',
    payout: false,
  });
  return {
    key: { connection: 'demo-us', purpose: 'FTX', businessKey, part: 1 },
    plan: { lines: [line('tax-on-fees', amount, 0n), line('input-tax', 0n, amount)] },
    date: '2026-10-29',
    currency: 'USD',
    total: amount,
    orderId: null,
    settlementId: null,
  };
};
const id = (businessKey: string) => `AMZ_demo-us_FTX_${businessKey}_1`;
const amounts = async (businessKey: string) =>
  (await splitsOfDocument(db, id(businessKey))).map((split) => ('amount' in split ? split.amount : null));
const counted = async (businessKey: string) =>
  (await db.selectFrom('documents').select('splits').where('external_id', '=', id(businessKey)).executeTakeFirst())
    ?.splits;

/** What a process that dies between the document and its splits leaves: the second statement never comes to an end. */
async function refuseSplits(): Promise<void> {
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'it died here'; end $$`.execute(
    owner.db,
  );
  await sql`create trigger refuse before insert on splits execute function refuse()`.execute(owner.db);
}
afterEach(async () => {
  await sql`drop trigger if exists refuse on splits`.execute(owner.db);
  await sql`drop function if exists refuse`.execute(owner.db);
});

test('a document is written down with its splits, once, whoever writes it', async () => {
  await Promise.all([planDocument(db, journal('once', 300n)), beginDocument(db, journal('once', 300n), NOW)]);
  await planDocument(db, journal('once', 500n));
  expect(await amounts('once')).toEqual([300n]);
  expect(await counted('once')).toBe(1);
});

test('where the process dies between the two, neither is there, and the next attempt writes both', async () => {
  await refuseSplits();
  await expect(planDocument(db, journal('died', 300n))).rejects.toThrow('it died here');
  await expect(beginDocument(db, journal('died', 300n), NOW)).rejects.toThrow('it died here');
  expect(await loadDocument(db, id('died'))).toBeNull();
  await sql`drop trigger refuse on splits`.execute(owner.db);
  await planDocument(db, journal('died', 300n));
  expect(await amounts('died')).toEqual([300n]);
});

test('one that is planned anew while it was never sent has its splits anew, and none of them where that dies', async () => {
  await planDocument(db, journal('anew', 300n));
  await refuseSplits();
  await expect(planUnsentAnew(db, journal('anew', 450n))).rejects.toThrow('it died here');
  expect([(await loadDocument(db, id('anew')))!.total, await amounts('anew')]).toEqual([300n, [300n]]);
  await sql`drop trigger refuse on splits`.execute(owner.db);
  await planUnsentAnew(db, journal('anew', 450n));
  expect(await amounts('anew')).toEqual([450n]);
});

test('one that was sent keeps its splits, whatever is planned for it later', async () => {
  await beginDocument(db, journal('sent', 300n), NOW);
  await planUnsentAnew(db, journal('sent', 450n));
  expect(await amounts('sent')).toEqual([300n]);
});

test('splits go with their document', async () => {
  await planDocument(db, journal('gone', 300n));
  await forgetUnsent(db, [id('gone')]);
  expect(await amounts('gone')).toEqual([]);
});
