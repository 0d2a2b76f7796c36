/**
 * Inbound shipments whose transfer orders somebody makes (`inbound: theirs`). Worked out by hand from the design of stock:
 *
 * | shipment | transfer order | Amazon receives | becomes |
 * |---|---|---|---|
 * | FBA1TWO, 30 | 20 left on 3 Oct, 10 on 5 Oct | 24 on 7 Oct, 6 on 10 Oct | receipts of 20 and of 4, each of one fulfilment; of 6 |
 * | FBA9BOTH, 10 | one of 6 left on 3 Oct, another of 4 on 5 Oct | 8 on 7 Oct, closed | receipts of 6 and of 2; 2 short; lost: a receipt of 2 of the second, adjusted away |
 * | FBA2PART, 10 | 6 left on 3 Oct, 4 on 9 Oct | 6 on 7 Oct, 4 on 12 Oct | waits for the second fulfilment, dated not before it; 4 |
 * | FBA3MORE, 12 | 10 left on 3 Oct | 12 on 7 Oct | a receipt of 10; 2 `inbound-over`, since no order and no in transit has them; taken from the warehouse |
 * | FBA4LOST, 10 | 6 left on 3 Oct, 4 on 5 Oct | 5 on 7 Oct, closed | 5 short; lost: receipts of 1 and 4, and all 5 adjusted away |
 * | FBA5NONE, 3 | none; on 17 Oct one of 3 | 3 on 7 Oct | `receipt-unknown`; then a receipt dated as the fulfilment |
 * | FBA6BACK, 5 | 5 left on 3 Oct | 3 on 7 Oct, closed | 2 short; returned: received, and back to the warehouse |
 * | FBA7LATE, 4 | 4 left on 9 Oct | 4 on 7 Oct | a receipt dated as the fulfilment |
 * | FBA0HALF, 10 | 6 left on 3 Oct, and no more | 7 on 7 Oct, closed | waits until it is closed: a receipt of 6; 1 `inbound-over`, taken from the warehouse; 3 short, which never left: returned |
 * | FBA8OPEN, 6 | 6 left on 29 Sep | 6 on 7 Oct | under way when stock begins, on both sides: no opening, a receipt of 6 |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WriteOutcome } from '../../src/clients/netsuite/netsuite-client.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { report, sale } from './report.ts';
import { at, line, received } from './stock-events.ts';
import {
  approveOpening,
  bookedBy,
  deleteInNetSuite,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { renderCommand } from '../../src/domain/exceptions/render-remedy.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { transitRowsOf } from '../../src/views/stock/standing-rows.ts';
import { loadStockFigures } from '../../src/views/stock/stock-figures.ts';
import { stockView } from '../../src/views/stock/stock-view.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28600000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '10.00',
  },
  sale(
    {
      order: '116-7200001-0000001',
      shipment: 'Dsold',
      at: '2026-10-03T17:00:00Z',
      item: '9850001',
      sku: 'SOLD',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  ),
);

const SKUS = ['SOLD', 'TWO', 'BOTH', 'PART', 'MORE', 'LOST', 'NONE', 'BACK', 'LATE', 'OPEN', 'HALF'];
const sent = (shipment: string, sku: string, units: number, closed?: string): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items: { [sku]: units },
  history: [
    { at: at('02'), status: 'WORKING' },
    { at: at('03'), status: 'SHIPPED' },
    { at: at('06'), status: 'RECEIVING' },
    ...(closed === undefined ? [] : [{ at: at(closed), status: 'CLOSED' } as const]),
  ],
});

const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, sku === 'SOLD' ? 10 : 0)),
  inbound: [
    sent('FBA1TWO', 'TWO', 30),
    sent('FBA9BOTH', 'BOTH', 10, '12'),
    sent('FBA2PART', 'PART', 10),
    sent('FBA3MORE', 'MORE', 12),
    sent('FBA4LOST', 'LOST', 10, '12'),
    sent('FBA5NONE', 'NONE', 3),
    sent('FBA6BACK', 'BACK', 5, '12'),
    sent('FBA7LATE', 'LATE', 4),
    sent('FBA0HALF', 'HALF', 10, '12'),
    {
      ...sent('FBA8OPEN', 'OPEN', 6),
      history: [
        { at: '2026-09-28T18:00:00Z', status: 'WORKING' },
        { at: '2026-09-29T18:00:00Z', status: 'SHIPPED' },
        { at: at('06'), status: 'RECEIVING' },
      ],
    },
  ],
  events: [
    received('07', 'FBA1TWO', 'TWO', 24),
    received('10', 'FBA1TWO', 'TWO', 6),
    received('07', 'FBA9BOTH', 'BOTH', 8),
    received('07', 'FBA2PART', 'PART', 6),
    received('12', 'FBA2PART', 'PART', 4),
    received('07', 'FBA3MORE', 'MORE', 12),
    received('07', 'FBA4LOST', 'LOST', 5),
    received('07', 'FBA5NONE', 'NONE', 3),
    received('07', 'FBA6BACK', 'BACK', 3),
    received('07', 'FBA7LATE', 'LATE', 4),
    received('07', 'FBA8OPEN', 'OPEN', 6),
    received('07', 'FBA0HALF', 'HALF', 7),
  ],
};

const idOf = async (write: Promise<WriteOutcome>): Promise<string> => {
  const outcome = await write;
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.id;
};
/** What somebody at the company enters: an order of the warehouse that names the shipment. */
async function order(shipment: string, sku: string, units: number, day = '2026-10-02'): Promise<string> {
  const { lookups } = world.netsuite;
  const place = async (name: string) => ({ id: (await lookups.locationByName(name))!.id });
  return idOf(
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
}
const leaves = (of: string, units: number, day: string, month = '10') =>
  idOf(
    world.netsuite.transform({ type: 'transferOrder', id: of }, 'itemFulfillment', {
      tranDate: `2026-${month}-${day}`,
      shipStatus: { id: 'C' },
      item: { items: [{ orderLine: 1, quantity: units }] },
    }),
  );

let world: WorldUnderTest;
let part: string;
let source: { store: WorldUnderTest['store']; world: { temporal: { uiUrl: null }; simulators: object } };
let late: string;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...told,
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-03T00:00:00Z',
    },
    settings: { stock: theirs() },
  });
  source = { store: world.store, world: { temporal: { uiUrl: null }, simulators: {} } };
  await leaves(await order('FBA8OPEN', 'OPEN', 6, '2026-09-28'), 6, '29', '09');
  await approveOpening(world);
  const two = await order('FBA1TWO', 'TWO', 30);
  await leaves(two, 20, '03');
  await leaves(two, 10, '05');
  await leaves(await order('FBA9BOTH', 'BOTH', 6), 6, '03');
  await leaves(await order('FBA9BOTH', 'BOTH', 4), 4, '05');
  part = await order('FBA2PART', 'PART', 10);
  await leaves(part, 6, '03');
  await leaves(await order('FBA3MORE', 'MORE', 10), 10, '03');
  const lost = await order('FBA4LOST', 'LOST', 10);
  await leaves(lost, 6, '03');
  await leaves(lost, 4, '05');
  await leaves(await order('FBA6BACK', 'BACK', 5), 5, '03');
  late = await order('FBA7LATE', 'LATE', 4);
  await leaves(await order('FBA0HALF', 'HALF', 10), 6, '03');
  await goOnTo(world, '2026-10-08T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

function theirs() {
  return {
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
  };
}

describe('receipts of transfer orders', () => {
  test('come out of one fulfilment each, and wait for an order that has left in part', async () => {
    expect(await stockDocuments(world)).toEqual([
      '2026-10-07 IR FBA1TWO-20261007: FBA US TWO 20',
      '2026-10-07 IR FBA1TWO-20261007 part 2: FBA US TWO 4',
      '2026-10-07 IR FBA3MORE-20261007: FBA US MORE 10',
      '2026-10-07 IR FBA4LOST-20261007: FBA US LOST 5',
      '2026-10-07 IR FBA6BACK-20261007: FBA US BACK 3',
      '2026-10-07 IR FBA8OPEN-20261007: FBA US OPEN 6',
      '2026-10-07 IR FBA9BOTH-20261007: FBA US BOTH 6',
      '2026-10-07 IR FBA9BOTH-20261007 part 2: FBA US BOTH 2',
    ]);
    expect(await openCodes(world)).toEqual(['inbound-over FBA3MORE MORE']);
  });

  test('are dated not before the fulfilment, and what no order has is named', async () => {
    await leaves(part, 4, '09');
    await leaves(late, 4, '09');
    await goOnTo(world, '2026-10-16T18:00:00Z');
    const documents = await stockDocuments(world);
    expect(documents.filter((name) => name.includes('HALF'))).toEqual([
      '2026-10-07 IR FBA0HALF-20261007: FBA US HALF 6',
    ]);
    expect(documents.filter((name) => !name.startsWith('2026-10-07'))).toEqual([
      '2026-10-09 IR FBA2PART-20261009: FBA US PART 6',
      '2026-10-09 IR FBA7LATE-20261009: FBA US LATE 4',
      '2026-10-10 IR FBA1TWO-20261010: FBA US TWO 6',
      '2026-10-12 IR FBA2PART-20261012: FBA US PART 4',
    ]);
    expect(await openCodes(world)).toEqual([
      'inbound-over FBA0HALF HALF',
      'inbound-over FBA3MORE MORE',
      'inbound-short FBA0HALF HALF',
      'inbound-short FBA4LOST LOST',
      'inbound-short FBA6BACK BACK',
      'inbound-short FBA9BOTH BOTH',
      'receipt-unknown FBA5NONE NONE',
    ]);
    expect(await differing(world)).toEqual([
      'us HALF sellable 7 6 waiting 1',
      'us MORE sellable 12 10 waiting 2',
      'us NONE sellable 3 0 waiting 3',
    ]);
  });

  test('of a day that is past are what had left by then, fulfilment by fulfilment, beside what Amazon had under way', async () => {
    const on = async (day: string) => {
      const figures = (await loadStockFigures(source, world.settings, day))!;
      return transitRowsOf(figures)
        .filter(({ item, amazon, netsuite }) => ['TWO', 'BOTH', 'PART', 'OPEN'].includes(item) && (amazon || netsuite))
        .map(({ item, amazon, netsuite }) => `${item} ${amazon} ${netsuite}`)
        .sort();
    };
    expect(await on('2026-10-04')).toEqual(['BOTH 10 6', 'OPEN 6 6', 'PART 10 6', 'TWO 30 20']);
    expect(await on('2026-10-06')).toEqual(['BOTH 10 10', 'OPEN 6 6', 'PART 10 6', 'TWO 30 30']);
    // Of PART 6 have come, and their receipt is dated the 9th, on which the order had left to the end.
    expect(await on('2026-10-08')).toEqual(['BOTH 2 2', 'PART 4 6', 'TWO 6 6']);
    expect(await on('2026-10-09')).toEqual(['BOTH 2 2', 'PART 4 4', 'TWO 6 6']);
    expect(await on('2026-10-13')).toEqual(['BOTH 2 2']);
    const [pool] = (await stockView(source, world.settings))!.pools;
    // All but three that wait for a person; three that are short are under way on both sides.
    expect(pool).toMatchObject({ items: 11, agree: 8 });
  });

  test('of what never came are made by the decision, fulfilment by fulfilment, and leave the same day', async () => {
    for (const [shipmentId, sku, choice] of [
      ['FBA3MORE', 'MORE', 'take-from-source'],
      ['FBA4LOST', 'LOST', 'lost'],
      ['FBA6BACK', 'BACK', 'returned'],
      ['FBA9BOTH', 'BOTH', 'lost'],
      ['FBA0HALF', 'HALF', 'take-from-source'],
    ] as const)
      await world.decide({ kind: 'decideInbound', shipmentId, sku, choice, why: 'looked up' });
    await leaves(await order('FBA5NONE', 'NONE', 3), 3, '17');
    await goOnTo(world, '2026-10-20T18:00:00Z');
    const documents = await stockDocuments(world);
    expect(documents.filter((name) => /^2026-10-1[67]/.test(name))).toEqual([
      '2026-10-16 ADJ FBA4LOST-lost: FBA US LOST -5',
      '2026-10-16 ADJ FBA9BOTH-lost: FBA US BOTH -2',
      '2026-10-16 IR FBA4LOST-20261016: FBA US LOST 1',
      '2026-10-16 IR FBA4LOST-20261016 part 2: FBA US LOST 4',
      '2026-10-16 IR FBA6BACK-20261016: FBA US BACK 2',
      '2026-10-16 IR FBA9BOTH-20261016: FBA US BOTH 2',
      '2026-10-16 TRF FBA0HALF-20261016-source-sellable: Warehouse HALF -1, FBA US HALF 1',
      '2026-10-16 TRF FBA3MORE-20261016-source-sellable: Warehouse MORE -2, FBA US MORE 2',
      '2026-10-16 TRF FBA6BACK-20261016-sellable-source: FBA US BACK -2, Warehouse BACK 2',
      '2026-10-17 IR FBA5NONE-20261017: FBA US NONE 3',
    ]);
    expect(await openCodes(world)).toEqual(['inbound-short FBA0HALF HALF']);
    await world.decide({
      kind: 'decideInbound',
      shipmentId: 'FBA0HALF',
      sku: 'HALF',
      choice: 'returned',
      why: 'still in the warehouse',
    });
    await world.look();
    expect(await stockDocuments(world)).toEqual(documents);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    // The warehouse began with twice what was sent of each; what is under way is at no location, and here nothing is.
    expect(await unitsHeld(world)).toEqual({
      SOLD: { 'FBA US': 9 },
      TWO: { 'FBA US': 30, Warehouse: 30 },
      BOTH: { 'FBA US': 8, Warehouse: 10 },
      PART: { 'FBA US': 10, Warehouse: 10 },
      MORE: { 'FBA US': 12, Warehouse: 12 },
      LOST: { 'FBA US': 5, Warehouse: 10 },
      NONE: { 'FBA US': 3, Warehouse: 3 },
      BACK: { 'FBA US': 3, Warehouse: 7 },
      LATE: { 'FBA US': 4, Warehouse: 4 },
      OPEN: { 'FBA US': 6, Warehouse: 6 },
      HALF: { 'FBA US': 7, Warehouse: 13 },
    });
    // Seven lost at 6.00; a transfer books nothing but inventory.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 42 });
  });

  test('that somebody deletes are made once more, out of what the order has open again', async () => {
    const [receipt] = await world.suiteql(
      "SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_IR_FBA7LATE-20261009_1'",
    );
    await deleteInNetSuite(world, 'itemReceipt', receipt!['id']!);
    await goOnTo(world, '2026-10-21T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual([`movement-foreign ${receipt!['id']}`]);
    expect(await differing(world)).toEqual(['us LATE sellable 4 0 foreign 4']);
    await world.decide({
      kind: 'explainForeign',
      document: receipt!['id']!,
      choice: 'counter',
      why: 'deleted by mistake',
    });
    await goOnTo(world, '2026-10-26T18:00:00Z', 1);
    const documents = await stockDocuments(world);
    expect(documents.filter((name) => name.includes('LATE'))).toEqual([
      '2026-10-21 IR FBA7LATE-20261021: FBA US LATE 4',
    ]);
    expect((await unitsHeld(world))['LATE']).toEqual({ 'FBA US': 4, Warehouse: 4 });
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 42 });
  });

  test("a fulfilment of the order flow that somebody deletes is named as Tieout's, and made good at the cost of goods sold", async () => {
    const [fulfilment] = await world.suiteql(
      "SELECT id, externalid FROM transaction WHERE externalid LIKE 'AMZ_demo-us_IF_%'",
    );
    const id = fulfilment!['id']!;
    await deleteInNetSuite(world, 'itemFulfillment', id);
    await goOnTo(world, '2026-10-27T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual(['shipment-unbooked us SOLD']);
    expect(await differing(world)).toEqual(['us SOLD sellable 9 10 waiting -1']);
    const [raised] = await openExceptions(world.store.db, world.connection);
    expect(raised!.evidence.what).toContain(
      `a document of Tieout's, was deleted in NetSuite (${id}): −1 of SOLD at us sellable planned, NetSuite has 0`,
    );
    expect(renderCommand(raised!.remedy, raised!.id)).toBe(
      `npx tieout answer-rows ${raised!.id} --role cogs-returns --why "…"`,
    );
    const { exit } = await commandsOn(world)(
      'answer-rows',
      String(raised!.id),
      '--role',
      'cogs-returns',
      '--why',
      'deleted',
    );
    expect(exit).toBe(0);
    await goOnTo(world, '2026-10-30T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    expect((await unitsHeld(world))['SOLD']).toEqual({ 'FBA US': 9 });
    // The fulfilment had 6.00 on the cost of goods sold, which went with it; the adjustment has them on 5100, of that kind.
    expect((await bookedBy(world, 'ItemShip'))['5000'] ?? 0).toBe(0);
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 5100: 6, 6300: 42 });
  });
});
