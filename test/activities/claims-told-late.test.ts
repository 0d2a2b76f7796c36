/**
 * A claim's row and the refund that Finances tells of it, in either order and at the same moment: one booking. The two
 * steps that give the first word run here alone, on a real Postgres; nothing of it needs NetSuite.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keepRefund } from '../../src/activities/intake/keep-refunds.ts';
import { writeRefundDown } from '../../src/activities/orders/write-refund-down.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { refundKey } from '../../src/domain/identifiers/external-id.ts';
import { loadRefunds } from '../../src/store/orders/refunds.ts';
import { recordSettlement, setSettlementState } from '../../src/store/payouts/settlements.ts';
import { stageRows } from '../../src/store/payouts/settlement-rows.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { stringify } from 'yaml';
import { report, sale } from '../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import { connectionForTest } from './connection-for-test.ts';

const ORDER = '116-0000001-0000001';
const CLAIM = '2026-10-05T12:00:00Z';
const LATER = '2026-10-06T12:00:00Z';
const HOUR = 3_600_000;

let postgres: FreshPostgres;
let connection: Connection;
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  connections += 1;
  const world = worldFromSettlements([
    report(
      {
        id: '1',
        start: '2026-10-01T07:00:00Z',
        end: '2026-10-08T07:00:00Z',
        deposit: '2026-10-10T07:00:00Z',
        total: '1.00',
      },
      sale({ order: '1', at: CLAIM, item: '1', sku: 'A', quantity: 1 }, [['ItemPrice', 'Principal', '1.00']]),
    ),
  ]);
  const { netsuite, ...rest } = demoConnectionSettings(world);
  const text = stringify({
    connections: [
      {
        name: `demo-${connections}`,
        ...rest,
        amazon: { region: 'na' },
        netsuite,
        posting: 'live',
        shippedBeforeCutOver: 'documents',
      },
    ],
  });
  // Neither Amazon nor NetSuite is asked by these steps.
  connection = connectionForTest({
    store: postgres.store,
    settings: parseConfig('claims.yaml', text).connections[0]!,
    now: async () => '2026-10-09T12:00:00Z',
  });
});

type Row = [type: 'A-to-z Guarantee Refund' | 'Refund', postedAt: string];
/** A settlement as it is once its rows have their meaning; each row is 25.00 that the buyer got. */
async function settlement(id: string, rows: readonly Row[]): Promise<void> {
  const { db } = postgres.store;
  const { name } = connection.settings;
  await recordSettlement(
    db,
    name,
    {
      settlementId: id,
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-08T07:00:00Z',
      depositDate: '2026-10-10T07:00:00Z',
      total: -2500n * BigInt(rows.length),
      currency: 'USD',
      variant: 'V2',
      columns: 24,
    },
    'x',
    CLAIM,
  );
  await setSettlementState(db, name, id, 'staged', { mapVersion: 2 });
  await stageRows(postgres.store, name, id, async (put) =>
    rows.forEach(([transactionType, postedAt], index) =>
      put({
        line: index + 3,
        ordinal: 0,
        transactionType,
        amountType: 'ItemPrice',
        amountDescription: 'Principal',
        amount: -2500n,
        orderId: ORDER,
        merchantOrderId: ORDER,
        adjustmentId: 'a',
        shipmentId: null,
        marketplaceName: 'Amazon.com',
        fulfillmentId: 'AFN',
        postedAt,
        orderItemCode: '81',
        merchantAdjustmentItemId: null,
        sku: 'PAN',
        quantity: 1,
        promotionId: null,
      }),
    ),
  );
  await db
    .updateTable('settlement_rows')
    .set({ role: 'chargebacks-and-claims' })
    .where('connection', '=', name)
    .where('transaction_type', '<>', 'Refund')
    .execute();
  await db
    .updateTable('settlement_rows')
    .set({ role: 'product-sales' })
    .where('connection', '=', name)
    .where('transaction_type', '=', 'Refund')
    .execute();
}
const tie = (id = '1') => tieSettlement(connection, { connection: connection.name, settlementId: id });
const tell = (transactionId: string, postedAt: string) =>
  keepRefund(
    connection,
    {
      orderId: ORDER,
      postedAt,
      transactionId,
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      items: [{ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal: -2500n } }],
    },
    'new',
    CLAIM,
  );
const writeDown = (postedAt: string) =>
  writeRefundDown(postgres.store.db, connection, {
    connection: connection.name,
    orderId: ORDER,
    refund: refundKey(ORDER, postedAt),
  });
/** NetSuite has taken all that was written down. */
const post = () =>
  postgres.store.db
    .updateTable('documents')
    .set({ state: 'posted', netsuite_id: '1' })
    .where('connection', '=', connection.name)
    .execute();

const booked = async (id = '1') =>
  (
    await postgres.store.db
      .selectFrom('settlement_rows')
      .select(['booked', 'document'])
      .where('connection', '=', connection.name)
      .where('settlement_id', '=', id)
      .orderBy('line')
      .execute()
  ).map((row) => (row.document === null ? row.booked : `${row.booked}: ${row.document.split('_')[2]}`));
const memos = async () =>
  (
    await postgres.store.db
      .selectFrom('documents')
      .select('business_key')
      .where('connection', '=', connection.name)
      .where('purpose', '=', 'CM')
      .orderBy('business_key')
      .execute()
  ).map((row) => row.business_key.slice(ORDER.length + 1));
const states = async () =>
  (await loadRefunds(postgres.store.db, connection.name, ORDER)).map(({ state, claim }) => [
    state,
    claim?.postedAt ?? null,
  ]);

describe('a claim and the refund that Finances tells of it', () => {
  test('where the settlement comes first: the journal has the claim, and the refund is shown as it', async () => {
    await settlement('1', [['A-to-z Guarantee Refund', CLAIM]]);
    await tie();
    await tell('T1', CLAIM);
    expect(await writeDown(CLAIM)).toBeNull();
    await tie();
    expect([await booked(), await memos(), await states()]).toEqual([
      ['chargebacks-and-claims'],
      [],
      [['claim', CLAIM]],
    ]);
  });

  test('where the memo comes first: the claim clears against it, from the moment that it is written down', async () => {
    await settlement('1', [['A-to-z Guarantee Refund', CLAIM]]);
    await tell('T1', CLAIM);
    await writeDown(CLAIM);
    expect(await tie()).toMatchObject({ missing: 1 });
    expect(await booked()).toEqual(['clearing']);
    await post();
    expect(await tie()).toMatchObject({ missing: 0 });
    expect([await booked(), await memos(), await states()]).toEqual([
      ['clearing: CM'],
      ['20261005T120000'],
      [['new', null]],
    ]);
  });

  test('at the same moment: one of the two has the word, never both and never none', async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      await postgres.store.db.deleteFrom('settlements').where('connection', '=', connection.name).execute();
      for (const table of ['settlement_rows', 'refunds', 'refund_transactions', 'documents', 'applications'] as const)
        await postgres.store.db.deleteFrom(table).where('connection', '=', connection.name).execute();
      await settlement('1', [['A-to-z Guarantee Refund', CLAIM]]);
      await tell('T1', CLAIM);
      // Each twice, as when a process hangs and another makes its attempt. First the one, then the other has
      // a long start; the other rounds are left to chance.
      const head = [
        { tie: 0, write: 500 },
        { tie: 500, write: 0 },
      ][round] ?? { tie: 0, write: 0 };
      const after = (wait: number) => new Promise((resolve) => setTimeout(resolve, wait + Math.random() * 6));
      await Promise.all([
        ...[1, 2].map(() => after(head.tie).then(() => tie())),
        ...[1, 2].map(() => after(head.write).then(() => writeDown(CLAIM))),
      ]);
      ends.add(JSON.stringify([await booked(), await memos(), await states()]));
    }
    const claim = JSON.stringify([['chargebacks-and-claims'], [], [['claim', CLAIM]]]);
    const memo = JSON.stringify([['clearing'], ['20261005T120000'], [['new', null]]]);
    expect([...ends].filter((end) => end !== claim && end !== memo)).toEqual([]);
    expect(ends.size).toBe(2);
  }, 60_000);
});

describe('claims of one amount', () => {
  test('two of them and one refund: it is the nearer one, and both stay with the journal', async () => {
    await settlement('1', [
      ['A-to-z Guarantee Refund', CLAIM],
      ['A-to-z Guarantee Refund', LATER],
    ]);
    await tie();
    await tell('T1', '2026-10-06T10:00:00Z');
    expect(await writeDown('2026-10-06T10:00:00Z')).toBeNull();
    await tell('T2', '2026-10-06T11:00:00Z');
    // The nearer one is taken; the other is 23 hours away.
    expect(await writeDown('2026-10-06T11:00:00Z')).toBeNull();
    await tell('T3', '2026-10-06T11:30:00Z');
    expect(await writeDown('2026-10-06T11:30:00Z')).not.toBeNull();
    expect([await booked(), await memos(), await states()]).toEqual([
      ['chargebacks-and-claims', 'chargebacks-and-claims'],
      ['20261006T113000'],
      [
        ['claim', LATER],
        ['claim', CLAIM],
        ['new', null],
      ],
    ]);
  });

  test('beside a refund of the same amount, both told late: the refund has the memo, the claim the journal', async () => {
    await settlement('1', [
      ['A-to-z Guarantee Refund', CLAIM],
      ['Refund', LATER],
    ]);
    await tie();
    await tell('T1', LATER);
    await writeDown(LATER);
    await tell('T2', CLAIM);
    await writeDown(CLAIM);
    await post();
    await tie();
    expect([await booked(), await memos(), await states()]).toEqual([
      ['chargebacks-and-claims', 'clearing: CM'],
      ['20261006T120000'],
      [
        ['claim', CLAIM],
        ['new', null],
      ],
    ]);
  });

  test('of a refund told more than 48 hours away is another event: it gets its memo', async () => {
    await settlement('1', [['A-to-z Guarantee Refund', CLAIM]]);
    await tie();
    const far = new Date(Date.parse(CLAIM) + 48 * HOUR + 1000).toISOString().replace('.000', '');
    await tell('T1', far);
    expect(await writeDown(far)).not.toBeNull();
    expect(await memos()).toHaveLength(1);
  });

  test('that a re-issued report no longer holds leaves its refund to be booked after all', async () => {
    await settlement('1', [
      ['A-to-z Guarantee Refund', CLAIM],
      ['A-to-z Guarantee Refund', '2026-10-02T12:00:00Z'],
    ]);
    await tie();
    await tell('T1', CLAIM);
    await writeDown(CLAIM);
    expect(await states()).toEqual([['claim', CLAIM]]);
    await settlement('1', [['A-to-z Guarantee Refund', '2026-10-02T12:00:00Z']]);
    await tie();
    expect(await states()).toEqual([['new', null]]);
    expect(await writeDown(CLAIM)).not.toBeNull();
  });

  test('that answered a refund stays with the journal though a memo of its amount comes later', async () => {
    await settlement('1', [['A-to-z Guarantee Refund', CLAIM]]);
    await tie();
    await tell('T1', CLAIM);
    await writeDown(CLAIM);
    await tell('T2', LATER);
    await writeDown(LATER);
    await post();
    await tie();
    expect([await booked(), await states()]).toEqual([
      ['chargebacks-and-claims'],
      [
        ['claim', CLAIM],
        ['new', null],
      ],
    ]);
  });
});

describe('transactions of Finances', () => {
  test('count once, however often and on however many workers they are read', async () => {
    await Promise.all([1, 2, 3, 4].map(() => tell('T1', CLAIM)));
    await Promise.all([tell('T2', CLAIM), tell('T1', CLAIM)]);
    const refunds = await loadRefunds(postgres.store.db, connection.name, ORDER);
    expect(refunds.map(({ key, fact }) => [key, fact.items.length])).toEqual([[refundKey(ORDER, CLAIM), 2]]);
  });
  test('of one second that are told after its memo was written down have a memo of their own', async () => {
    await tell('T1', CLAIM);
    await writeDown(CLAIM);
    await tell('T2', CLAIM);
    await tell('T1', CLAIM);
    await writeRefundDown(postgres.store.db, connection, {
      connection: connection.name,
      orderId: ORDER,
      refund: refundKey(ORDER, CLAIM, 2),
    });
    expect(await memos()).toEqual(['20261005T120000', '20261005T120000-2']);
  });
});
