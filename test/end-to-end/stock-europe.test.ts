/**
 * Two pools of one seller in Europe: Britain, and Germany with France. Their ledger counts days of UTC, the order flow days of
 * each marketplace. Worked out by hand from the design of stock; items cost 6.00 of the subsidiary's currency:
 *
 * | SKU | Amazon | becomes |
 * |---|---|---|
 * | FRENCH | sold in Germany, shipped from France, 4 Oct by UTC and 5 Oct in Berlin | the fulfilment of 5 Oct answers the row of 4 Oct |
 * | BRITISH | sold and shipped in Britain on 4 Oct | its fulfilment |
 * | CROSS | sold in Britain, shipped from Germany on 4 Oct | after grace a transfer from the one pool to the other |
 * | LOST | −2 in France, −1 in Britain, 5 Oct 23:30 UTC | an adjustment of 5 Oct for each pool |
 * | PAIR | damaged in Germany, found damaged in France, 6 Oct | one transfer: both are one pool |
 * | MOVES | 3 from Germany to France, 7 to 9 Oct | nothing |
 * | POLISH | −1 in Poland, which is in no pool | `pool-unknown` |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { StockLine, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { report, sale } from './report.ts';
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

const CENTRES: Record<string, string> = { GB: 'LTN4', DE: 'LEJ1', FR: 'ORY1', PL: 'WRO1' };
const sold = (number: number, sku: string, marketplace: string, at: string) =>
  sale(
    {
      order: `116-770000${number}-0000001`,
      shipment: `D${sku}`,
      at,
      item: `990000${number}`,
      sku,
      quantity: 1,
      marketplace,
    },
    [['ItemPrice', 'Principal', '10.00']],
  );
const BRITISH = report(
  {
    id: '29100000001',
    start: '2026-09-30T23:00:00Z',
    end: '2026-10-14T23:00:00Z',
    deposit: '2026-10-16T23:00:00Z',
    total: '20.00',
    currency: 'GBP',
  },
  [
    ...sold(1, 'BRITISH', 'Amazon.co.uk', '2026-10-04T12:00:00Z'),
    ...sold(2, 'CROSS', 'Amazon.co.uk', '2026-10-04T12:00:00Z'),
  ],
);
const GERMAN = report(
  {
    id: '29100000002',
    start: '2026-09-30T22:00:00Z',
    end: '2026-10-14T22:00:00Z',
    deposit: '2026-10-16T22:00:00Z',
    total: '10.00',
    currency: 'EUR',
  },
  sold(3, 'FRENCH', 'Amazon.de', '2026-10-04T22:30:00Z'),
);

const line = (sku: string, country: string, units = 10): StockLine => ({
  sku,
  fnsku: `X0${sku}`,
  country,
  centre: CENTRES[country]!,
  units,
});
const lost = (sku: string, country: string, units: number) =>
  ({
    at: '2026-10-05T23:30:00Z',
    type: 'adjust',
    sku,
    units,
    reason: 'M',
    country,
    centre: CENTRES[country]!,
  }) as const;
const STOCK: WorldStock = {
  opened: '2026-09-30',
  serves: { FR: 'A1PA6795UKMFR9' },
  opening: [
    line('FRENCH', 'FR'),
    line('BRITISH', 'GB'),
    line('CROSS', 'DE'),
    line('LOST', 'FR'),
    line('LOST', 'GB'),
    line('PAIR', 'DE'),
    line('MOVES', 'DE'),
    line('POLISH', 'PL'),
  ],
  events: [
    lost('LOST', 'FR', -2),
    lost('LOST', 'GB', -1),
    lost('POLISH', 'PL', -1),
    { at: '2026-10-06T12:00:00Z', type: 'adjust', sku: 'PAIR', units: -1, reason: 'E' },
    {
      at: '2026-10-06T12:00:00Z',
      type: 'adjust',
      sku: 'PAIR',
      units: 1,
      reason: 'P',
      country: 'FR',
      centre: CENTRES['FR']!,
      disposition: 'WAREHOUSE_DAMAGED',
    },
    {
      at: '2026-10-07T12:00:00Z',
      type: 'transfer',
      sku: 'MOVES',
      units: 3,
      to: CENTRES['FR']!,
      toCountry: 'FR',
      arrives: '2026-10-09T12:00:00Z',
    },
  ],
};
const SKUS = [...new Set(STOCK.opening.map(({ sku }) => sku))];

let world: WorldUnderTest;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([BRITISH, GERMAN]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-10-20T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: seed.openingStock
        .filter(({ location }) => location !== 'FBA PL')
        .map((one) => (one.location === 'FBA FR' ? { ...one, location: 'FBA DE' } : one)),
    }),
  });
  for (const pool of ['gb', 'de']) await approveOpening(world, { pool });
  await goOnTo(world, '2026-10-07T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

test('each row is of the pool of its country, and of the day that the ledger says', async () => {
  expect(await differing(world)).toEqual(['de CROSS sellable 9 10 waiting -1', 'gb CROSS sellable 0 -1 ahead 1']);
  // What is between Germany and France is in the balance all the while.
  await goOnTo(world, '2026-10-10T18:00:00Z');
  expect(await differing(world)).toEqual([]);
  await goOnTo(world, '2026-10-14T18:00:00Z');
  expect(await stockDocuments(world)).toEqual([
    '2026-10-04 TRF de-20261004-sellable-gb: FBA DE CROSS -1, FBA GB CROSS 1',
    '2026-10-05 ADJ de-20261005-inventory-loss: FBA DE LOST -2',
    '2026-10-05 ADJ gb-20261005-inventory-loss: FBA GB LOST -1',
    '2026-10-06 TRF de-20261006-sellable-unsellable: FBA DE PAIR -1, FBA DE unsellable PAIR 1',
  ]);
  expect(await openCodes(world)).toEqual(['pool-unknown PL']);
  expect(await differing(world)).toEqual([]);
});

test('NetSuite holds by pool what Amazon does, at the cost of the subsidiary', async () => {
  expect(await unitsHeld(world)).toEqual({
    FRENCH: { 'FBA DE': 9 },
    BRITISH: { 'FBA GB': 9 },
    CROSS: { 'FBA DE': 9 },
    LOST: { 'FBA DE': 8, 'FBA GB': 9 },
    PAIR: { 'FBA DE': 9, 'FBA DE unsellable': 1 },
    MOVES: { 'FBA DE': 10 },
  });
  expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 6300: 18 });
});
