/**
 * Kits, packs of kits, and a kit that becomes an item of its own. Worked out by hand from the design of stock; TOWEL and SOAP
 * cost 6.00. SET is a kit of a towel, a soap and once more a towel; SETPACK is two sets, TOWELSKU a towel, PACK3 three mugs:
 *
 * | day | Amazon | TOWEL / SOAP sellable | unsellable | in transit |
 * |---|---|---|---|---|
 * | 1 Oct | SET 10, SETPACK 5, TOWELSKU 10, as in NetSuite | 50 / 20 | 0 / 0 | 0 / 0 |
 * | 3 Oct | sold: SET 2, SETPACK 1, TOWELSKU 1 | 41 / 16 | 0 / 0 | 0 / 0 |
 * | 4 Oct | FBA1KIT leaves: SET 4, SETPACK 2 | 41 / 16 | 0 / 0 | 16 / 8 |
 * | 7 Oct | SET 3 and SETPACK 2 received | 55 / 23 | 0 / 0 | 2 / 1 |
 * | 8 Oct | a SET comes back | 57 / 24 | 0 / 0 | 2 / 1 |
 * | 9 Oct | a SETPACK comes back damaged | 57 / 24 | 4 / 2 | 2 / 1 |
 * | 10 Oct | a SET is lost | 55 / 23 | 4 / 2 | 2 / 1 |
 * | 11 Oct | a SET is damaged | 53 / 22 | 6 / 3 | 2 / 1 |
 * | 14 Oct | FBA2KIT leaves: SET 2 | 53 / 22 | 6 / 3 | 6 / 3 |
 * | 15 Oct | SET is mapped to SOLID, 18.00 each: 10 and 1 of it | 33 / 12 | 4 / 2 | 0 / 0; SOLID 3 |
 * | 17 Oct | a SET is found: SOLID at its own average | 33 / 12 | 4 / 2 | |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectionsOf, type Dependencies } from '../../src/activities/dependencies.ts';
import { evaluateProfit } from '../../src/activities/period/evaluate-profit.ts';
import { profitView } from '../../src/views/period/profit-view.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { refund, report, sale } from './report.ts';
import { adjust, at, line, received } from './stock-events.ts';
import {
  approveOpening,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const principal = (amount: string) => [['ItemPrice', 'Principal', amount]] as const;
const sold = (number: number, sku: string, quantity: number) => ({
  order: `116-790000${number}-0000001`,
  item: `992000${number}`,
  sku,
  quantity,
});
const ORDERS = [sold(1, 'SET', 2), sold(2, 'SETPACK', 1), sold(3, 'PACK3', 2), sold(4, 'TOWELSKU', 1)] as const;
const [SET, SETPACK, PACK3] = ORDERS;
const REPORT = report(
  {
    id: '29300000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '30.00',
  },
  [
    ...ORDERS.flatMap((of) =>
      sale({ ...of, shipment: `D${of.sku}`, at: '2026-10-03T17:00:00Z' }, principal(`${of.quantity * 10}.00`)),
    ),
    ...[SET, SETPACK, PACK3].flatMap((of) =>
      refund({ ...of, quantity: 1, at: '2026-10-06T17:00:00Z' }, principal('-10.00')),
    ),
  ],
);

const sent = (shipment: string, items: Record<string, number>, day: string, closed?: string): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items,
  history: [
    { at: at(day, 10), status: 'WORKING' },
    { at: at(day, 12), status: 'SHIPPED' },
    ...(closed === undefined ? [] : [{ at: at(closed), status: 'CLOSED' } as const]),
  ],
});
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: [line('SET', 10), line('SETPACK', 5), line('TOWELSKU', 10), line('PACK3', 10)],
  inbound: [sent('FBA1KIT', { SET: 4, SETPACK: 2 }, '04', '12'), sent('FBA2KIT', { SET: 2 }, '14')],
  events: [
    received('07', 'FBA1KIT', 'SET', 3),
    received('07', 'FBA1KIT', 'SETPACK', 2),
    adjust('10', 'SET', 'M', -1),
    { at: at('11'), type: 'convert', sku: 'SET', units: 1, reason: 'E', into: 'WAREHOUSE_DAMAGED' },
    adjust('17', 'SET', 'F', 1),
    received('20', 'FBA2KIT', 'SET', 2),
  ],
  returns: [
    { at: at('08'), order: SET.order, sku: 'SET', disposition: 'SELLABLE' },
    { at: at('08'), order: PACK3.order, sku: 'PACK3', disposition: 'SELLABLE' },
    { at: at('09'), order: SETPACK.order, sku: 'SETPACK', disposition: 'CUSTOMER_DAMAGED' },
  ],
};

let world: WorldUnderTest;
let deps: Dependencies | null = null;
beforeAll(async () => {
  const member = (itemId: string) => ({ itemId, quantity: 1 });
  const held = (itemId: string, location: string, quantity: number) => ({
    itemId,
    location,
    quantity,
    unitCost: '6.00',
  });
  world = await openWorld({
    deps: (given) => (deps = given),
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: [
        ...['SET', 'SETPACK', 'TOWELSKU', 'PACK3'].map((sku) => product(sku, { inNetSuite: false })),
        ...['TOWEL', 'SOAP', 'MUG', 'SOLID'].map((sku) => product(sku)),
      ],
      stock: STOCK,
      goesOnUntil: '2026-10-30T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      items: [
        ...seed.items,
        {
          itemId: 'SET',
          type: 'Kit',
          displayName: 'Set',
          incomeAccount: '4000',
          members: ['TOWEL', 'SOAP', 'TOWEL'].map(member),
        },
      ],
      openingStock: [
        held('TOWEL', 'FBA US', 50),
        held('SOAP', 'FBA US', 20),
        held('MUG', 'FBA US', 30),
        ...['TOWEL', 'SOAP', 'SOLID'].map((item) => held(item, 'Warehouse', 40)),
      ],
    }),
  });
  for (const [key, choice, units] of [
    ['SETPACK', 'SET', 2],
    ['TOWELSKU', 'TOWEL', 1],
    ['PACK3', 'MUG', 3],
  ] as const)
    await world.decide({ kind: 'sku', key, choice, units, why: 'a pack' });
  await approveOpening(world);
  // The day on which a shipment is seen to have left is the day of its transfer.
  await goOnTo(world, '2026-10-14T18:00:00Z', 2);
  await goOnTo(world, '2026-10-15T18:00:00Z', 2);
}, 240_000);
afterAll(() => world?.close());

test('a kit moves its members, each as often as it is in it; a pack of kits so many times that', async () => {
  expect(await stockDocuments(world)).toEqual([
    '2026-10-04 TRF FBA1KIT-20261004-source-inTransit: Warehouse SOAP -8, Warehouse TOWEL -16, FBA US in transit SOAP 8, FBA US in transit TOWEL 16',
    '2026-10-07 TRF FBA1KIT-20261007-inTransit-sellable: FBA US in transit SOAP -7, FBA US in transit TOWEL -14, FBA US SOAP 7, FBA US TOWEL 14',
    `2026-10-08 IR ${SET.order}-20261008: FBA US TOWEL 1, FBA US SOAP 1, FBA US TOWEL 1`,
    `2026-10-08 IR ${PACK3.order}-20261008: FBA US MUG 3`,
    `2026-10-09 IR ${SETPACK.order}-20261009: FBA US unsellable TOWEL 2, FBA US unsellable SOAP 2, FBA US unsellable TOWEL 2`,
    '2026-10-10 ADJ us-20261010-inventory-loss: FBA US SOAP -1, FBA US TOWEL -2',
    '2026-10-11 TRF us-20261011-sellable-unsellable: FBA US SOAP -1, FBA US TOWEL -2, FBA US unsellable SOAP 1, FBA US unsellable TOWEL 2',
    '2026-10-14 TRF FBA2KIT-20261014-source-inTransit: Warehouse SOAP -2, Warehouse TOWEL -4, FBA US in transit SOAP 2, FBA US in transit TOWEL 4',
  ]);
  expect(await unitsHeld(world)).toMatchObject({
    TOWEL: { 'FBA US': 53, 'FBA US unsellable': 6, 'FBA US in transit': 6 },
    SOAP: { 'FBA US': 22, 'FBA US unsellable': 3, 'FBA US in transit': 3 },
    MUG: { 'FBA US': 27 },
  });
  expect(await openCodes(world)).toEqual(['inbound-short FBA1KIT SET']);
  expect(await differing(world)).toEqual([]);
});

test('mapped to an item of its own, what Amazon has of it moves there with its value, in transit as well', async () => {
  await world.decide({ kind: 'mapSku', sku: 'SET', item: 'SOLID', why: 'comes in one box now' });
  await world.look();
  await goOnTo(world, '2026-10-23T18:00:00Z', 2);
  const documents = await stockDocuments(world);
  expect(documents.filter((name) => name > '2026-10-15')).toEqual([
    '2026-10-15 ADJ us-20261015-map: FBA US SOAP -10, FBA US SOLID 10, FBA US TOWEL -20, FBA US unsellable SOAP -1, FBA US unsellable SOLID 1, FBA US unsellable TOWEL -2',
    '2026-10-15 TRF FBA1KIT-20261015-inTransit-source: FBA US in transit SOAP -1, FBA US in transit TOWEL -2, Warehouse SOAP 1, Warehouse TOWEL 2',
    '2026-10-15 TRF FBA1KIT-20261015-source-inTransit: Warehouse SOLID -1, FBA US in transit SOLID 1',
    '2026-10-15 TRF FBA2KIT-20261015-inTransit-source: FBA US in transit SOAP -2, FBA US in transit TOWEL -4, Warehouse SOAP 2, Warehouse TOWEL 4',
    '2026-10-15 TRF FBA2KIT-20261015-source-inTransit: Warehouse SOLID -2, FBA US in transit SOLID 2',
    '2026-10-17 ADJ us-20261017-inventory-loss: FBA US SOLID 1',
    '2026-10-20 TRF FBA2KIT-20261020-inTransit-sellable: FBA US in transit SOLID -2, FBA US SOLID 2',
  ]);
  expect(await unitsHeld(world)).toEqual({
    TOWEL: { 'FBA US': 33, 'FBA US unsellable': 4, Warehouse: 26 },
    SOAP: { 'FBA US': 12, 'FBA US unsellable': 2, Warehouse: 33 },
    MUG: { 'FBA US': 27 },
    SOLID: { 'FBA US': 13, 'FBA US unsellable': 1, 'FBA US in transit': 1, Warehouse: 37 },
  });
  expect(await openCodes(world)).toEqual(['inbound-short FBA1KIT SET']);
  for (const day of [null, '2026-10-12', '2026-10-16']) expect(await differing(world, day)).toEqual([]);
});

/**
 * By hand: 10.00 a unit sold, and one of each kind given back. SET: two sold and one back, of 18.00 each. SETPACK: one sold of 36.00,
 * and back. PACK3: two sold of 18.00 and one back. TOWELSKU: 6.00. A SET was lost and one found for the same, which comes to nothing.
 */
test("the members' cost is the kit's: its profit is the sale less what they cost, and ties to the ledger", async () => {
  const connection = connectionsOf(deps!).get(world.connection)!;
  const said = await evaluateProfit(connection, { connection: world.connection, period: '2026-10' });
  expect(said).toEqual({ sentence: 'October 2026: −12.00 USD in NetSuite, and by SKU the same.', ties: true });
  const source = { store: world.store, world: { temporal: { uiUrl: null } } };
  const view = (await profitView(source, world.settings, '2026-10', { by: 'sku' }))!;
  expect(view.tables[0]!.rows.map(({ name, income, cost, profit }) => [name, income, cost, profit])).toEqual([
    ['PACK3', '10.00', '-18.00', '-8.00'],
    ['SET', '10.00', '-18.00', '-8.00'],
    ['SETPACK', '0.00', '0.00', '0.00'],
    ['TOWELSKU', '10.00', '-6.00', '4.00'],
  ]);
});
