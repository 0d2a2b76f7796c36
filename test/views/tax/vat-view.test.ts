/** The VAT report over a real Postgres: the worked example of tax.md, a planned invoice beside it, and a claim of September. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionSettings } from '../../../src/config/connection.ts';
import type { TaxTie } from '../../../src/contracts/tax/tax-tie.ts';
import { externalIdOf, memoStart } from '../../../src/domain/identifiers/external-id.ts';
import type { ItemTax } from '../../../src/domain/tax/tax-policy.ts';
import type { OrderState, RefundState } from '../../../src/domain/orders/order-states.ts';
import { planDocument, type DocumentIntent } from '../../../src/store/documents/documents.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { raise, resolveException } from '../../../src/store/exceptions/exceptions.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { planApplicationsOf } from '../../../src/store/payouts/applications.ts';
import { saveEventGroup } from '../../../src/store/payouts/event-groups.ts';
import { assignRows, stageRows } from '../../../src/store/payouts/settlement-rows.ts';
import { recordSettlement } from '../../../src/store/payouts/settlements.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { vatView } from '../../../src/views/tax/vat-view.ts';
import { A, B, D, itemTax, told } from '../../domain/tax/worked-example.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

const C = 'demo-us';
const E = '202-1000005-0000005';
const [OCTOBERS, CLAIMS] = ['30100000101', '30100000100'];
const [INV_A, INV_B, CM_B] = [
  `AMZ_${C}_INV_${A}-GBa_1`,
  `AMZ_${C}_INV_${B}-GBb_1`,
  `AMZ_${C}_CM_${B}-20261102T120000_1`,
];

let world: StoredWorld;
let settings: ConnectionSettings;
beforeAll(async () => {
  world = await startStoredWorld();
  settings = {
    ...world.source.settings,
    marketplaces: [
      {
        ...world.source.settings.marketplaces[0]!,
        id: 'A1F83G8C2ARO7P',
        prices: 'auto',
        collects: 'order',
        calculatedBy: 'amazon',
      },
    ],
    tax: {
      registrations: ['GB'],
      items: { GB: 'AMZ-VAT-GB' },
      rates: { GB: { standard: 20 } },
      classes: {},
      write: 'line',
      feeInvoices: 'netsuite',
      vatReport: 'file',
    },
  };
  await post(invoice(A, 'GBa', '2026-10-28', [itemTax(10_000n, 2_000n)]), '1');
  await post(invoice(B, 'GBb', '2026-10-30', [itemTax(5_000n, 1_000n, { sku: 'CUP' })]), '2');
  await post(invoice(D, 'GBd', '2026-10-31', [itemTax(5_000n, 0n, { rate: 0n })]), '3');
  await post(memo(B, '2026-11-02', [itemTax(-2_500n, -500n, { sku: 'CUP' })]), '4');
  await planDocument(world.store.db, invoice(E, 'GBe', '2026-10-10', [itemTax(1_000n, 200n)]));
  await settle(OCTOBERS, '2026-11-04T00:00:00Z');
  await planApplicationsOf(world.store.db, C, OCTOBERS, [
    { document: INV_A, kind: 'PAY', amount: 12_000n },
    { document: INV_B, kind: 'PAY', amount: 6_000n },
    { document: CM_B, kind: 'RFD', amount: 3_000n },
  ]);
  await claimOfSeptember();
}, 60_000);
afterAll(() => world?.stop());

const report = (month: string, over: Partial<Parameters<typeof vatView>[1]> = {}) =>
  vatView({ ...world.source, settings }, { month, netsuite: null, amazon: null, ...over });

const NETSUITE: TaxTie[] = [
  {
    jurisdiction: 'GB',
    currency: 'GBP',
    account: '2211',
    documents: '30.00',
    booked: '30.00',
    difference: '0.00',
    ties: true,
    differing: [],
    differingCount: 0,
    foreign: '0.00',
    others: [],
    othersCount: 0,
  },
];
const GB = { jurisdiction: 'GB', collector: 'seller', currency: 'GBP' };

describe('the report of October', () => {
  test('has 150.00 with 30.00 at 20 %, 50.00 at zero, and the boxes', async () => {
    const view = plain(await report('2026-10'));
    expect(view.lines).toEqual([
      { ...GB, case: 'taxed', rate: '20', type: 'invoice', count: 2, net: '150.00', tax: '30.00', gross: '180.00' },
      { ...GB, case: 'zero', rate: '0', type: 'invoice', count: 1, net: '50.00', tax: '0.00', gross: '50.00' },
    ]);
    expect(view.boxes).toEqual({ '1': '30.00', '4': null, '6': '200.00', '7': null });
    expect(view.sums).toEqual([{ jurisdiction: 'GB', currency: 'GBP', net: '200.00', tax: '30.00' }]);
    expect([view.nothing, view.accounts, view.amazon]).toEqual([null, null, null]);
  });

  test('tells what is planned apart, and says what it does not split', async () => {
    const { planned, notes } = await report('2026-10');
    expect(planned).toEqual([
      { ...GB, case: 'taxed', rate: '20', type: 'invoice', count: 1, net: '10.00', tax: '2.00', gross: '12.00' },
    ]);
    expect(notes.join(' ')).toMatch(/not split into exports.*planned is not in NetSuite.*Boxes 4 and 7/);
  });

  test("has beside it what NetSuite's accounts say", async () => {
    expect(plain(await report('2026-10', { netsuite: NETSUITE })).accounts).toEqual(NETSUITE);
  });

  test('is not settled yet: its settlement ends in November', async () => {
    const own = { jurisdiction: 'GB', currency: 'GBP' };
    expect((await report('2026-10')).settlements).toEqual([
      { ...own, documents: '30.00', inMonth: '0.00', earlier: '0.00', notYet: '30.00', ofOtherMonths: '0.00' },
    ]);
    expect((await report('2026-11')).settlements).toEqual([
      { ...own, documents: '-5.00', inMonth: '-5.00', earlier: '0.00', notYet: '0.00', ofOtherMonths: '30.00' },
    ]);
  });

  test("stands beside Amazon's report, order by order, which splits what is at zero", async () => {
    const rows = [
      told(A),
      told(B, { sku: 'CUP', net: 5_000n, tax: 0n, rate: 0n }),
      told(B, { sku: 'CUP', event: 'refund', net: -2_500n, tax: -500n, completed: '2026-10-31' }),
      told(D, { net: 5_000n, tax: 0n, rate: 0n, exported: true }),
    ];
    const { amazon, notes } = plain(await report('2026-10', { amazon: { file: 'october.txt', rows } }));
    expect(amazon).toMatchObject({
      file: 'october.txt',
      rows: 4,
      agree: 2,
      ties: false,
      counts: { differs: 1, 'other-month': 1, 'only-ours': 1, 'only-amazon': 0, 'other-system': 0 },
      zero: [{ jurisdiction: 'GB', currency: 'GBP', reason: 'export', net: '50.00' }],
    });
    expect(amazon!.differences).toEqual([
      expect.objectContaining({ orderId: B, event: 'refund', kind: 'other-month', day: '2026-11-02' }),
      {
        orderId: B,
        event: 'sale',
        sku: 'CUP',
        currency: 'GBP',
        kind: 'differs',
        what: ['rate', 'tax'],
        day: '2026-10-30',
        ours: { collector: 'seller', jurisdiction: 'GB', rate: '20', net: '50.00', tax: '10.00' },
        amazon: { collector: 'seller', jurisdiction: 'GB', rate: '0', net: '50.00', tax: '0.00' },
      },
      expect.objectContaining({ orderId: E, kind: 'only-ours', day: '2026-10-10', amazon: null }),
    ]);
    expect(notes.join(' ')).not.toMatch(/not split/);
  });
});

describe('a month that may still change', () => {
  const what = async (month: string) => (await report(month)).unfinished.map((one) => one.what);

  test('says what is not read, not booked and not settled; what is of another month or system is none', async () => {
    const { db } = world.store;
    await writeMark(db, C, 'orders', '2026-11-05T00:00:00Z');
    await writeMark(db, C, 'shipments', '2026-10-30T12:00:00Z');
    await writeMark(db, C, 'refunds', '2026-11-05T00:00:00Z');
    // In London the second left on 1 November; the third has its invoice; the fourth is another system's.
    await dispatched('202-1000011-0000001', '2026-10-30T10:00:00Z');
    await dispatched('202-1000012-0000001', '2026-11-01T00:00:00Z');
    await dispatched(E, '2026-10-10T10:00:00Z', { shipment: 'GBe' });
    await dispatched('202-1000013-0000001', '2026-10-30T10:00:00Z', { state: 'left-alone' });
    await givenBack('202-1000011-0000001', '2026-10-31T10:00:00Z', 'new');
    await givenBack('202-1000012-0000001', '2026-10-31T11:00:00Z', 'claim');
    await group('open', 'GBP', '2026-10-21T00:00:00Z', null);
    await group('another currency', 'SEK', '2026-10-21T00:00:00Z', null);
    await group('reported', 'GBP', '2026-09-16T00:00:00Z', '2026-11-04T00:00:00Z');
    await group('of nothing', 'GBP', '2026-10-02T00:00:00Z', '2026-10-09T00:00:00Z');
    expect(await what('2026-10')).toEqual([
      "Amazon's shipments have been read up to 30 Oct 2026 12:00Z, not to the end of 2026-10.",
      '1 shipment of the month has no invoice yet.',
      '1 refund of the month has no credit memo yet.',
      '1 document of the month is planned and not in NetSuite.',
      'Settlement 30100000101 of 16 Sep–3 Nov 2026 has not all its journals in NetSuite: its claims are not counted.',
      'A settlement in GBP that began on 21 Oct 2026 has not ended: it may hold claims of the month.',
    ]);
  });

  test('is finished when all of it is there', async () => {
    const { db } = world.store;
    await writeMark(db, C, 'shipments', '2026-11-05T00:00:00Z');
    for (const table of ['event_groups', 'refunds', 'shipments'] as const) await db.deleteFrom(table).execute();
    await db.updateTable('settlements').set({ state: 'tied' }).where('settlement_id', '=', OCTOBERS!).execute();
    await db.updateTable('documents').set({ state: 'posted' }).where('order_id', '=', E).execute();
    expect(await what('2026-10')).toEqual([]);
    await db.updateTable('settlements').set({ state: 'found' }).where('settlement_id', '=', OCTOBERS!).execute();
    await db.updateTable('documents').set({ state: 'planned' }).where('order_id', '=', E).execute();
  });
});

test('a tax item on another account than the settings name is said, since the tie to NetSuite cannot agree', async () => {
  const what = 'tax.items.GB: the item AMZ-VAT-GB is on account 2299';
  const subject = { kind: 'setting', id: 'tax.items.GB' } as const;
  const remedy = { kind: 'set-up', where: 'mend it' } as const;
  const evidence = { what, atStake: null, currency: null };
  const at = '2026-11-05T00:00:00Z';
  await raise(world.store.db, C, { code: 'setting-unknown', subject, evidence, remedy }, at);
  const said = `${what}. Until that is mended the tie to NetSuite names documents one by one.`;
  expect((await report('2026-10')).notes[0]).toBe(said);
  await resolveException(world.store.db, C, 'setting-unknown', subject.id, 'mended', at);
  expect((await report('2026-10')).notes).not.toContain(said);
});

test('November has the credit memo alone: −25.00 with −5.00', async () => {
  const { lines, boxes, planned } = await report('2026-11');
  expect(lines).toEqual([
    { ...GB, case: 'taxed', rate: '20', type: 'credit memo', count: 1, net: '-25.00', tax: '-5.00', gross: '-30.00' },
  ]);
  expect([boxes, planned]).toEqual([{ '1': '-5.00', '4': null, '6': '-25.00', '7': null }, []]);
});

test('a claim without a memo counts in the month of its journal, at the rate of its sale', async () => {
  const { lines, settlements } = await report('2026-09');
  expect(lines).toEqual([
    { ...GB, case: 'taxed', rate: '20', type: 'claim', count: 1, net: '-20.00', tax: '-4.00', gross: '-24.00' },
  ]);
  expect(settlements).toMatchObject([{ documents: '-4.00', inMonth: '-4.00', notYet: '0.00' }]);
});

test('without registrations there is nothing to report, and that is said', async () => {
  const view = plain(await vatView(world.source, { month: '2026-10', netsuite: null, amazon: null }));
  expect(view.nothing).toMatch(/No jurisdiction stands under tax\.registrations/);
  expect([view.lines, view.boxes, view.settlements, view.notes]).toEqual([[], null, [], []]);
});

function invoice(orderId: string, shipment: string, date: string, taxes: ItemTax[]): DocumentIntent<'bill'> {
  const key = { connection: C, purpose: 'INV', businessKey: `${orderId}-${shipment}`, part: 1 } as const;
  const facts = { orderId, currency: 'GBP', date, total: 0n };
  const plan = { ...facts, key, memo: memoStart(key), lines: [], cut: [], shares: 0, taxes };
  return { ...facts, key, plan, settlementId: null };
}

function memo(orderId: string, date: string, taxes: ItemTax[]): DocumentIntent<'credit'> {
  const key = { connection: C, purpose: 'CM', businessKey: `${orderId}-20261102T120000`, part: 1 } as const;
  const facts = { orderId, currency: 'GBP', date, total: 3_000n };
  const creditMemo = { key, memo: memoStart(key) };
  return {
    ...facts,
    key,
    plan: { ...facts, creditMemo, returnAuthorisation: null, lines: [], taxes },
    settlementId: null,
  };
}

async function dispatched(orderId: string, at: string, { shipment = 'GBx', state = 'ordered' as OrderState } = {}) {
  const { db } = world.store;
  const order = { channel: 'Amazon.co.uk', fulfilled_by: 'AMAZON', marketplace_id: 'A1F83G8C2ARO7P', currency: 'GBP' };
  const of = { connection: C, order_id: orderId, fact: '{}', told: true };
  await db
    .insertInto('orders')
    .values({ ...of, ...order, status: 'SHIPPED', purchased_at: at, updated_at: at, state, blocked_by: null })
    .execute();
  await db
    .insertInto('shipments')
    .values({ ...of, shipment_key: `${orderId}-${shipment}`, shipment_id: shipment, shipped_at: at, state: 'new' })
    .execute();
}

async function givenBack(orderId: string, at: string, state: RefundState) {
  const of = { connection: C, order_id: orderId, fact: '{}', told: true, claim_settlement: null, claim_at: null };
  await world.store.db
    .insertInto('refunds')
    .values({ ...of, refund_key: `${orderId}-${at}`, posted_at: at, state })
    .execute();
}

const group = (groupId: string, currency: string, startedAt: string, endedAt: string | null) =>
  saveEventGroup(world.store.db, C, {
    groupId,
    currency,
    startedAt,
    endedAt,
    total: 0n,
    status: null,
    transferAt: null,
    converted: null,
    traceId: null,
    accountTail: null,
    processing: null,
    beginningBalance: null,
  });

async function post(intent: DocumentIntent, netsuiteId: string): Promise<void> {
  await planDocument(world.store.db, intent);
  await settlePosted(world.store.db, externalIdOf(intent.key), netsuiteId, '2026-11-05T00:00:00Z');
}

async function settle(settlementId: string, end: string): Promise<void> {
  const header = { settlementId, start: '2026-09-16T00:00:00Z', end, depositDate: end, total: 0n, currency: 'GBP' };
  const sha256 = settlementId.padEnd(64, '0');
  await recordSettlement(world.store.db, C, { ...header, variant: 'V2', columns: 24 }, sha256, end);
}

/** A chargeback of 24.00 on order A, of which 4.00 is tax: the journal of its settlement has it. */
async function claimOfSeptember(): Promise<void> {
  const { db } = world.store;
  await settle(CLAIMS, '2026-09-30T22:00:00Z');
  const booked = [
    ['Principal', -2_000n, 'chargebacks-and-claims', 'chargebacks-and-claims'],
    ['Tax', -400n, 'marketplace-tax', 'sales-tax-payable'],
  ] as const;
  await stageRows(world.store, C, CLAIMS, async (put, drained) => {
    booked.forEach(([amountDescription, amount], index) => put(claimRow(index + 3, amountDescription, amount)));
    await drained();
  });
  await assignRows(
    db,
    C,
    CLAIMS,
    booked.map(([, , role, at], index) => ({ line: index + 3, ordinal: 0, role, booked: at, part: 1, document: null })),
  );
  const share = { orderId: A, orderItemCode: null, sku: 'POT', orderItemId: null, jurisdiction: 'GB', amount: -400n };
  const plan = { part: 1, of: 1, mapVersion: 1, date: '2026-09-30', lines: [], taxShares: [share] };
  const key = { connection: C, purpose: 'JE', businessKey: CLAIMS, part: 1 } as const;
  const facts = { date: '2026-09-30', currency: 'GBP', total: 2_400n, orderId: null, settlementId: CLAIMS };
  await post({ ...facts, key, plan }, '9');
}

function claimRow(line: number, amountDescription: string, amount: bigint): SettlementRow {
  return {
    line,
    ordinal: 0,
    transactionType: 'Chargeback Refund',
    amountType: 'ItemPrice',
    amountDescription,
    amount,
    orderId: A,
    merchantOrderId: null,
    adjustmentId: null,
    shipmentId: null,
    marketplaceName: 'Amazon.co.uk',
    fulfillmentId: 'AFN',
    postedAt: '2026-09-29T10:00:00Z',
    orderItemCode: null,
    merchantAdjustmentItemId: null,
    sku: 'POT',
    quantity: null,
    promotionId: null,
  };
}
