/**
 * What was in transit at the end of October, which was closed on the 30th (`closedPeriod: first-open-day`): what happened since
 * is booked on 1 November. Worked out by hand from the design of stock and of close:
 *
 * | shipment | Amazon | 31 October: Amazon, NetSuite | 1 November |
 * |---|---|---|---|
 * | FBA1LOST, 10 | 6 on 19 Oct, closed on the 24th; lost by decision on 30 Oct | 0, 4 | 0, 0 |
 * | FBA2COME, 8 | 5 on 30 Oct, told from 4 Nov | 3, 8 | 3, 3 |
 * | FBA3SENT, 3 | shipped on 30 Oct | 3, 0 | 3, 3 |
 * | FBA4SAME, 7 | shipped on 20 Oct | 7, 7 | 7, 7 |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { stockView } from '../../src/views/stock/stock-view.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { at, line, received } from './stock-events.ts';
import { approveOpening, goOnTo, openCodes, product, stockDocuments } from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28970000001',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-10-31T07:00:00Z',
    total: '10.00',
  },
  sale(
    {
      order: '116-7970001-0000001',
      shipment: 'Dsold',
      at: '2026-10-20T17:00:00Z',
      item: '9897001',
      sku: 'SOLD',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  ),
);

const SKUS = ['SOLD', 'LOST', 'COME', 'SENT', 'SAME'];
const sent = (shipment: string, sku: string, units: number, history: WorldInbound['history']): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items: { [sku]: units },
  history: [{ at: at('02'), status: 'WORKING' }, ...history],
});
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, sku === 'SOLD' ? 10 : 0)),
  inbound: [
    sent('FBA1LOST', 'LOST', 10, [
      { at: at('16'), status: 'SHIPPED' },
      { at: at('24'), status: 'CLOSED' },
    ]),
    sent('FBA2COME', 'COME', 8, [{ at: at('24'), status: 'SHIPPED' }]),
    sent('FBA3SENT', 'SENT', 3, [{ at: at('30', 17), status: 'SHIPPED' }]),
    sent('FBA4SAME', 'SAME', 7, [{ at: at('20'), status: 'SHIPPED' }]),
  ],
  events: [
    received('19', 'FBA1LOST', 'LOST', 6),
    {
      ...received('30', 'FBA2COME', 'COME', 5),
      inDetail: '2026-11-04T18:00:00Z',
      inSummary: '2026-11-04T18:00:00Z',
    },
  ],
};

let world: WorldUnderTest;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-12T00:00:00Z',
    },
    settings: { closedPeriod: 'first-open-day' },
  });
  await approveOpening(world);
  await goOnTo(world, '2026-10-30T16:00:00Z', 3);
  await world.netsuitePage('POST', '/admin/periods', { month: '2026-10', closed: true });
  await world.decide({ kind: 'decideInbound', shipmentId: 'FBA1LOST', sku: 'LOST', choice: 'lost', why: 'looked up' });
  await goOnTo(world, '2026-10-30T23:30:00Z', 0.2);
  await goOnTo(world, '2026-11-08T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

const inTransit = async (on: string) => {
  const { stdout } = await commandsOn(world)('stock', '--on', on, '--csv');
  const [head, ...rows] = stdout
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(','));
  const column = (row: readonly string[], name: string) => row[head!.indexOf(name)]!;
  return rows
    .filter((row) => column(row, 'place') === 'inTransit')
    .map((row) =>
      ['item', 'amazon units', 'netsuite units', 'waiting', 'ahead'].map((name) => column(row, name)).join(' '),
    )
    .map((row) => row.trim())
    .sort();
};

test('what is booked on the first open day waits for it, in the sheet and by the document', async () => {
  expect((await stockDocuments(world)).filter((name) => name.startsWith('2026-11-01'))).toEqual([
    '2026-11-01 ADJ FBA1LOST-lost: FBA US in transit LOST -4',
    '2026-11-01 TRF FBA2COME-20261030-inTransit-sellable: FBA US in transit COME -5, FBA US COME 5',
    '2026-11-01 TRF FBA3SENT-20261030-source-inTransit: Warehouse SENT -3, FBA US in transit SENT 3',
  ]);
  expect(await inTransit('2026-10-31')).toEqual(['COME 3 8 -5 0', 'LOST 0 4 -4 0', 'SAME 7 7', 'SENT 3 0 3 0']);
  for (const [item, of] of [
    ['LOST', '−4 by AMZ_demo-us_ADJ_FBA1LOST-lost_1'],
    ['COME', '−5 by AMZ_demo-us_TRF_FBA2COME-20261030-inTransit-sellable_1'],
    ['SENT', '+3 by AMZ_demo-us_TRF_FBA3SENT-20261030-source-inTransit_1'],
  ] as const) {
    const { stdout } = await commandsOn(world)('stock', item, '--on', '2026-10-31');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `${of}: Amazon's side has it on 30 Oct 2026, NetSuite on 1 Nov 2026; it ends with 1 Nov 2026`,
    );
  }
});

test('and with that day both sides are the same', async () => {
  expect(await inTransit('2026-10-29')).toEqual(['COME 8 8', 'LOST 4 4', 'SAME 7 7']);
  expect(await inTransit('2026-11-01')).toEqual(['COME 3 3', 'SAME 7 7', 'SENT 3 3']);
  const source = { store: world.store, world: { temporal: { uiUrl: null }, simulators: {} } };
  const agreeing = async (on: string) => (await stockView(source, world.settings, on))!.pools[0]!.agree;
  expect([await agreeing('2026-10-31'), await agreeing('2026-11-01')]).toEqual([2, 5]);
  expect(await openCodes(world)).toEqual([]);
});
