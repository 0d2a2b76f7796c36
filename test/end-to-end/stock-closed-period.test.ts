/**
 * Rows of October that come once October is closed. Worked out by hand from the design of stock and of close; items cost 6.00:
 *
 * | SKU | Amazon | told from | becomes |
 * |---|---|---|---|
 * | LOST | −2 on 30 Oct | 4 Nov | `period-closed` under `wait`; opened again, an adjustment of 30 Oct |
 * | DAMAGED | 1 of 10 on 31 Oct | 4 Nov | the same, a transfer |
 * | BACK | +1 on 31 Oct, refunded on 27 Oct | 4 Nov | the same, a receipt |
 * | OPEN | 10, NetSuite 8; approved on 6 Nov | | the same, the opening of 15 Oct |
 * | NEW | −1 on 2 Nov | 2 Nov | an adjustment of its day, which waits for nothing |
 * | LATER | −1 on 29 Oct | 8 Nov | under `first-open-day` an adjustment of 1 Nov, its true day in the memo |
 * | LATER-D | 1 of 10 on 28 Oct | 8 Nov | the same, a transfer |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { StockEvent, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { refund, report, sale } from './report.ts';
import {
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const ORDER = '116-7500001-0000001';
const OF = { order: ORDER, item: '9880001', sku: 'BACK' };
const REPORT = report(
  {
    id: '28900000001',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-10-31T07:00:00Z',
    total: '10.00',
  },
  [
    ...sale({ ...OF, shipment: 'Dback', at: '2026-10-20T17:00:00Z', quantity: 2 }, [
      ['ItemPrice', 'Principal', '20.00'],
    ]),
    ...refund({ ...OF, at: '2026-10-27T17:00:00Z', quantity: 1 }, [['ItemPrice', 'Principal', '-10.00']]),
  ],
);

const SKUS = ['LOST', 'DAMAGED', 'BACK', 'OPEN', 'NEW', 'LATER', 'LATER-D'];
const told = (day: string, from: string) => ({
  at: `2026-${day}T18:00:00Z`,
  inDetail: `2026-${from}T18:00:00Z`,
  inSummary: `2026-${from}T18:00:00Z`,
});
const lost = (sku: string, units: number, day: string, from: string): StockEvent => ({
  ...told(day, from),
  type: 'adjust',
  sku,
  units,
  reason: 'M',
});
const damaged = (sku: string, day: string, from: string): StockEvent => ({
  ...told(day, from),
  type: 'convert',
  sku,
  units: 1,
  reason: 'E',
  into: 'WAREHOUSE_DAMAGED',
});
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => ({ sku, fnsku: `X0${sku}`, country: 'US', centre: 'PDX9', units: 10 })),
  events: [
    lost('LOST', -2, '10-30', '11-04'),
    damaged('DAMAGED', '10-31', '11-04'),
    lost('NEW', -1, '11-02', '11-02'),
    lost('LATER', -1, '10-29', '11-08'),
    damaged('LATER-D', '10-28', '11-08'),
  ],
  returns: [{ ...told('10-31', '11-04'), order: ORDER, sku: 'BACK', disposition: 'SELLABLE' }],
};

let world: WorldUnderTest;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-20T00:00:00Z',
    },
    settings: { closedPeriod: 'wait' },
    seed: (seed) => ({
      ...seed,
      openingStock: seed.openingStock.map((one) => (one.itemId === 'OPEN' ? { ...one, quantity: 8 } : one)),
    }),
  });
  await goOnTo(world, '2026-11-03T18:00:00Z', 3);
  await october({ closed: true });
  await goOnTo(world, '2026-11-06T18:00:00Z');
  await approveOpening(world);
  await world.look();
}, 240_000);
afterAll(() => world?.close());

const october = (state: { closed: boolean }) =>
  world.netsuitePage('POST', '/admin/periods', { month: '2026-10', ...state });
const NEW = '2026-11-02 ADJ us-20261102-inventory-loss: FBA US NEW -1';

test('under `wait` what is dated in the closed month is raised and waits; the rest is posted', async () => {
  expect(await stockDocuments(world)).toEqual([NEW]);
  expect(await openCodes(world)).toEqual([
    'period-closed AMZ_demo-us_ADJ_us-20261030-inventory-loss_1',
    'period-closed AMZ_demo-us_ADJ_us-opening_1',
    `period-closed AMZ_demo-us_IR_${ORDER}-20261031_1`,
    'period-closed AMZ_demo-us_TRF_us-20261031-sellable-unsellable_1',
  ]);
  expect(await differing(world)).toEqual([
    'us BACK sellable 9 8 waiting 1',
    'us DAMAGED sellable 9 10 waiting -1',
    'us DAMAGED unsellable 1 0 waiting 1',
    'us LOST sellable 8 10 waiting -2',
    'us OPEN sellable 10 8 opening 2',
  ]);
});

const OF_OCTOBER = [
  '2026-10-15 ADJ us-opening: FBA US OPEN 2',
  '2026-10-30 ADJ us-20261030-inventory-loss: FBA US LOST -2',
  `2026-10-31 IR ${ORDER}-20261031: FBA US BACK 1`,
  '2026-10-31 TRF us-20261031-sellable-unsellable: FBA US DAMAGED -1, FBA US unsellable DAMAGED 1',
];

test('opened again, all is posted on its own day', async () => {
  await october({ closed: false });
  await goOnTo(world, '2026-11-07T18:00:00Z');
  expect(await stockDocuments(world)).toEqual([...OF_OCTOBER, NEW]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
});

test('under `first-open-day` date and period move together, and the memo says the true day', async () => {
  await october({ closed: true });
  world.settings.closedPeriod = 'first-open-day';
  await goOnTo(world, '2026-11-14T18:00:00Z');
  expect(await stockDocuments(world)).toEqual([
    ...OF_OCTOBER,
    '2026-11-01 ADJ us-20261029-inventory-loss: FBA US LATER -1',
    '2026-11-01 TRF us-20261028-sellable-unsellable: FBA US LATER-D -1, FBA US unsellable LATER-D 1',
    NEW,
  ]);
  const moved = await world.suiteql(
    "SELECT memo, BUILTIN.DF(postingperiod) AS period FROM transaction WHERE externalid LIKE 'AMZ_demo-us_%-2026102_-%' ORDER BY externalid",
  );
  expect(moved).toEqual([
    { memo: 'ADJ us-20261029-inventory-loss 1 · true day 2026-10-29', period: 'Nov 2026' },
    { memo: 'TRF us-20261028-sellable-unsellable 1 · true day 2026-10-28', period: 'Nov 2026' },
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  // Opened 12; lost 12, 6 and 6.
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -12, 6300: 24 });
});
