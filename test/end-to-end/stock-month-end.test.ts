/**
 * The sheet of a month's end, asked two days after it and again a week later, when all of this has come. Worked out by hand from
 * the design of stock; items cost 6.00:
 *
 * | SKU | by 31 October | since |
 * |---|---|---|
 * | OPENED | Amazon 10, NetSuite 7: its opening is not approved | approved on 4 Nov, dated 1 Oct |
 * | LATE | 2 lost on 30 Oct: the balance says so, the row does not come | the row, told from 3 Nov on, dated 30 Oct |
 * | LARGE | 150 of 300 lost on 20 Oct: above the limit | approved on 4 Nov, dated 20 Oct |
 * | GONE | somebody takes 4 in NetSuite on 15 Oct | he deletes that |
 * | OURS | 1 lost on 12 Oct, and booked | somebody deletes our document |
 * | MORE | somebody adds 3 in NetSuite on 18 Oct | countered on 4 Nov, dated 4 Nov |
 * | CROSS | fulfilled on 31 Oct | its row, dated 1 Nov |
 * | COMING | 10 sent on 24 Oct, 6 received on the 28th | the other 4, on 3 Nov |
 * | EVEN | 1 lost on 5 Oct, 1 found on the 7th | a row of 3 Nov that nobody knows |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import type { StockItemView } from '../../src/views/stock/stock-item-view.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { adjust, at, line, received } from './stock-events.ts';
import { approveOpening, deleteInNetSuite, differing, goOnTo, openCodes, product } from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const MONTH_END = '2026-10-31';
const SOLD_AT = '2026-10-31T17:00:00Z';
const REPORT = report(
  {
    id: '28950000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-11-01T07:00:00Z',
    deposit: '2026-11-03T07:00:00Z',
    total: '10.00',
  },
  sale({ order: '116-7950001-0000001', shipment: 'Dcross', at: SOLD_AT, item: '9895001', sku: 'CROSS', quantity: 1 }, [
    ['ItemPrice', 'Principal', '10.00'],
  ]),
);
/** What somebody adjusts in NetSuite. */
const BY_HAND = { location: 'FBA US', account: '6300' };
const SKUS = ['OPENED', 'LATE', 'LARGE', 'GONE', 'OURS', 'MORE', 'CROSS', 'COMING', 'EVEN'];

const stockOf = (dispatched: string): WorldStock => ({
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, sku === 'COMING' ? 0 : sku === 'LARGE' ? 300 : 10)),
  inbound: [
    {
      shipment: 'FBA1COME',
      country: 'US',
      centre: 'PDX9',
      items: { COMING: 10 },
      history: [
        { at: at('22'), status: 'WORKING' },
        { at: at('24'), status: 'SHIPPED' },
      ],
    },
  ],
  events: [
    { at: SOLD_AT, type: 'withdraw', event: dispatched },
    { at: '2026-11-01T19:00:00Z', type: 'ship', sku: 'CROSS', units: 1 },
    { at: '2026-11-03T18:00:00Z', type: 'receive', sku: 'COMING', units: 4, shipment: 'FBA1COME' },
    { at: '2026-11-03T18:00:00Z', type: 'adjust', sku: 'EVEN', units: -1, reason: 'Y' },
    adjust('30', 'LATE', 'M', -2, { inDetail: '2026-11-03T18:00:00Z', inSummary: at('30') }),
    adjust('20', 'LARGE', 'M', -150),
    adjust('12', 'OURS', 'M', -1),
    adjust('05', 'EVEN', 'M', -1),
    adjust('07', 'EVEN', 'F', 1),
    received('28', 'FBA1COME', 'COMING', 6),
  ],
});

let world: WorldUnderTest;
let tieout: ReturnType<typeof commandsOn>;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  const [shipment] = told.shipments;
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...told,
      catalogue: SKUS.map((sku) => product(sku)),
      stock: stockOf(`${shipment!.shipmentId}/${shipment!.items[0]!.shipmentItemId}`),
      goesOnUntil: '2026-11-20T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: [
        ...seed.openingStock
          .filter(({ itemId }) => itemId !== 'COMING')
          .map((one) => (one.itemId === 'OPENED' ? { ...one, quantity: 7 } : one)),
        { itemId: 'COMING', location: 'Warehouse', quantity: 50, unitCost: '6.00' },
      ],
      adjustments: [
        { ...BY_HAND, at: at('15'), number: 'P1', itemId: 'GONE', quantity: -4, memo: 'Samples' },
        { ...BY_HAND, at: at('18'), number: 'P2', itemId: 'MORE', quantity: 3, memo: 'Found' },
      ],
    }),
  });
  tieout = commandsOn(world);
  await world.look();
  const items = SKUS.filter((sku) => sku !== 'OPENED' && sku !== 'COMING');
  await approveOpening(world, { items });
  await goOnTo(world, '2026-11-02T20:00:00Z', 4);
}, 300_000);
afterAll(() => world?.close());

/** `GONE sellable 10 6 foreign 4` of every row of the sheet, and what each side of it is worth where they differ. */
async function sheet(): Promise<string[]> {
  const { stdout, exit } = await tieout('stock', '--on', MONTH_END, '--csv');
  expect(exit).toBe(0);
  const [head, ...rows] = stdout
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(','));
  return rows
    .map((row) => {
      const of = (column: string) => row[head!.indexOf(column)]!;
      expect([of('day'), of('pool')]).toEqual([MONTH_END, 'us']);
      const terms = ['opening', 'waiting', 'ahead', 'foreign', 'gap'].filter((term) => Number(of(term)) !== 0);
      const sum = terms.reduce((units, term) => units + Number(of(term)), 0);
      if (of('place') !== 'inTransit') expect(sum).toBe(Number(of('amazon units')) - Number(of('netsuite units')));
      return [
        of('item'),
        of('place'),
        of('amazon units'),
        of('netsuite units'),
        ...(of('amazon value') === of('netsuite value') ? [] : [`${of('amazon value')}/${of('netsuite value')}`]),
        ...terms.map((term) => `${term} ${of(term)}`),
      ].join(' ');
    })
    .filter((row) => !row.endsWith('unsellable 0 0'))
    .sort();
}

/** NetSuite's balance at the end of the month, by its own transactions. */
async function balances(): Promise<string[]> {
  const rows = await world.suiteql(
    `SELECT TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, tl.quantity, BUILTIN.DF(tl.location) AS location, BUILTIN.DF(tl.item) AS item
     FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE tl.isinventoryaffecting = 'T'`,
  );
  const sums = new Map<string, number>();
  const places: Record<string, string> = { 'FBA US': 'sellable', 'FBA US in transit': 'inTransit' };
  for (const { day, quantity, location, item } of rows)
    if (day! <= MONTH_END && places[location!] !== undefined)
      sums.set(`${item} ${places[location!]}`, (sums.get(`${item} ${places[location!]}`) ?? 0) + Number(quantity));
  return [...sums].map(([at, units]) => `${at} ${units}`).sort();
}
const netsuiteIn = (rows: readonly string[]) =>
  rows.map((row) => row.split(' ')).map(([item, place, , netsuite]) => `${item} ${place} ${netsuite}`);

const idOf = async (where: string) => (await world.suiteql(`SELECT t.id FROM transaction t WHERE ${where}`))[0]!['id']!;
const lines = async (...argv: string[]) => (await tieout(...argv)).stdout.split('\n');

describe('asked on 2 November', () => {
  test('each difference has its term, in transit stands beside it, and NetSuite is its balance of that day', async () => {
    const rows = await sheet();
    expect(rows).toEqual([
      'COMING inTransit 4 4',
      'COMING sellable 6 6',
      'CROSS sellable 10 9 60.00/54.00 ahead 1',
      'EVEN sellable 10 10',
      'GONE sellable 10 6 60.00/36.00 foreign 4',
      'LARGE sellable 150 300 900.00/1800.00 waiting -150',
      'LATE sellable 8 10 48.00/60.00 gap -2',
      'MORE sellable 10 13 60.00/78.00 foreign -3',
      'OPENED sellable 10 7 60.00/42.00 opening 3',
      'OURS sellable 9 9',
    ]);
    expect(netsuiteIn(rows)).toEqual(await balances());
  });
});

describe('asked again, when all has come', () => {
  beforeAll(async () => {
    await goOnTo(world, '2026-11-04T18:00:00Z');
    const [gone, more] = [await idOf("t.memo = 'Samples'"), await idOf("t.memo = 'Found'")];
    const ours = await idOf("t.externalid LIKE 'AMZ_demo-us_ADJ_us-20261012-inventory-loss_1'");
    const large = 'AMZ_demo-us_ADJ_us-20261020-inventory-loss_1';
    for (const argv of [
      ['approve-opening', 'us', 'OPENED'],
      ['approve-adjustment', large],
      ['explain-foreign', more, 'counter'],
    ])
      expect([argv, (await tieout(...argv, '--why', 'looked up')).exit]).toEqual([argv, 0]);
    for (const id of [gone, ours]) await deleteInNetSuite(world, 'inventoryAdjustment', id);
    await goOnTo(world, '2026-11-09T18:00:00Z');
  }, 300_000);

  test('what was booked, told or deleted since with a date of the month is in it, and what is dated later is not', async () => {
    const rows = await sheet();
    expect(rows).toEqual([
      'COMING inTransit 4 4',
      'COMING sellable 6 6',
      'CROSS sellable 10 9 60.00/54.00 ahead 1',
      'EVEN sellable 10 10',
      'GONE sellable 10 10',
      'LARGE sellable 150 150',
      'LATE sellable 8 8',
      'MORE sellable 10 13 60.00/78.00 foreign -3',
      'OPENED sellable 10 10',
      'OURS sellable 9 10 54.00/60.00 foreign -1',
    ]);
    expect(netsuiteIn(rows)).toEqual(await balances());
    // At the end of the last whole day.
    expect(await differing(world)).toEqual(['us EVEN sellable 9 10 waiting -1', 'us OURS sellable 9 10 foreign -1']);
  });

  test('an item says by what its difference of that day ended', async () => {
    const parts = async (item: string) => {
      const [view] = JSON.parse((await tieout('stock', item, '--on', MONTH_END, '--json')).stdout) as [StockItemView];
      const steps = view.items[0]!.places.flatMap((place) => place.steps);
      return steps.flatMap((step) => step.parts).map(({ units, day, because }) => [units, day, because]);
    };
    expect(await parts('CROSS')).toEqual([[1, '2026-10-31', 'what stands against it is dated 1 Nov 2026']]);
    expect(await parts('MORE')).toEqual([[-3, '2026-10-18', 'what stands against it is dated 4 Nov 2026']]);
  });

  test('of what waits for a person the page of that day names what may concern it, as of now', async () => {
    expect(await openCodes(world)).toEqual([
      'ledger-unknown Adjustments Y',
      expect.stringMatching(/^movement-foreign \d+$/),
    ]);
    const waits = async (...argv: string[]) => (await lines('stock', ...argv)).find((text) => /wait/.test(text));
    expect(await waits('--on', MONTH_END)).toBe(
      '1 thing of stock waits for a person now, begun by 31 Oct 2026 or about no one day',
    );
    expect(await waits()).toBe('2 things of stock wait for a person');
  });
});
