import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { invoiceOf, salesOrderOf } from './written-down.ts';
import {
  beginDocument,
  claimAttempt,
  loadDocument,
  planDocument,
  settleDocument,
  type DocumentIntent,
} from '../../../src/store/documents/documents.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { forgetDocuments } from '../../../src/store/documents/forget-documents.ts';
import { loadSalesOrder } from '../../../src/store/orders/order-lines.ts';
import { openExceptions, raise } from '../../../src/store/exceptions/exceptions.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const NOW = '2026-11-10T08:00:00Z';
let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];
beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());

const invoice = (businessKey: string): DocumentIntent =>
  invoiceOf(
    { connection: 'demo-us', purpose: 'INV', businessKey, part: 1 },
    { orderId: businessKey, date: '2026-10-29', total: 2500n },
  );

test('an attempt is claimed once, whoever asks', async () => {
  const begun = (await beginDocument(db, invoice('once'), NOW))!;
  expect(begun).toMatchObject({ state: 'sending', attempt: 1 });
  expect(await beginDocument(db, invoice('once'), NOW)).toBeNull();
  const claims = await Promise.all([claimAttempt(db, begun, NOW), claimAttempt(db, begun, NOW)]);
  expect(claims.filter((claim) => claim !== null)).toEqual([expect.objectContaining({ attempt: 2 })]);
});

test('what an attempt says after another was claimed changes nothing', async () => {
  const first = (await beginDocument(db, invoice('later'), NOW))!;
  await claimAttempt(db, first, NOW);
  expect(await settleDocument(db, first, 'rejected', 'there is no line left')).toBe(false);
  expect(await loadDocument(db, first.externalId)).toMatchObject({ state: 'sending', attempt: 2, failure: null });
});

test('what is posted stays posted, whatever an attempt says afterwards', async () => {
  const first = (await beginDocument(db, invoice('posted'), NOW))!;
  expect(await settlePosted(db, first.externalId, '4711', NOW)).toBe(true);
  expect(await settleDocument(db, first, 'unknown', 'no answer within 5 s')).toBe(false);
  expect(await settlePosted(db, first.externalId, '4711', NOW)).toBe(false);
  expect(await loadDocument(db, first.externalId)).toMatchObject({
    state: 'posted',
    netsuiteId: '4711',
    failure: null,
  });
});

test('a plan that was made anew since it was written down is kept as it was posted, once', async () => {
  const key = { connection: 'demo-us', purpose: 'SO', businessKey: 'anew', part: 1 } as const;
  const written = salesOrderOf(key, { orderId: 'anew', date: '2026-10-29', total: 2500n });
  const asOf = (units: number) => ({
    ...written.plan,
    lines: [
      {
        tag: '1 principal',
        goods: true,
        sku: 'TEA-TIN-3',
        component: 'principal' as const,
        quantity: 2,
        units,
        amount: 2500n,
      },
    ],
  });
  const { externalId } = (await beginDocument(db, written, NOW))!;
  expect(await loadSalesOrder(db, externalId)).toBeNull();
  expect(await settlePosted(db, externalId, '4713', NOW, asOf(3))).toBe(true);
  expect(await settlePosted(db, externalId, '4713', NOW, asOf(4))).toBe(false);
  expect((await loadDocument(db, externalId))!.plan).toEqual(asOf(3));
  expect(await loadSalesOrder(db, externalId)).toEqual({
    netsuiteId: '4713',
    lines: null,
    units: new Map([['1 principal', 3]]),
  });
});

test('a Sales Order of before there were packs names no units', async () => {
  const key = { connection: 'demo-us', purpose: 'SO', businessKey: 'before', part: 1 } as const;
  const { externalId } = (await beginDocument(
    db,
    salesOrderOf(key, { orderId: 'before', date: '2026-10-29', total: 2500n }),
    NOW,
  ))!;
  await settlePosted(db, externalId, '4714', NOW);
  expect(await loadSalesOrder(db, externalId)).toEqual({ netsuiteId: '4714', lines: null, units: new Map() });
});

test('a document that is posted closes what stood in its way, and nothing else', async () => {
  const refused = {
    code: 'netsuite-refused',
    evidence: { what: 'refused', atStake: null, currency: null },
    remedy: { kind: 'look', where: 'mend it' },
  } as const;
  const { externalId } = (await beginDocument(db, invoice('refused'), NOW))!;
  await raise(db, 'demo-us', { ...refused, key: externalId, subject: { kind: 'order', id: 'refused' } }, NOW);
  await raise(
    db,
    'demo-us',
    { ...refused, key: 'AMZ_demo-us_INV_other_1', subject: { kind: 'order', id: 'other' } },
    NOW,
  );
  expect(await settlePosted(db, externalId, '4712', NOW)).toBe(true);
  expect((await openExceptions(db, 'demo-us')).map(({ key }) => key)).toEqual(['AMZ_demo-us_INV_other_1']);
});

test('the days under which a document is sent are written down with the attempt', async () => {
  const begun = (await beginDocument(db, { ...invoice('moved'), date: '2026-11-01', trueDay: '2026-10-29' }, NOW))!;
  expect(await loadDocument(db, begun.externalId)).toMatchObject({ date: '2026-11-01', trueDay: '2026-10-29' });
  await settleDocument(db, begun, 'rejected', 'closed meanwhile');
  expect(await claimAttempt(db, { ...begun, date: '2026-12-01' }, NOW)).toMatchObject({
    attempt: 2,
    date: '2026-12-01',
    trueDay: '2026-10-29',
  });
  expect(await loadDocument(db, begun.externalId)).toMatchObject({ date: '2026-12-01', trueDay: '2026-10-29' });
});

test('an intent that is dropped takes along what was raised about it; one that NetSuite may hold stays, and so does what was raised', async () => {
  const unsent = await planDocument(db, invoice('unsent'));
  const sending = (await beginDocument(db, invoice('sending'), NOW))!;
  const keys = [unsent.externalId, sending.externalId];
  for (const key of keys)
    await raise(
      db,
      'forgets',
      {
        code: 'period-closed',
        key,
        subject: { kind: 'payout', id: '1' },
        evidence: { what: 'closed', atStake: null, currency: null },
        remedy: { kind: 'look', where: 'there' },
      },
      NOW,
    );
  await forgetDocuments(db, keys, NOW);
  expect(await Promise.all(keys.map(async (key) => (await loadDocument(db, key))?.state ?? null))).toEqual([
    null,
    'sending',
  ]);
  expect((await openExceptions(db, 'forgets')).map(({ key }) => key)).toEqual([sending.externalId]);
});
