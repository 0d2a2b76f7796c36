/**
 * Two pools of one seller with all that may be open of both at once: openings, movements of somebody else and their counters, a
 * removal, and what Amazon moved from one pool to the other beside a loss of which no row tells. Worked out by hand from the
 * design of stock; every item costs 6.00, and Amazon and NetSuite hold 10 of it in each pool at first, unless it says otherwise:
 *
 * | SKU | Amazon | by hand in NetSuite | becomes |
 * |---|---|---|---|
 * | TEA, BEER | one is sold in Britain, one in Germany, 4 Oct | – | their fulfilments |
 * | OPEN | 10 in Britain, 6 in Germany | 7 and 8 at first | openings of +3 and of −2 |
 * | TAKEN | – | −4 in Britain, 5 Oct | foreign; countered on 9 Oct on the account of it |
 * | BETWEEN | – | 3 from Britain to Germany, 5 Oct | foreign in both; countered on 9 Oct by 3 back |
 * | HOME | 3 leave Germany on their way home, 7 Oct | – | a transfer to removal, and on 21 Oct to the warehouse |
 * | GAP | 4 from Britain to Germany, 7 to 8 Oct; 1 lost in Britain on 7 Oct, which only the balance shows | – | on 17 Oct 4 by a transfer, on 18 Oct 1 by an adjustment |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renderCommand } from '../../src/domain/exceptions/render-remedy.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { StockLine, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import {
  adjustByHand,
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  transferByHand,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const CENTRES: Record<string, string> = { GB: 'LTN4', DE: 'LEJ1' };
const STARTS: Record<string, string> = { GBP: '2026-09-30T23:00:00Z', EUR: '2026-09-30T22:00:00Z' };
const sold = (number: number, sku: string, marketplace: string, currency: string) =>
  report(
    {
      id: `2960000000${number}`,
      start: STARTS[currency]!,
      end: '2026-10-14T23:00:00Z',
      deposit: '2026-10-16T23:00:00Z',
      currency,
      total: '10.00',
    },
    sale(
      {
        order: `116-780000${number}-0000001`,
        shipment: `D${sku}`,
        at: '2026-10-04T12:00:00Z',
        item: `992000${number}`,
        sku,
        quantity: 1,
        marketplace,
      },
      [['ItemPrice', 'Principal', '10.00']],
    ),
  );
const line = (sku: string, country: string, units = 10): StockLine => ({
  sku,
  fnsku: `X0${sku}`,
  country,
  centre: CENTRES[country]!,
  units,
});
const both = (sku: string) => [line(sku, 'GB'), line(sku, 'DE')];
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: [
    line('TEA', 'GB'),
    line('BEER', 'DE'),
    line('OPEN', 'GB'),
    line('OPEN', 'DE', 6),
    ...both('TAKEN'),
    ...both('BETWEEN'),
    line('HOME', 'DE'),
    ...both('GAP'),
  ],
  events: [
    { at: '2026-10-07T12:00:00Z', type: 'remove', sku: 'HOME', units: 3, removal: 'BACK' },
    {
      at: '2026-10-07T12:00:00Z',
      type: 'transfer',
      sku: 'GAP',
      units: 4,
      to: CENTRES['DE']!,
      toCountry: 'DE',
      arrives: '2026-10-08T12:00:00Z',
    },
    {
      at: '2026-10-07T13:00:00Z',
      type: 'adjust',
      sku: 'GAP',
      units: -1,
      reason: 'M',
      inDetail: 'never',
      inSummary: '2026-10-07T13:00:00Z',
    },
  ],
  removals: [
    {
      removal: 'BACK',
      at: '2026-10-06T12:00:00Z',
      kind: 'Return',
      lines: [{ sku: 'HOME', disposition: 'Sellable', units: 3 }],
    },
  ],
};
const SKUS = [...new Set(STOCK.opening.map(({ sku }) => sku))];
const AT_FIRST: Record<string, number> = { 'OPEN FBA GB': 7, 'OPEN FBA DE': 8 };

let world: WorldUnderTest;
let taken: string;
let between: string;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([sold(1, 'TEA', 'Amazon.co.uk', 'GBP'), sold(2, 'BEER', 'Amazon.de', 'EUR')]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-10-30T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: seed.openingStock.map((one) => ({
        ...one,
        quantity: AT_FIRST[`${one.itemId} ${one.location}`] ?? one.quantity,
      })),
    }),
  });
  for (const pool of ['gb', 'de']) await approveOpening(world, { pool });
  taken = await adjustByHand(world, { day: '2026-10-05', item: 'TAKEN', location: 'FBA GB', units: -4 });
  between = await transferByHand(world, {
    day: '2026-10-05',
    item: 'BETWEEN',
    from: 'FBA GB',
    to: 'FBA DE',
    units: 3,
  });
  await goOnTo(world, '2026-10-09T18:00:00Z', 2);
}, 240_000);
afterAll(() => world?.close());

const BY_HAND = [
  'de BETWEEN sellable 10 13 foreign -3',
  'gb BETWEEN sellable 10 7 foreign 3',
  'gb TAKEN sellable 10 6 foreign 4',
];
const GAPS = ['de GAP sellable 14 10 gap 4', 'gb GAP sellable 5 10 gap -5'];
/** Runs the command that the only open exception names. */
async function asItSays(): Promise<void> {
  const [raised, ...others] = await openExceptions(world.store.db, world.connection);
  expect(others).toEqual([]);
  const words = renderCommand(raised!.remedy, raised!.id)!
    .match(/"[^"]*"|\S+/g)!
    .slice(2);
  const { exit, stderr } = await commandsOn(world)(...words.map((word) => word.replaceAll('"', '')));
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
}

test('each difference of each pool has its name', async () => {
  expect(await stockDocuments(world)).toEqual([
    '2026-10-01 ADJ de-opening: FBA DE OPEN -2',
    '2026-10-01 ADJ gb-opening: FBA GB OPEN 3',
    '2026-10-07 TRF de-20261007-sellable-removal: FBA DE HOME -3, FBA DE removal HOME 3',
  ]);
  expect(await openCodes(world)).toEqual([`movement-foreign ${taken}`, `movement-foreign ${between}`].sort());
  expect(await differing(world, '2026-10-06')).toEqual(BY_HAND);
});

test('counters stand on their day, in both pools where both were moved', async () => {
  for (const document of [taken, between])
    await world.decide({ kind: 'explainForeign', document, choice: 'counter', why: 'nobody knows of it' });
  await goOnTo(world, '2026-10-14T18:00:00Z', 2);
  expect((await stockDocuments(world)).filter((name) => name.startsWith('2026-10-09'))).toEqual([
    `2026-10-09 ADJ gb-c${taken}: FBA GB TAKEN 4`,
    `2026-10-09 TRF de-c${between}: FBA DE BETWEEN -3, FBA GB BETWEEN 3`,
  ]);
  expect(await differing(world, '2026-10-08')).toEqual([...BY_HAND, ...GAPS].sort());
  expect(await differing(world)).toEqual([...GAPS].sort());
  expect(await openCodes(world)).toEqual([]);
});

test('what Amazon moved between the pools is a transfer of as many as both have, and what is missing besides a loss', async () => {
  await goOnTo(world, '2026-10-17T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual(['ledger-gap gb GAP sellable']);
  await asItSays();
  await goOnTo(world, '2026-10-18T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual(['ledger-gap gb GAP sellable']);
  const [rest] = await openExceptions(world.store.db, world.connection);
  expect(rest!.evidence.what).toContain('−1 unit of GAP');
  await asItSays();
  await goOnTo(world, '2026-10-25T18:00:00Z', 2);
  expect((await stockDocuments(world)).filter((name) => name > '2026-10-1' && !name.startsWith('2026-10-0'))).toEqual([
    '2026-10-17 TRF gb-20261017-sellable-de: FBA GB GAP -4, FBA DE GAP 4',
    '2026-10-18 ADJ gb-20261018-gap: FBA GB GAP -1',
    '2026-10-21 TRF de-20261021-removal-source: FBA DE removal HOME -3, Warehouse HOME 3',
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  // Before they were closed the gaps were there, and what was countered was not any more.
  expect(await differing(world, '2026-10-16')).toEqual([...GAPS].sort());
});

test('NetSuite holds by pool what Amazon does, and nothing was booked but what is named', async () => {
  expect(await unitsHeld(world)).toEqual({
    TEA: { 'FBA GB': 9 },
    BEER: { 'FBA DE': 9 },
    OPEN: { 'FBA GB': 10, 'FBA DE': 6 },
    TAKEN: { 'FBA GB': 10, 'FBA DE': 10 },
    BETWEEN: { 'FBA GB': 10, 'FBA DE': 10 },
    HOME: { 'FBA DE': 7, Warehouse: 3 },
    GAP: { 'FBA GB': 5, 'FBA DE': 14 },
  });
  // Openings of +3 and −2 at 6.00; one unit lost; what was taken by hand and brought back comes to nothing.
  const booked = await bookedBy(world, 'InvAdjst');
  expect(booked).toMatchObject({ 3900: -6, 6300: 6 });
  expect(booked['6190'] ?? 0).toBe(0);
});
