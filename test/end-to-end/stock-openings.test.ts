/**
 * Openings are read and booked pool by pool and item by item, with the approval of each. Worked out by hand from the design of
 * stock (*Opening*); every item costs 6.00, Amazon holds 10 of each.
 *
 * Of two pools, NetSuite at first ONE 7 and TWO 8 in Britain, DEEP 6 and SIDE 10 in Germany:
 *
 * | what happens | becomes |
 * |---|---|
 * | ONE is approved | opening +3 |
 * | then somebody enters, dated 30 September, ONE +1, TWO +1, DEEP +1, and dated 10 September DEEP −2 | of ONE a movement of his; TWO is 9 and DEEP 5, since nobody has approved them |
 * | the rest of Britain and all of Germany are approved | TWO +1, DEEP +5 |
 * | then he enters SIDE −1, dated 10 September | a movement of his |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { line, received } from './stock-events.ts';
import {
  adjustByHand,
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

/** The first instant of October where each currency is at home: `stock.from` is that day. */
const STARTS: Record<string, string> = {
  GBP: '2026-09-30T23:00:00Z',
  EUR: '2026-09-30T22:00:00Z',
  USD: '2026-10-01T07:00:00Z',
};
const head = (id: string, currency: string, total: string) => ({
  id,
  start: STARTS[currency]!,
  end: '2026-10-14T23:00:00Z',
  deposit: '2026-10-16T23:00:00Z',
  currency,
  total,
});
/** A sale is what makes a marketplace one of this seller's. */
const sold = (sku: string, marketplace: string, id: string, currency: string) =>
  report(
    head(id, currency, '10.00'),
    sale(
      {
        order: `116-${id.slice(-7)}-0000001`,
        shipment: `D${sku}`,
        at: '2026-10-04T12:00:00Z',
        item: id.slice(-7),
        sku,
        quantity: 1,
        marketplace,
      },
      [['ItemPrice', 'Principal', '10.00']],
    ),
  );
const words = (text: string) => text.replace(/\s+/g, ' ');

describe('of two pools', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const held: Record<string, number> = { ONE: 7, TWO: 8, DEEP: 6, SIDE: 10, TEA: 10, BEER: 10 };
    world = await openWorld({
      rateTimes: 60,
      world: {
        ...worldFromSettlements([
          sold('TEA', 'Amazon.co.uk', '29200000001', 'GBP'),
          sold('BEER', 'Amazon.de', '29200000002', 'EUR'),
        ]),
        catalogue: Object.keys(held).map((sku) => product(sku)),
        stock: {
          opened: '2026-09-30',
          opening: [
            line('ONE', 10, undefined, 'GB'),
            line('TWO', 10, undefined, 'GB'),
            line('DEEP', 10, undefined, 'DE'),
            line('SIDE', 10, undefined, 'DE'),
            line('TEA', 10, undefined, 'GB'),
            line('BEER', 10, undefined, 'DE'),
          ],
          events: [],
        },
        goesOnUntil: '2026-10-30T00:00:00Z',
      },
      seed: (seed) => ({
        ...seed,
        openingStock: seed.openingStock.map((one) => ({ ...one, quantity: held[one.itemId] ?? one.quantity })),
      }),
    });
  }, 240_000);
  afterAll(() => world?.close());
  const GB = 'FBA GB';
  const DE = 'FBA DE';

  test('what is dated earlier and entered before the approval of its item is in the opening, in whatever pool', async () => {
    await approveOpening(world, { pool: 'gb', items: ['ONE'] });
    await world.look();
    expect(await stockDocuments(world)).toEqual(['2026-10-01 ADJ gb-opening: FBA GB ONE 3']);
    for (const one of [
      { day: '2026-09-30', item: 'ONE', location: GB, units: 1 },
      { day: '2026-09-30', item: 'TWO', location: GB, units: 1 },
      { day: '2026-09-30', item: 'DEEP', location: DE, units: 1 },
      { day: '2026-09-10', item: 'DEEP', location: DE, units: -2 },
    ])
      await adjustByHand(world, one);
    await goOnTo(world, '2026-10-06T18:00:00Z', 1);
    expect((await openCodes(world)).map((code) => code.split(' ')[0])).toEqual(['movement-foreign']);
    expect(await differing(world)).toEqual([
      'de DEEP sellable 10 5 opening 5',
      'gb ONE sellable 10 11 foreign -1',
      'gb TWO sellable 10 9 opening 1',
    ]);
    await approveOpening(world, { pool: 'gb' });
    await approveOpening(world, { pool: 'de' });
    await goOnTo(world, '2026-10-08T18:00:00Z', 1);
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ de-opening: FBA DE DEEP 5',
      '2026-10-01 ADJ gb-opening: FBA GB ONE 3',
      '2026-10-01 ADJ gb-opening part 2: FBA GB TWO 1',
    ]);
    expect(await differing(world)).toEqual(['gb ONE sellable 10 11 foreign -1']);
  });

  test('and after it a movement of whoever entered it, which one decision ends', async () => {
    await adjustByHand(world, { day: '2026-09-10', item: 'SIDE', location: DE, units: -1 });
    await goOnTo(world, '2026-10-10T18:00:00Z', 1);
    expect(await differing(world)).toEqual(['de SIDE sellable 10 9 foreign 1', 'gb ONE sellable 10 11 foreign -1']);
    const codes = await openCodes(world);
    expect(codes.map((code) => code.split(' ')[0])).toEqual(['movement-foreign', 'movement-foreign']);
    for (const code of codes)
      await world.decide({
        kind: 'explainForeign',
        document: code.split(' ')[1]!,
        choice: 'counter',
        why: 'not agreed',
      });
    await goOnTo(world, '2026-10-13T18:00:00Z', 1);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual([]);
    // Openings of 3, 1 and 5 units; on 6190 what he entered came and went: of ONE and SIDE nothing is left, of TWO 1, of DEEP −1.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -54 });
    expect((await bookedBy(world, 'InvAdjst'))[6190] ?? 0).toBe(0);
  });
});

/** NetSuite has 7 of FIRST, 8 of SECOND, 9 of THIRD. */
describe('planned, and then live', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const held: Record<string, number> = { FIRST: 7, SECOND: 8, THIRD: 9, TEA: 10 };
    world = await openWorld({
      rateTimes: 60,
      world: {
        ...worldFromSettlements([sold('TEA', 'Amazon.com', '29300000001', 'USD')]),
        catalogue: Object.keys(held).map((sku) => product(sku)),
        stock: { opened: '2026-09-30', opening: Object.keys(held).map((sku) => line(sku, 10)), events: [] },
        goesOnUntil: '2026-10-30T00:00:00Z',
      },
      settings: { posting: 'plan' },
      seed: (seed) => ({
        ...seed,
        openingStock: seed.openingStock.map((one) => ({ ...one, quantity: held[one.itemId] ?? one.quantity })),
      }),
    });
    await goOnTo(world, '2026-10-08T18:00:00Z');
  }, 240_000);
  afterAll(() => world?.close());

  test('page and command say planned where nothing is posted', async () => {
    const tieout = commandsOn(world);
    const page = words((await tieout('stock', 'opening')).stdout);
    expect(page).toContain('Pool us · planned · not approved');
    expect(page).toContain('While posting is plan');
    expect(page).not.toMatch(/approved and booked/);
    const decided = words((await tieout('approve-opening', 'us', 'FIRST', '--why', 'counted')).stdout);
    expect(decided).toContain('the next look at stock plans it, and it is posted once posting is live');
    await world.look();
    expect(words((await tieout('stock', 'opening')).stdout)).toContain('Pool us · planned · approved in part');
    expect(await stockDocuments(world)).toEqual([]);
  });

  test('what is approved is posted at the next look, item by item', async () => {
    world.settings.posting = 'live';
    await goOnTo(world, '2026-10-11T18:00:00Z');
    const first = '2026-10-01 ADJ us-opening part 2: FBA US FIRST 3';
    expect(await stockDocuments(world)).toEqual([first]);
    expect(await differing(world)).toEqual(['us SECOND sellable 10 8 opening 2', 'us THIRD sellable 10 9 opening 1']);
    await approveOpening(world, { items: ['SECOND'] });
    await world.look();
    const second = '2026-10-01 ADJ us-opening part 3: FBA US SECOND 2';
    expect(await stockDocuments(world)).toEqual([first, second]);
    await approveOpening(world);
    await goOnTo(world, '2026-10-13T18:00:00Z');
    expect(await stockDocuments(world)).toEqual(['2026-10-01 ADJ us-opening: FBA US THIRD 1', first, second]);
    expect(await differing(world)).toEqual([]);
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -36 });
  });
});

/**
 * Read for the first time on 5 October. Of FBA1HALF, 30 shipped in September, Amazon had received 10 by then; of FBA2LATE, which
 * it lists on 12 October, 4 of 10. NetSuite has both as the seller booked them: 20 and 6 in transit.
 *
 * | day | becomes |
 * |---|---|
 * | 1 Oct | of HALF nothing, both sides have 15 and 20 in transit; LATE in transit −6 with the opening, since Amazon lists nothing of it, and +6 with its next part |
 * | 8 Oct | the other 20 come |
 * | 14 Oct | the other 6 come |
 */
describe('read for the first time days after it began', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      rateTimes: 60,
      world: {
        ...worldFromSettlements([sold('TEA', 'Amazon.com', '29400000001', 'USD')]),
        catalogue: ['HALF', 'LATE', 'TEA'].map((sku) => product(sku)),
        stock: {
          opened: '2026-09-10',
          opening: [line('HALF', 5), line('LATE', 0), line('TEA', 10)],
          inbound: [
            {
              shipment: 'FBA1HALF',
              country: 'US',
              centre: 'PDX9',
              items: { HALF: 30 },
              history: [
                { at: '2026-09-11T18:00:00Z', status: 'WORKING' },
                { at: '2026-09-12T18:00:00Z', status: 'SHIPPED' },
                { at: '2026-10-04T18:00:00Z', status: 'RECEIVING' },
              ],
            },
            {
              shipment: 'FBA2LATE',
              country: 'US',
              centre: 'PDX9',
              items: { LATE: 10 },
              history: [{ at: '2026-10-12T15:00:00Z', status: 'RECEIVING' }],
            },
          ],
          events: [
            { ...received('01', 'FBA1HALF', 'HALF', 10), at: '2026-09-15T18:00:00Z' },
            { ...received('01', 'FBA2LATE', 'LATE', 4), at: '2026-09-29T18:00:00Z' },
            received('08', 'FBA1HALF', 'HALF', 20),
            received('14', 'FBA2LATE', 'LATE', 6),
          ],
        },
        goesOnUntil: '2026-10-30T00:00:00Z',
      },
      seed: (seed) => ({
        ...seed,
        openingStock: [
          ...seed.openingStock.filter(({ itemId, location }) => itemId === 'TEA' || location === 'Warehouse'),
          ...[
            { itemId: 'HALF', location: 'FBA US', quantity: 15 },
            { itemId: 'HALF', location: 'FBA US in transit', quantity: 20 },
            { itemId: 'LATE', location: 'FBA US', quantity: 4 },
            { itemId: 'LATE', location: 'FBA US in transit', quantity: 6 },
          ].map((one) => ({ ...one, unitCost: '6.00' })),
        ],
      }),
    });
    for (let now = ''; now < '2026-10-05T18:00:00Z';) {
      const answer = await fetch(`${world.amazonUrl}/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: '2026-10-05T18:00:00Z' }),
      });
      ({ now } = (await answer.json()) as { now: string });
    }
    await approveOpening(world);
    await world.look();
  }, 240_000);
  afterAll(() => world?.close());
  const inTransit = async (on: string) => {
    const { stdout } = await commandsOn(world)('stock', '--on', on, '--csv');
    const [head, ...rows] = stdout
      .trim()
      .split(/\r?\n/)
      .map((row) => row.split(','));
    const columns = ['place', 'item', 'amazon units', 'netsuite units'].map((name) => head!.indexOf(name));
    return rows
      .map((row) => columns.map((column) => row[column]).join(' '))
      .filter((row) => row.startsWith('inTransit'));
  };

  test('what was received before it began is not in transit, and leaves no warehouse', async () => {
    expect(await stockDocuments(world)).toEqual(['2026-10-01 ADJ us-opening: FBA US in transit LATE -6']);
    await goOnTo(world, '2026-10-11T18:00:00Z', 1);
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ us-opening: FBA US in transit LATE -6',
      '2026-10-08 TRF FBA1HALF-20261008-inTransit-sellable: FBA US in transit HALF -20, FBA US HALF 20',
    ]);
    expect(await inTransit('2026-10-05')).toEqual(['inTransit HALF 20 20']);
  });

  test('of a shipment that Amazon lists later, the opening takes back what it left out', async () => {
    await goOnTo(world, '2026-10-17T18:00:00Z', 1);
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ us-opening: FBA US in transit LATE -6',
      '2026-10-01 ADJ us-opening part 2: FBA US in transit LATE 6',
      '2026-10-08 TRF FBA1HALF-20261008-inTransit-sellable: FBA US in transit HALF -20, FBA US HALF 20',
      '2026-10-14 TRF FBA2LATE-20261014-inTransit-sellable: FBA US in transit LATE -6, FBA US LATE 6',
    ]);
    expect(await inTransit('2026-10-05')).toEqual(['inTransit HALF 20 20', 'inTransit LATE 6 6']);
    expect(await inTransit('2026-10-15')).toEqual([]);
    expect(await differing(world)).toEqual([]);
    expect(await openCodes(world)).toEqual([]);
  });
});
