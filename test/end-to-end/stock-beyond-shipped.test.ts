/**
 * Transfer orders that brought more on its way than Amazon says was shipped (`inbound: theirs`). Worked out by hand from the
 * design of stock; all items cost 6.00, and the warehouse begins with twice what each shipment says:
 *
 * | shipment | transfer order | Amazon | becomes |
 * |---|---|---|---|
 * | FBA1MORE, 10 | 12 left on 3 Oct | 10 on 7 Oct, closed on the 12th | 2 short; returned: received and back |
 * | FBA2GONE, 10 | 10 left on 3 Oct | cancelled on 9 Oct | 10 short; lost: received and adjusted away |
 * | FBA3BOTH, 10 | 12 left on 3 Oct | 8 on 7 Oct, closed on the 12th | 4 short in one, lost |
 * | FBA4OVER, 10 | 12 left on 3 Oct | 12 on 7 Oct, closed on the 12th | 2 over; from the warehouse: a receipt of the order, which has them |
 * | FBA5PAST, 6 | 8 left on 28 Sep | 6 on 7 Oct, closed on the 12th | no opening of the 2; they are short; returned |
 * | FBA7FIVE, 10 | 12 left on 5 Oct | 10 on 7 Oct, closed on the 12th | as the first; in transit by day: see below |
 * | FBA6LATE, 10 | 12 left on 3 Oct | 10 on 7 Oct, closed on the 12th, 2 more on 20 Oct | 2 short, lost; then 2 over, which the warehouse does not send once more: found |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WriteOutcome } from '../../src/clients/netsuite/netsuite-client.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { transitRowsOf } from '../../src/views/stock/standing-rows.ts';
import { loadStockFigures } from '../../src/views/stock/stock-figures.ts';
import { stockView } from '../../src/views/stock/stock-view.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { at, line, received } from './stock-events.ts';
import {
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28600000002',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '10.00',
  },
  sale(
    {
      order: '116-7210001-0000001',
      shipment: 'Dsold',
      at: '2026-10-03T17:00:00Z',
      item: '9850011',
      sku: 'SOLD',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  ),
);

const SKUS = ['SOLD', 'MORE', 'GONE', 'BOTH', 'OVER', 'PAST', 'LATE', 'FIVE'];
const sent = (shipment: string, sku: string, units: number, end: WorldInbound['history']): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items: { [sku]: units },
  history: [
    ...(sku === 'PAST'
      ? ([
          { at: '2026-09-27T18:00:00Z', status: 'WORKING' },
          { at: '2026-09-28T18:00:00Z', status: 'SHIPPED' },
        ] as const)
      : ([
          { at: at('02'), status: 'WORKING' },
          { at: at('03'), status: 'SHIPPED' },
        ] as const)),
    ...end,
  ],
});
const CLOSED: WorldInbound['history'] = [
  { at: at('06'), status: 'RECEIVING' },
  { at: at('12'), status: 'CLOSED' },
];

const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, sku === 'SOLD' ? 10 : 0)),
  inbound: [
    sent('FBA1MORE', 'MORE', 10, CLOSED),
    sent('FBA2GONE', 'GONE', 10, [{ at: at('09'), status: 'CANCELLED' }]),
    sent('FBA3BOTH', 'BOTH', 10, CLOSED),
    sent('FBA4OVER', 'OVER', 10, CLOSED),
    sent('FBA5PAST', 'PAST', 6, CLOSED),
    sent('FBA6LATE', 'LATE', 10, CLOSED),
    sent('FBA7FIVE', 'FIVE', 10, CLOSED),
  ],
  events: [
    received('07', 'FBA1MORE', 'MORE', 10),
    received('07', 'FBA3BOTH', 'BOTH', 8),
    received('07', 'FBA4OVER', 'OVER', 12),
    received('07', 'FBA5PAST', 'PAST', 6),
    received('07', 'FBA6LATE', 'LATE', 10),
    received('07', 'FBA7FIVE', 'FIVE', 10),
    received('20', 'FBA6LATE', 'LATE', 2),
  ],
};

let world: WorldUnderTest;
const posted = async (write: Promise<WriteOutcome>): Promise<string> => {
  const outcome = await write;
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.id;
};
/** What somebody at the company enters: an order of the warehouse that names the shipment, and leaves on a day. */
async function ordered(shipment: string, sku: string, units: number, day: string): Promise<void> {
  const { lookups } = world.netsuite;
  const place = async (name: string) => ({ id: (await lookups.locationByName(name))!.id });
  const id = await posted(
    world.netsuite.create('transferOrder', {
      subsidiary: { id: '1' },
      location: await place('Warehouse'),
      transferLocation: await place('FBA US'),
      tranDate: day,
      orderStatus: { id: 'B' },
      otherRefNum: shipment,
      item: { items: [{ item: { id: (await lookups.itemByName(sku))!.id }, quantity: units }] },
    }),
  );
  await posted(
    world.netsuite.transform({ type: 'transferOrder', id }, 'itemFulfillment', {
      tranDate: day,
      shipStatus: { id: 'C' },
      item: { items: [{ orderLine: 1, quantity: units }] },
    }),
  );
}

beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-03T00:00:00Z',
    },
    settings: {
      stock: {
        from: '2026-10-01',
        inbound: 'theirs',
        pools: [
          {
            name: 'us',
            countries: ['US'],
            marketplace: 'ATVPDKIKX0DER',
            sellable: 'FBA US',
            unsellable: 'FBA US unsellable',
            inTransit: 'FBA US in transit',
            removal: 'FBA US removal',
            source: 'Warehouse',
          },
        ],
      },
    },
  });
  await ordered('FBA5PAST', 'PAST', 8, '2026-09-28');
  await approveOpening(world);
  for (const [shipment, sku, units] of [
    ['FBA1MORE', 'MORE', 12],
    ['FBA2GONE', 'GONE', 10],
    ['FBA3BOTH', 'BOTH', 12],
    ['FBA4OVER', 'OVER', 12],
    ['FBA6LATE', 'LATE', 12],
  ] as const)
    await ordered(shipment, sku, units, '2026-10-03');
  await ordered('FBA7FIVE', 'FIVE', 12, '2026-10-05');
  await goOnTo(world, '2026-10-08T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

const command = async (...argv: string[]) => (await commandsOn(world)(...argv)).exit;
const agreeing = async () => {
  const source = { store: world.store, world: { temporal: { uiUrl: null }, simulators: {} } };
  const { items, agree } = (await stockView(source, world.settings))!.pools[0]!;
  return [items, agree];
};

test('while shipments go on only what came beyond them is asked for, and the opening has nothing of it', async () => {
  expect(await openCodes(world)).toEqual(['inbound-over FBA4OVER OVER']);
  expect(await stockDocuments(world)).toEqual([
    '2026-10-07 IR FBA1MORE-20261007: FBA US MORE 10',
    '2026-10-07 IR FBA3BOTH-20261007: FBA US BOTH 8',
    '2026-10-07 IR FBA4OVER-20261007: FBA US OVER 10',
    '2026-10-07 IR FBA5PAST-20261007: FBA US PAST 6',
    '2026-10-07 IR FBA6LATE-20261007: FBA US LATE 10',
    '2026-10-07 IR FBA7FIVE-20261007: FBA US FIVE 10',
  ]);
});

test('once they are over, what the orders have under way and Amazon does not is short, and never agrees before', async () => {
  await goOnTo(world, '2026-10-14T18:00:00Z');
  expect(await openCodes(world)).toEqual([
    'inbound-over FBA4OVER OVER',
    'inbound-short FBA1MORE MORE',
    'inbound-short FBA2GONE GONE',
    'inbound-short FBA3BOTH BOTH',
    'inbound-short FBA5PAST PAST',
    'inbound-short FBA6LATE LATE',
    'inbound-short FBA7FIVE FIVE',
  ]);
  const gone = (await openExceptions(world.store.db, world.connection)).find(({ key }) => key === 'FBA2GONE GONE')!;
  expect(gone.evidence.what).toContain(
    'FBA2GONE is cancelled, and its transfer orders have 10 of GONE under way that Amazon does not (10 units of GONE, 60.00 USD',
  );
  // Of eight only SOLD agrees: each of the others has something under way on one side, or waits.
  expect(await agreeing()).toEqual([8, 1]);
  expect(await command('inbound', 'FBA2GONE')).toBe(0);
});

/**
 * By item: Amazon's units, NetSuite's, and which of the difference waits for NetSuite or is ahead of Amazon. 10 of FIVE are sent
 * on the 3rd and 12 leave on the 5th, so that NetSuite is ahead by two until somebody decides on the 14th; the other orders
 * leave on the 3rd, as their shipments do. GONE counts nothing on Amazon's side, since it was cancelled.
 */
const IN_TRANSIT = {
  '2026-10-02': ['PAST 6 8: ahead -2'],
  '2026-10-04': [
    'BOTH 10 12: ahead -2',
    'FIVE 10 0: waiting 10',
    'GONE 0 10: ahead -10',
    'LATE 10 12: ahead -2',
    'MORE 10 12: ahead -2',
    'OVER 10 12: ahead -2',
    'PAST 6 8: ahead -2',
  ],
  '2026-10-05': [
    'BOTH 10 12: ahead -2',
    'FIVE 10 12: ahead -2',
    'GONE 0 10: ahead -10',
    'LATE 10 12: ahead -2',
    'MORE 10 12: ahead -2',
    'OVER 10 12: ahead -2',
    'PAST 6 8: ahead -2',
  ],
  '2026-10-08': [
    'BOTH 2 4: ahead -2',
    'FIVE 0 2: ahead -2',
    'GONE 0 10: ahead -10',
    'LATE 0 2: ahead -2',
    'MORE 0 2: ahead -2',
    'OVER 0 2: ahead -2',
    'PAST 0 2: ahead -2',
  ],
};
async function inTransitOn(day: string): Promise<string[]> {
  const source = { store: world.store, world: { temporal: { uiUrl: null }, simulators: {} } };
  const rows = transitRowsOf((await loadStockFigures(source, world.settings, day))!);
  return rows
    .filter(({ amazon, netsuite, terms }) => amazon !== 0 || netsuite !== 0 || terms !== null)
    .map(({ item, amazon, netsuite, terms }) => {
      const said = Object.entries(terms ?? {}).filter(([, units]) => units !== 0);
      return `${item} ${amazon} ${netsuite}: ${said.map((term) => term.join(' ')).join(', ')}`;
    })
    .sort();
}
const daysInTransit = async () =>
  Object.fromEntries(
    await Promise.all(Object.keys(IN_TRANSIT).map(async (day) => [day, await inTransitOn(day)] as const)),
  );

test('of a day that is past the surplus is ahead, before anybody has decided what became of it', async () => {
  expect(await daysInTransit()).toEqual(IN_TRANSIT);
  const { stdout } = await commandsOn(world)('stock', 'FIVE', '--on', '2026-10-08');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /−2 by transfer order \d+ of FBA7FIVE, left on 5 Oct 2026: more than Amazon has on its way of it; npx tieout inbound FBA7FIVE/,
  );
});

test('the commands that are named end it, and agree with what is there', async () => {
  for (const [shipment, sku, choice] of [
    ['FBA1MORE', 'MORE', 'returned'],
    ['FBA2GONE', 'GONE', 'lost'],
    ['FBA3BOTH', 'BOTH', 'lost'],
    ['FBA4OVER', 'OVER', 'take-from-source'],
    ['FBA5PAST', 'PAST', 'returned'],
    ['FBA6LATE', 'LATE', 'lost'],
    ['FBA7FIVE', 'FIVE', 'returned'],
  ] as const)
    expect(await command('decide-inbound', shipment, sku, choice, '--why', 'counted')).toBe(0);
  await goOnTo(world, '2026-10-18T18:00:00Z');
  expect((await stockDocuments(world)).filter((name) => name.startsWith('2026-10-14'))).toEqual([
    '2026-10-14 ADJ FBA2GONE-lost: FBA US GONE -10',
    '2026-10-14 ADJ FBA3BOTH-lost: FBA US BOTH -4',
    '2026-10-14 ADJ FBA6LATE-lost: FBA US LATE -2',
    '2026-10-14 IR FBA1MORE-20261014: FBA US MORE 2',
    '2026-10-14 IR FBA2GONE-20261014: FBA US GONE 10',
    '2026-10-14 IR FBA3BOTH-20261014: FBA US BOTH 4',
    '2026-10-14 IR FBA4OVER-20261014: FBA US OVER 2',
    '2026-10-14 IR FBA5PAST-20261014: FBA US PAST 2',
    '2026-10-14 IR FBA6LATE-20261014: FBA US LATE 2',
    '2026-10-14 IR FBA7FIVE-20261014: FBA US FIVE 2',
    '2026-10-14 TRF FBA1MORE-20261014-sellable-source: FBA US MORE -2, Warehouse MORE 2',
    '2026-10-14 TRF FBA5PAST-20261014-sellable-source: FBA US PAST -2, Warehouse PAST 2',
    '2026-10-14 TRF FBA7FIVE-20261014-sellable-source: FBA US FIVE -2, Warehouse FIVE 2',
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  expect(await agreeing()).toEqual([8, 8]);
});

test('and what was decided changes no day before, but says with which it ends', async () => {
  expect(await daysInTransit()).toEqual(IN_TRANSIT);
  expect(await inTransitOn('2026-10-14')).toEqual([]);
  const { stdout } = await commandsOn(world)('stock', 'FIVE', '--on', '2026-10-08');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /−2 by \d+: Amazon's side has it on 14 Oct 2026, NetSuite on 5 Oct 2026; it ends with 14 Oct 2026/,
  );
});

test('what comes late of what was given up as lost does not leave the warehouse once more', async () => {
  await goOnTo(world, '2026-10-24T18:00:00Z');
  expect(await openCodes(world)).toEqual(['inbound-over FBA6LATE LATE']);
  const refused = await commandsOn(world)('decide-inbound', 'FBA6LATE', 'LATE', 'take-from-source', '--why', 'came');
  expect(refused.exit).not.toBe(0);
  expect(refused.stderr.replace(/\s+/g, ' ')).toContain(
    'Amazon received 12 of the 12 of LATE that were sent in FBA6LATE',
  );
  expect(await command('decide-inbound', 'FBA6LATE', 'LATE', 'found', '--why', 'came late')).toBe(0);
  await goOnTo(world, '2026-10-28T18:00:00Z');
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  expect(await agreeing()).toEqual([8, 8]);
  expect(await unitsHeld(world)).toEqual({
    SOLD: { 'FBA US': 9 },
    MORE: { 'FBA US': 10, Warehouse: 10 },
    GONE: { Warehouse: 10 },
    BOTH: { 'FBA US': 8, Warehouse: 8 },
    OVER: { 'FBA US': 12, Warehouse: 8 },
    PAST: { 'FBA US': 6, Warehouse: 6 },
    LATE: { 'FBA US': 12, Warehouse: 8 },
    FIVE: { 'FBA US': 10, Warehouse: 10 },
  });
  // Lost 60, 24 and 12, of which the last were found.
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 84 });
});
