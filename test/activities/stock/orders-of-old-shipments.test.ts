/**
 * Transfer orders of shipments that are long over (`inbound: theirs`). FBA15DEMO1: 30 mugs left on 3 November and were received on
 * the 9th by our receipt; Amazon closed it on the 10th. On 5 November both sides had 30 in transit, whenever that is asked.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readNetSuiteStock } from '../../../src/activities/stock/read-netsuite-stock.ts';
import type { Day, Instant } from '../../../src/domain/money/instant.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { saveInbound } from '../../../src/store/stock/inbound.ts';
import { loadNetSuiteStock, saveMatchedSkus } from '../../../src/store/stock/netsuite-stock.ts';
import { saveStockRun } from '../../../src/store/stock/standings.ts';
import { planStockDocuments } from '../../../src/store/stock/stock-documents.ts';
import { stockFiguresOn } from '../../../src/views/stock/stock-figures.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { openStockedAccount, peopleIn } from './netsuite-stock-setup.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
let account: AccountUnderTest;
let people: ReturnType<typeof peopleIn>;
let order: string;
afterEach(() => account.close());

const LATER = '2027-06-01T12:00:00Z';

beforeEach(async () => {
  account = await openStockedAccount(postgres, { inbound: 'theirs' });
  people = peopleIn(account);
  const { db } = account.connection;
  await tell('FBA15DEMO1', 'CLOSED', '2026-11-10T20:00:00Z');
  await saveMatchedSkus(db, account.name, [{ sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: '2026-10-01' }]);
  order = await people.transferOrder(30, { otherRefNum: 'FBA15DEMO1' });
  await people.fulfil(order, 30, '2026-11-03');
  await postReceipt(await people.receive(order, 30));
});

const tell = (shipmentId: string, status: string, at: Instant) =>
  saveInbound(
    account.connection.db,
    account.name,
    'us',
    {
      shipmentId,
      name: '',
      status,
      destination: 'PDX9',
      items: [{ sku: 'BLU-MUG', fnsku: 'X1', shipped: 30, received: 30 }],
    },
    at,
    { sent: '2026-11-03', closed: '2026-11-10' },
  );

/** Ours, as it is in the store. */
async function postReceipt(netsuiteId: string): Promise<void> {
  const { db } = account.connection;
  const key = { connection: account.name, purpose: 'IR', businessKey: 'FBA15DEMO1-20261109', part: 1 } as const;
  const place = { pool: 'us', place: 'sellable' } as const;
  await planStockDocuments(
    db,
    [
      {
        key,
        pool: 'us',
        day: '2026-11-09',
        memo: 'IR FBA15DEMO1-20261109 1',
        hold: null,
        shipmentId: 'FBA15DEMO1',
        of: { kind: 'transfer-order', netsuiteId: order },
        lines: [{ item: 'BLU-MUG', units: 30, place, unitCost: null, eventType: 'Receipts', reason: '' }],
      },
    ],
    'USD',
  );
  await settlePosted(db, `AMZ_${account.name}_IR_FBA15DEMO1-20261109_1`, netsuiteId, '2026-11-09T12:00:00Z');
}

const readAt = (now: Instant) =>
  account.run((connection) => readNetSuiteStock({ ...connection, now: async () => now }));
const ordersAsked = () => account.calls().filter((call) => call.includes('suiteql')).length;
const orders = async () =>
  (await loadNetSuiteStock(account.connection.db, account.name))!.transferOrders.map(
    ({ netsuiteId, shipmentId, fulfilments }) => [netsuiteId, shipmentId, fulfilments.length],
  );

/** Units in transit on a day, Amazon's and NetSuite's. */
async function inTransitOn(day: Day): Promise<[amazon: number[], netsuite: number[]]> {
  const { db, settings } = account.connection;
  const rest = { plannedAt: LATER, through: null, waiting: [], inbound: [], gaps: [] };
  await saveStockRun(db, account.name, { day: '2027-05-31', ...rest });
  const figures = await stockFiguresOn(db, settings, { on: day, isDemo: true });
  return [figures!.inbound.map(({ inTransit }) => inTransit), figures!.inTransit.map(({ units }) => units)];
}

test('stay in the store, so that a day in transit that is long past has both sides', async () => {
  await readAt('2026-11-16T20:00:00Z');
  expect(await inTransitOn('2026-11-05')).toEqual([[30], [30]]);
  await readAt(LATER);
  await readAt('2027-06-01T13:00:00Z');
  expect(await orders()).toEqual([[order, 'FBA15DEMO1', 1]]);
  expect(await inTransitOn('2026-11-05')).toEqual([[30], [30]]);
});

test('that left the store before are read again', async () => {
  await readAt(LATER);
  expect(await orders()).toEqual([[order, 'FBA15DEMO1', 1]]);
  expect(await inTransitOn('2026-11-05')).toEqual([[30], [30]]);
});

test('are asked for once a day, and then what was done to one since is known', async () => {
  await readAt(LATER);
  ordersAsked();
  await readAt('2027-06-01T13:00:00Z');
  const without = ordersAsked();
  const late = await people.transferOrder(5, { memo: 'FBA15DEMO1, the rest' });
  await people.fulfil(late, 5, '2026-11-28');
  await readAt('2027-06-01T14:00:00Z');
  expect(await orders()).toEqual([[order, 'FBA15DEMO1', 1]]);
  ordersAsked();
  await readAt('2027-06-02T12:00:00Z');
  expect(ordersAsked()).toBeGreaterThan(without);
  expect(await orders()).toEqual([
    [order, 'FBA15DEMO1', 1],
    [late, 'FBA15DEMO1', 1],
  ]);
});

test('stay with their own shipment, though another that is asked for stands in their memo', async () => {
  await tell('FBA15DEMO2', 'SHIPPED', '2027-05-30T20:00:00Z');
  const both = await people.transferOrder(4, { otherRefNum: 'FBA15DEMO1', memo: 'with FBA15DEMO2' });
  await readAt(LATER);
  await readAt('2027-06-01T13:00:00Z');
  expect(await orders()).toEqual([
    [order, 'FBA15DEMO1', 1],
    [both, 'FBA15DEMO1', 0],
  ]);
});
