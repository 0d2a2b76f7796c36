import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { invoiceOf } from '../documents/written-down.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import { busyWith } from '../../../src/store/reconciler/busy.ts';
import { openStore, type Store } from '../../../src/store/database.ts';
import { recordAudit } from '../../../src/store/audit/audit-log.ts';
import { recordDifference } from '../../../src/store/payouts/differences.ts';
import { beginDocument, planDocument } from '../../../src/store/documents/documents.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { raise, resolveException } from '../../../src/store/exceptions/exceptions.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const NOW = '2026-11-10T00:00:00Z';
const INVOICE = 'AMZ_us_INV_114-1_1';
const JOURNAL = 'AMZ_us_JE_2001-v1_1';

let postgres: FreshPostgres;
let store: Store;
beforeAll(async () => {
  postgres = await startFreshPostgres();
  store = openStore(postgres.url);
}, 60_000);
afterAll(async () => {
  await store.close();
  await postgres.stop();
});

const payouts = async () => (await busyWith(store.db, 'us')).payouts;
const stop = (code: 'netsuite-refused' | 'document-differs', key: string) =>
  raise(
    store.db,
    'us',
    {
      code,
      key,
      subject: { kind: 'payout', id: '2001' },
      evidence: { what: 'it stopped', atStake: null, currency: null },
      remedy: { kind: 'look', where: 'look at it' },
    },
    NOW,
  );

test('a payout is at work from the decision about a difference until that is booked, unless a person must mend something first', async () => {
  expect(await payouts()).toBe(0);
  const audit = await recordAudit(store.db, 'us', {
    action: 'settle-difference',
    detail: {},
    by: 'maria',
    why: null,
    at: NOW,
  });
  await recordDifference(store.db, 'us', {
    settlementId: '2001',
    document: INVOICE,
    ordinal: 1,
    number: 1,
    choice: 'variance',
    amount: -100n,
    by: 'maria',
    why: null,
    audit,
    at: NOW,
  });
  expect(await payouts()).toBe(1);

  const invoice = { connection: 'us', purpose: 'INV', businessKey: '114-2', part: 1 } as const;
  await planDocument(store.db, invoiceOf(invoice, { orderId: '114-2', date: '2026-11-10', total: 100n }));
  // Another difference of the payout, still to be decided, changes nothing about this one.
  await stop('document-differs', externalIdOf(invoice));
  expect(await payouts()).toBe(1);
  for (const [code, key] of [
    ['netsuite-refused', JOURNAL],
    ['document-differs', JOURNAL],
  ] as const) {
    await stop(code, key);
    expect(await payouts()).toBe(0);
    await resolveException(store.db, 'us', code, key, 'mended', NOW);
    expect(await payouts()).toBe(1);
  }

  const key = { connection: 'us', purpose: 'JE', businessKey: '2001-v1', part: 1 } as const;
  await beginDocument(
    store.db,
    {
      key,
      recordType: 'journalEntry',
      date: '2026-11-10',
      currency: 'USD',
      total: 100n,
      orderId: null,
      settlementId: '2001',
      plan: { part: 1, of: 1, mapVersion: 1, date: '2026-11-10', lines: [] },
    },
    NOW,
  );
  expect(await payouts()).toBe(1);
  await settlePosted(store.db, JOURNAL, '4711', NOW);
  expect(await payouts()).toBe(0);
});
