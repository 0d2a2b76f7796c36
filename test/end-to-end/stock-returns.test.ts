/**
 * Returns that end otherwise than by a receipt: NetSuite's preference *Restock Returned Items* is off and receipts bring nothing
 * back; units came before their authorisation; refunded units never come. Worked out by hand from the design of stock:
 *
 * | SKU | sold, refunded | comes back | becomes |
 * |---|---|---|---|
 * | ONE | 1, 1 on 6 Oct | 8 Oct | a receipt that raises nothing; by decision of 15 Oct an adjustment of that day |
 * | TWO | 1, 1 on 6 Oct | 12 Oct | tried, and raises nothing; once THREE rises an adjustment of its own day |
 * | WAIT | 1, 1 on 6 Oct | 12 Oct | waits behind TWO; tried the next day, and raises nothing; as TWO |
 * | THREE | 1, 1 on 6 Oct | 16 Oct | a receipt, which rises |
 * | PART-A | 3, 2 on 12 Oct | 5 Oct, 20 Oct | an adjustment after grace, its unit of the authorisation closed; a receipt |
 * | PART-B | 3, 2 on 12 Oct | 5 Oct | an adjustment; the authorisation is closed whole, 120 days after the refund |
 * | KEPT | 1, 1 on 6 Oct | never | the authorisation is closed 120 days after the refund |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldReturn, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
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

const SKUS = ['ONE', 'TWO', 'THREE', 'PART-A', 'PART-B', 'KEPT', 'WAIT'] as const;
type Sku = (typeof SKUS)[number];
const order = (sku: Sku) => `116-710000${SKUS.indexOf(sku) + 1}-0000001`;
const item = (sku: Sku) => `984000${SKUS.indexOf(sku) + 1}`;
const principal = (amount: string) => [['ItemPrice', 'Principal', amount]] as const;
const sold = (sku: Sku, quantity: number) =>
  sale(
    { order: order(sku), shipment: `D${sku}`, at: '2026-10-03T17:00:00Z', item: item(sku), sku, quantity },
    principal(`${quantity * 10}.00`),
  );
const paidBack = (sku: Sku, quantity: number, day: string) =>
  refund(
    { order: order(sku), at: `2026-10-${day}T17:00:00Z`, item: item(sku), sku, quantity },
    principal(`-${quantity * 10}.00`),
  );

const REPORT = report(
  {
    id: '28500000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '20.00',
  },
  [
    ...(['ONE', 'TWO', 'THREE', 'KEPT', 'WAIT'] as const).flatMap((sku) => [
      ...sold(sku, 1),
      ...paidBack(sku, 1, '06'),
    ]),
    ...(['PART-A', 'PART-B'] as const).flatMap((sku) => [...sold(sku, 3), ...paidBack(sku, 2, '12')]),
  ],
);

const back = (sku: Sku, day: string): WorldReturn => ({
  at: `2026-10-${day}T18:00:00Z`,
  order: order(sku),
  sku,
  disposition: 'SELLABLE',
});
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => ({ sku, fnsku: `X0${sku}`, country: 'US', centre: 'PDX9', units: 10 })),
  returns: [
    back('ONE', '08'),
    back('TWO', '12'),
    back('WAIT', '12'),
    back('THREE', '16'),
    back('PART-A', '05'),
    back('PART-A', '20'),
    back('PART-B', '05'),
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
      goesOnUntil: '2027-02-20T00:00:00Z',
    },
  });
  await world.netsuitePage('POST', '/admin/switches', { restock: false });
  await approveOpening(world);
  await goOnTo(world, '2026-10-11T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

/** `ONE 1 0 open`: lines of return authorisations with units, units received, and whether they are closed. */
async function authorised(): Promise<string[]> {
  const rows = await world.suiteql(
    `SELECT BUILTIN.DF(tl.item) AS item, ABS(tl.quantity) AS units, NVL(tl.quantityshiprecv, 0) AS received, NVL(tl.isclosed, 'F') AS closed
     FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
     WHERE t.type = 'RtnAuth' AND tl.mainline = 'F' AND NVL(tl.taxline, 'F') = 'F'`,
  );
  return rows
    .filter(({ item: name }) => SKUS.some((sku) => sku === name))
    .map(
      ({ item: name, units, received, closed }) => `${name} ${units} ${received} ${closed === 'T' ? 'closed' : 'open'}`,
    )
    .sort();
}

const notRestocked = async () =>
  (await openExceptions(world.store.db, world.connection)).filter(({ code }) => code === 'receipt-not-restocked');

describe('with Restock Returned Items off', () => {
  test('a receipt that raised nothing is one exception, and of those behind it one a day is tried', async () => {
    const unrisen = (sku: Sku, day: string) => `receipt-not-restocked AMZ_demo-us_IR_${order(sku)}-202610${day}_1`;
    await goOnTo(world, '2026-10-15T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual([unrisen('ONE', '08'), unrisen('TWO', '12'), unrisen('WAIT', '12')]);
    expect(await differing(world)).toEqual(['ONE', 'TWO', 'WAIT'].map((sku) => `us ${sku} sellable 10 9 waiting 1`));
    expect(await stockDocuments(world)).toEqual([
      '2026-10-05 ADJ us-20261005-cogs-returns: FBA US PART-A 1, FBA US PART-B 1',
    ]);
  });

  test('an adjustment for its units ends it, the next receipt that rises the others: they need no decision', async () => {
    await world.netsuitePage('POST', '/admin/switches', { restock: true });
    const { remedy } = (await notRestocked()).find(({ key }) => key.includes(order('ONE')))!;
    if (remedy.kind !== 'answer-rows') throw new Error(remedy.kind);
    await world.decide({ kind: 'answerRows', rows: [...remedy.rows], role: 'cogs-returns', why: 'switched on' });
    await world.look();
    expect(await openCodes(world)).toHaveLength(2);
    await goOnTo(world, '2026-10-24T18:00:00Z');
    expect(await stockDocuments(world)).toEqual([
      '2026-10-05 ADJ us-20261005-cogs-returns: FBA US PART-A 1, FBA US PART-B 1',
      '2026-10-12 ADJ us-20261012-cogs-returns: FBA US TWO 1, FBA US WAIT 1',
      '2026-10-15 ADJ us-20261015-cogs-returns: FBA US ONE 1',
      `2026-10-16 IR ${order('THREE')}-20261016: FBA US THREE 1`,
      `2026-10-20 IR ${order('PART-A')}-20261020: FBA US PART-A 1`,
    ]);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    // Five units adjusted in, two received, each at 6.00.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 5100: -30 });
    expect(await bookedBy(world, 'ItemRcpt')).toMatchObject({ 5000: -12 });
  });
});

describe('of an authorisation', () => {
  test('the unit that came as an adjustment is closed once the rest was received', async () => {
    expect(await authorised()).toEqual([
      'KEPT 1 0 open',
      'ONE 1 1 open',
      'PART-A 2 1 closed',
      'PART-B 2 0 open',
      'THREE 1 1 open',
      'TWO 1 1 open',
      'WAIT 1 1 open',
    ]);
  });

  test('what never came is closed after 120 days, which posts nothing', async () => {
    const documents = await stockDocuments(world);
    await goOnTo(world, '2027-02-02T18:00:00Z', 20);
    expect(await authorised()).toContain('KEPT 1 0 open');
    await goOnTo(world, '2027-02-14T18:00:00Z', 12);
    expect(await authorised()).toEqual([
      'KEPT 1 0 closed',
      'ONE 1 1 open',
      'PART-A 2 1 closed',
      'PART-B 2 0 closed',
      'THREE 1 1 open',
      'TWO 1 1 open',
      'WAIT 1 1 open',
    ]);
    expect(await stockDocuments(world)).toEqual(documents);
    expect(await openCodes(world)).toEqual([]);
  }, 60_000);
});
