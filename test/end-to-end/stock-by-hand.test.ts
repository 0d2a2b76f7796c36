/**
 * What somebody books by hand beside what Tieout books of itself. Worked out by hand from the design of stock; Amazon and
 * NetSuite hold 10 of each item at first, at 6.00:
 *
 * | SKU | Amazon | by hand in NetSuite |
 * |---|---|---|
 * | DATED | – | 5 are taken on 8 Oct, which is countered on 12 Oct; then that is moved to 20 Oct |
 * | CUT | 3 are sold on 4 Oct | of their fulfilment 1 is taken out |
 * | SHIFT | 1 is sold on 4 Oct | its fulfilment is moved to 11 Oct |
 * | REMADE | 1 is sold on 4 Oct, 1 leaves for no order on 11 Oct | the fulfilment is deleted and made once more, dated 12 Oct |
 * | HOME | 3 leave on their way home, 7 Oct | on 12 Oct, before they are due on 21 Oct, 3 from removal to the warehouse |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { at, line } from './stock-events.ts';
import {
  adjustByHand,
  approveOpening,
  deleteInNetSuite,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  transferByHand,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const sold = (number: number, sku: string, quantity: number) =>
  sale(
    {
      order: `116-760000${number}-0000001`,
      shipment: `D${sku}`,
      at: '2026-10-04T17:00:00Z',
      item: `989000${number}`,
      sku,
      quantity,
    },
    [['ItemPrice', 'Principal', `${quantity * 10}.00`]],
  );
const REPORT = report(
  {
    id: '29400000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '50.00',
  },
  [...sold(1, 'CUT', 3), ...sold(2, 'SHIFT', 1), ...sold(3, 'REMADE', 1)],
);
const SKUS = ['DATED', 'CUT', 'SHIFT', 'REMADE', 'HOME'];
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, 10)),
  events: [
    { at: at('07'), type: 'remove', sku: 'HOME', units: 3, removal: 'BACK' },
    { at: at('11'), type: 'ship', sku: 'REMADE', units: 1 },
  ],
  removals: [
    { removal: 'BACK', at: at('06'), kind: 'Return', lines: [{ sku: 'HOME', disposition: 'Sellable', units: 3 }] },
  ],
};

let world: WorldUnderTest;
let dated: string;
const counter = (document: string) =>
  world.decide({ kind: 'explainForeign', document, choice: 'counter', why: 'Tieout books it' });
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-10T00:00:00Z',
    },
  });
  await approveOpening(world);
  dated = await adjustByHand(world, { day: '2026-10-08', item: 'DATED', location: 'FBA US', units: -5 });
  await goOnTo(world, '2026-10-12T18:00:00Z');
  await counter(dated);
  await world.look();
}, 240_000);
afterAll(() => world?.close());

test('what is moved to another day after it was countered is decided again, and books nothing more', async () => {
  const booked = ['2026-10-12 ADJ us-c' + dated + ': FBA US DATED 5'];
  const own = async () => (await stockDocuments(world)).filter((name) => name.includes('DATED'));
  expect(await own()).toEqual(booked);
  expect(await openCodes(world)).toEqual([]);
  const moved = await world.netsuite.patch('inventoryAdjustment', dated, { tranDate: '2026-10-20' });
  expect(moved.outcome).toBe('posted');
  await world.look();
  expect(await openCodes(world)).toEqual([`movement-foreign ${dated}`]);
  const tieout = commandsOn(world);
  const said = (await openExceptions(world.store.db, world.connection))[0]!.evidence.what;
  expect(said).toContain(`from 8 Oct 2026 to 20 Oct 2026 in NetSuite after ADJ us-c${dated} 1 countered it`);
  await counter(dated);
  await world.look();
  expect(await own()).toEqual(booked);
  expect(await openCodes(world)).toEqual([]);
  expect((await tieout('explain-foreign', dated, 'counter', '--why', 'again')).stdout).toContain('decided already');
});

const rowOf = (sku: string, day: string, units: number) =>
  `2026-10-${day}|X0${sku}|${sku}|Shipments|||PDX9|US|SELLABLE|${units}#1`;
const whatOf = async (key: string) =>
  (await openExceptions(world.store.db, world.connection)).find((one) => one.key === key)?.evidence.what ?? '';
const answering = async (row: string) =>
  (
    await world.store.db.selectFrom('stock_answers').select(['document', 'units']).where('row_id', '=', row).execute()
  ).map(({ document, units }) => `${document} ${units}`);

describe('a fulfilment of ours that somebody changed', () => {
  const fulfilment: Record<string, string> = {};
  beforeAll(async () => {
    for (const sku of ['CUT', 'SHIFT', 'REMADE'])
      fulfilment[sku] = (
        await world.suiteql(
          `SELECT t.id FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.type = 'ItemShip' AND BUILTIN.DF(tl.item) = '${sku}' AND tl.isinventoryaffecting = 'T'`,
        )
      )[0]!['id']!;
  });
  const patched = async (id: string, body: object) =>
    expect(await world.netsuite.patch('itemFulfillment', id, body as never)).toMatchObject({ outcome: 'posted' });

  test('is told as ours, with both sides, and ended by what is named', async () => {
    await patched(fulfilment['CUT']!, { item: { items: [{ line: 1, quantity: 2 }] } });
    await patched(fulfilment['SHIFT']!, { tranDate: '2026-10-11' });
    await goOnTo(world, '2026-10-13T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual(['shipment-unbooked us CUT', 'shipment-unbooked us SHIFT']);
    expect(await whatOf('us CUT')).toContain(
      `a document of Tieout's, was altered in NetSuite (${fulfilment['CUT']}): −3 of CUT at us sellable planned, NetSuite has −2`,
    );
    expect(await whatOf('us SHIFT')).toContain(
      `was altered in NetSuite (${fulfilment['SHIFT']}): −1 of SHIFT at us sellable planned on 4 Oct 2026, NetSuite has −1 on 11 Oct 2026`,
    );
    const tieout = commandsOn(world);
    const answers = ['explain-foreign', fulfilment['SHIFT']!, 'answers', '--rows', rowOf('SHIFT', '04', -1)];
    expect((await tieout(...answers, '--why', 'it left on the 4th')).exit).toBe(0);
    const adjusts = ['answer-rows', rowOf('CUT', '04', -3), '--role', 'cogs-returns'];
    expect((await tieout(...adjusts, '--why', 'one left with the others')).exit).toBe(0);
    await world.look();
    expect(await openCodes(world)).toEqual([]);
    expect(await answering(rowOf('SHIFT', '04', -1))).toEqual([`${fulfilment['SHIFT']} -1`]);
    const documents = (await stockDocuments(world)).filter((name) => name.includes('CUT') || name.includes('SHIFT'));
    expect(documents).toEqual(['2026-10-13 ADJ us-20261013-cogs-returns: FBA US CUT -1']);
    await goOnTo(world, '2026-10-14T18:00:00Z', 1);
    // The last whole day is the 12th: the adjustment is dated the 13th, and what the counter of the 12th counters stands on the 20th.
    expect((await differing(world)).filter((one) => !one.includes('REMADE'))).toEqual([
      'us CUT sellable 7 8 waiting -1',
      'us DATED sellable 10 15 ahead -5',
    ]);
  });

  test('and one that is made in its place answers its row, and no other', async () => {
    const before = await answering(rowOf('REMADE', '04', -1));
    expect(before).toEqual([`${fulfilment['REMADE']} -1`]);
    const order = (
      await world.suiteql(
        `SELECT tl.createdfrom AS id FROM transactionline tl WHERE tl.transaction = ${fulfilment['REMADE']} AND tl.isinventoryaffecting = 'T'`,
      )
    )[0]!['id']!;
    await deleteInNetSuite(world, 'itemFulfillment', fulfilment['REMADE']!);
    const again = await world.netsuite.transform({ type: 'salesOrder', id: order }, 'itemFulfillment', {
      tranDate: '2026-10-12',
      shipStatus: { id: 'C' },
      item: { items: [{ orderLine: 1, quantity: 1 }] },
    });
    if (again.outcome !== 'posted') throw new Error(JSON.stringify(again));
    await goOnTo(world, '2026-10-16T18:00:00Z', 1);
    expect(await answering(rowOf('REMADE', '04', -1))).toEqual([`${again.id} -1`]);
    expect(await answering(rowOf('REMADE', '11', -1))).toEqual([]);
    expect(await openCodes(world)).toEqual(['shipment-unbooked us REMADE']);
    expect(await whatOf('us REMADE')).toMatch(/^Amazon shipped them/);
    await world.decide({
      kind: 'answerRows',
      rows: [rowOf('REMADE', '11', -1)],
      role: 'inventory-loss',
      why: 'a sample',
    });
    await world.look();
    expect(await openCodes(world)).toEqual([]);
    expect((await unitsHeld(world))['REMADE']).toEqual({ 'FBA US': 8 });
  });
});

test('units that somebody brings home himself wait for one decision, before they are due and after', async () => {
  const id = await transferByHand(world, {
    day: '2026-10-12',
    item: 'HOME',
    from: 'FBA US removal',
    to: 'Warehouse',
    units: 3,
  });
  await goOnTo(world, '2026-10-26T18:00:00Z', 3);
  expect(await openCodes(world)).toEqual([`movement-foreign ${id}`]);
  expect(await unitsHeld(world)).toMatchObject({ HOME: { 'FBA US': 7, Warehouse: 3 } });
  await counter(id);
  await goOnTo(world, '2026-10-29T18:00:00Z', 1);
  expect((await stockDocuments(world)).filter((name) => name.includes('HOME'))).toEqual([
    '2026-10-07 TRF us-20261007-sellable-removal: FBA US HOME -3, FBA US removal HOME 3',
    '2026-10-21 TRF us-20261021-removal-source: FBA US removal HOME -3, Warehouse HOME 3',
    `2026-10-26 TRF us-c${id}: Warehouse HOME -3, FBA US removal HOME 3`,
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  expect((await unitsHeld(world))['HOME']).toEqual({ 'FBA US': 7, Warehouse: 3 });
});

test('a SKU that is not written as Amazon writes it is mapped with a word about that', async () => {
  const tieout = commandsOn(world);
  const said = (await tieout('map-sku', 'home ', 'DATED', '--why', 'typed in a hurry')).stdout.replace(/\s+/g, ' ');
  expect(said).toContain('! Amazon has told no SKU "home ", and writes "HOME"');
  expect((await tieout('map-sku', 'HOME', 'HOME', '--why', 'as it is')).stdout).not.toContain('!');
});
