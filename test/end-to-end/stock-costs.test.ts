/**
 * Costs that move after stock is booked, and a movement whose day moves. Worked out by hand from the design of stock and from
 * NetSuite's costing (average by location, back-dated documents are costed again, below zero an estimate that is corrected):
 *
 * | SKU | NetSuite | Amazon | books |
 * |---|---|---|---|
 * | RISEN | 100 at 6.00; warehouse at 12.00 | 150 found on 10 Oct, above the limit; 100 received on 16 Oct; approved on the 20th | found at the 6.00 of the plan, 900.00; the average was 9.00 by then |
 * | AGAIN | 100 at 6.00; warehouse at 12.00 | 10 lost on 10 Oct; 100 received on 8 Oct, told on the 18th | lost at 60.00; costed again at 9.00: 90.00, and owed 90.00 |
 * | BELOW | 2 at 6.00, opening of 10 not approved; warehouse at 12.00 | 3 lost on 9 Oct; 5 received on 14 Oct | lost 18.00, one of it estimated; the receipt corrects it by 6.00 on the cost of sales; 4 at 12.00 are left |
 * | PRICE | nothing; last purchase price 4.50 | 2 found on 10 Oct | found at 9.00 |
 * | MOVED | 10 at 6.00 | 2 lost on 30 Oct; on 4 Nov the report has them on 2 Nov | the first stays, its opposite on the day on which that was seen, the second on 2 Nov: 12.00 in all |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { account, report } from './report.ts';
import { adjust, at, line, received } from './stock-events.ts';
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

const REPORT = report(
  {
    id: '28990000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '-5.00',
  },
  [account('Subscription Fee', '-5.00', '2026-10-05T08:00:00Z')],
);
const sent = (shipment: string, sku: string, units: number): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items: { [sku]: units },
  history: [
    { at: at('02'), status: 'WORKING' },
    { at: at('05'), status: 'SHIPPED' },
  ],
});
const HELD: Record<string, number> = { RISEN: 100, AGAIN: 100, BELOW: 12, PRICE: 0, MOVED: 10 };
const told = (instant: string) => ({ inDetail: instant, inSummary: instant });
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: Object.entries(HELD).map(([sku, units]) => line(sku, units)),
  inbound: [sent('FBA1RISE', 'RISEN', 100), sent('FBA2AGAIN', 'AGAIN', 100), sent('FBA3BELOW', 'BELOW', 5)],
  events: [
    adjust('10', 'RISEN', 'F', 150),
    received('16', 'FBA1RISE', 'RISEN', 100),
    adjust('10', 'AGAIN', 'M', -10),
    { ...received('08', 'FBA2AGAIN', 'AGAIN', 100), ...told(at('18')) },
    adjust('09', 'BELOW', 'M', -3),
    received('14', 'FBA3BELOW', 'BELOW', 5),
    adjust('10', 'PRICE', 'F', 2),
    adjust('30', 'MOVED', 'M', -2, { id: 'moved' }),
    { at: '2026-11-04T18:00:00Z', type: 'withdraw', event: 'moved' },
    {
      ...adjust('30', 'MOVED', 'M', -2),
      at: '2026-11-02T18:00:00Z',
      ...told('2026-11-04T18:00:00Z'),
    },
  ],
};

let world: WorldUnderTest;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: Object.keys(HELD).map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-16T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      items: seed.items.map((item) => (item.itemId === 'PRICE' ? { ...item, lastPurchasePrice: '4.50' } : item)),
      openingStock: [
        ...seed.openingStock
          .filter(({ itemId, location }) => itemId !== 'PRICE' && location !== 'Warehouse')
          .map((one) => (one.itemId === 'BELOW' ? { ...one, quantity: 2 } : one)),
        ...['RISEN', 'AGAIN', 'BELOW'].map((itemId) => ({
          itemId,
          location: 'Warehouse',
          quantity: 200,
          unitCost: '12.00',
        })),
      ],
    }),
  });
  await approveOpening(world, { items: ['RISEN', 'AGAIN', 'MOVED'] });
  await goOnTo(world, '2026-10-13T18:00:00Z', 2);
}, 240_000);
afterAll(() => world?.close());

const tieout = (...argv: string[]) => commandsOn(world)(...argv);
/** `AGAIN sellable 190 1710.00` of an item's row of the sheet: NetSuite's units, and what they are worth. */
async function sheet(item: string, on?: string): Promise<string> {
  const { stdout } = await tieout('stock', ...(on === undefined ? [] : ['--on', on]), '--csv');
  const [head, ...rows] = stdout
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(','));
  const of = (row: readonly string[], column: string) => row[head!.indexOf(column)]!;
  const row = rows.find((one) => of(one, 'item') === item && of(one, 'place') === 'sellable')!;
  return ['netsuite units', 'unit cost', 'netsuite value'].map((column) => of(row, column)).join(' ');
}
/** What NetSuite itself says that lies at FBA US. */
async function held(item: string): Promise<string> {
  const [row] = await world.suiteql(
    `SELECT s.quantityonhand, s.averagecostmli, s.onhandvaluemli FROM aggregateitemlocation s JOIN item i ON i.id = s.item WHERE i.itemid = '${item}' AND BUILTIN.DF(s.location) = 'FBA US'`,
  );
  return [row!['quantityonhand'], row!['averagecostmli'], row!['onhandvaluemli']].map(Number).join(' ');
}
const owedOf = async (sku: string) => {
  const { stdout } = await tieout('stock', 'owed', '--csv');
  return stdout.split(/\r?\n/).filter((row) => row.includes(sku));
};

test('what comes in is planned at the cost of that day, or at the last purchase price where nothing else is known', async () => {
  expect(await openCodes(world)).toEqual(['adjustment-large AMZ_demo-us_ADJ_us-20261010-inventory-loss_2']);
  const [large] = await openExceptions(world.store.db, world.connection);
  expect(large!.evidence.what).toContain('900.00 USD');
  expect((await stockDocuments(world)).filter((name) => name.includes('inventory-loss'))).toEqual([
    '2026-10-09 ADJ us-20261009-inventory-loss: FBA US BELOW -3',
    '2026-10-10 ADJ us-20261010-inventory-loss: FBA US AGAIN -10, FBA US PRICE 2',
  ]);
  // Lost 18 and 60, found 9.
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 69 });
  expect(await held('PRICE')).toBe('2 4.5 9');
  expect(await sheet('PRICE')).toMatch(/^2 4\.50? 9\.00$/);
});

test('an average that changes between plan and posting leaves what was planned', async () => {
  await goOnTo(world, '2026-10-17T18:00:00Z', 1);
  expect(await held('RISEN')).toBe('200 9 1800');
  const exit = (await tieout('approve-adjustment', 'AMZ_demo-us_ADJ_us-20261010-inventory-loss_2', '--why', 'counted'))
    .exit;
  expect(exit).toBe(0);
  await world.look();
  // 100 and 150 at 6.00, then 100 at 12.00: found 900, not the 1,350 of the average when it was posted.
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 69 - 900 });
  expect((await held('RISEN')).split(' ')[2]).toBe('2700');
  expect(await openCodes(world)).toEqual([]);
});

test('a correction of costs is on the sheet as NetSuite has it, and moves no unit', async () => {
  // One of the three was estimated at 6.00, and cost 12.00.
  expect(await held('BELOW')).toBe('4 12 48');
  expect(await sheet('BELOW')).toBe('4 12 48.00');
  expect(await bookedBy(world, 'InvTrnfr')).toMatchObject({ 5000: 6 });
  await goOnTo(world, '2026-10-22T18:00:00Z', 1);
  // The receipt that came late is dated 8 October: what was lost on the 10th is costed again.
  expect(await held('AGAIN')).toBe('190 9 1710');
  expect(await sheet('AGAIN')).toBe('190 9 1710.00');
  expect(await sheet('AGAIN', '2026-10-12')).toBe('190 9 1710.00');
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 69 - 900 + 30 });
  expect((await owedOf('AGAIN')).join('\n')).toContain('90.00');
  expect((await owedOf('BELOW')).join('\n')).toContain('36.00');
  // BELOW's opening is all that is open.
  expect(await differing(world)).toEqual(['us BELOW sellable 14 4 opening 10']);
});

test("the opening that is approved after that takes the correction back, as NetSuite's costing does", async () => {
  expect((await tieout('approve-opening', 'us', '--why', 'counted')).exit).toBe(0);
  await goOnTo(world, '2026-10-25T18:00:00Z', 1);
  const [opening] = await world.suiteql(
    "SELECT tal.amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account JOIN transaction t ON t.id = tal.transaction WHERE t.externalid LIKE 'AMZ_demo-us_ADJ_us-opening%' AND a.acctnumber = '3900'",
  );
  // Ten at 12.00, the average when it was approved.
  expect(Number(opening!['amount'])).toBe(-120);
  // 2 at 6.00 and 10 at 12.00 are 11.00 each: lost 33; then five at 12.00 beside nine at 11.00.
  expect(await held('BELOW')).toMatch(/^14 11\.357\d* 159$/);
  expect((await bookedBy(world, 'InvTrnfr'))[5000] ?? 0).toBe(0);
  expect(await differing(world)).toEqual([]);
});

test('a movement whose day moves into the next month is taken back on the day on which that was seen', async () => {
  await goOnTo(world, '2026-11-10T18:00:00Z', 1);
  const documents = (await stockDocuments(world)).filter((name) => name.includes('MOVED'));
  expect(documents).toEqual([
    '2026-10-30 ADJ us-20261030-inventory-loss: FBA US MOVED -2',
    '2026-11-02 ADJ us-20261102-inventory-loss: FBA US MOVED -2',
    expect.stringMatching(/^2026-11-0[45] ADJ us-2026110[45]-inventory-loss: FBA US MOVED 2$/),
  ]);
  expect(await held('MOVED')).toBe('8 6 48');
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  // Amazon's balance of 31 October was read once more on 4 November, and has all ten again: two more than its rows of before.
  expect((await differing(world, '2026-10-31')).filter((one) => one.includes('MOVED'))).toEqual([
    'us MOVED sellable 10 8 gap 2',
  ]);
  expect((await differing(world, '2026-11-03')).filter((one) => one.includes('MOVED'))).toEqual([
    'us MOVED sellable 8 6 gap 2',
  ]);
});
