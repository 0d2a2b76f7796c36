/**
 * What somebody books by hand beside what Tieout books of itself. Worked out by hand from the design of stock; Amazon and
 * NetSuite hold 10 of each item at first, at 6.00:
 *
 * | SKU | Amazon | by hand in NetSuite |
 * |---|---|---|
 * | DATED | – | 5 are taken on 8 Oct, which is countered on 12 Oct; then that is moved to 20 Oct |
 * | HOME | 3 leave on their way home, 7 Oct | on 12 Oct, before they are due on 21 Oct, 3 from removal to the warehouse |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { at, line } from './stock-events.ts';
import {
  adjustByHand,
  approveOpening,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  transferByHand,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '29400000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '10.00',
  },
  sale(
    {
      order: '116-7600001-0000001',
      shipment: 'Dtea',
      at: '2026-10-03T17:00:00Z',
      item: '9890001',
      sku: 'TEA',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '10.00']],
  ),
);
const SKUS = ['DATED', 'HOME', 'TEA'];
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, 10)),
  events: [{ at: at('07'), type: 'remove', sku: 'HOME', units: 3, removal: 'BACK' }],
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
