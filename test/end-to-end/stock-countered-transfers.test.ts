/**
 * Inventory transfers that somebody makes by hand in NetSuite on 12 October, and what `explain-foreign … counter` makes of them
 * (ADR 10). Worked out by hand; every item costs 6.00, Amazon holds ten of each, and so does NetSuite at FBA US:
 *
 * | item | moved | its counter |
 * |---|---|---|
 * | INTO | 5 from the warehouse into in transit | back to the warehouse |
 * | OUT | 3 from FBA US to the warehouse | back; somebody deletes it, and it is made once more |
 * | WITHIN | 3 from FBA US to unsellable | back, by one transfer that names no other location |
 * | HALF | 3 from FBA US to unsellable; Amazon shipped 3 without an order, which it answers | the 3 that are unsellable are adjusted |
 * | AWAY | 4 from FBA US to a showroom, which then has none | refused, `stock-missing` after three days; posts once they are there again |
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WriteOutcome } from '../../src/clients/netsuite/netsuite-client.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { account, report } from './report.ts';
import { at, line } from './stock-events.ts';
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
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '28980000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '-5.00',
  },
  [account('Subscription Fee', '-5.00', '2026-10-05T08:00:00Z')],
);
const ITEMS = ['INTO', 'OUT', 'WITHIN', 'HALF', 'AWAY'];
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: ITEMS.map((sku) => line(sku, 10)),
  events: [{ at: at('12'), type: 'ship', sku: 'HALF', units: 3 }],
};
const ROW = '2026-10-12|X0HALF|HALF|Shipments|||PDX9|US|SELLABLE|-3#1';

let world: WorldUnderTest;
const ids: Record<string, string> = {};
const posted = async (write: Promise<WriteOutcome>): Promise<string> => {
  const outcome = await write;
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.id;
};
const place = async (name: string) => ({ id: (await world.netsuite.lookups.locationByName(name))!.id });
const item = async (name: string) => ({ id: (await world.netsuite.lookups.itemByName(name))!.id });
async function moved(name: string, units: number, from: string, to: string): Promise<void> {
  ids[name] = await posted(
    world.netsuite.create('inventoryTransfer', {
      subsidiary: { id: '1' },
      location: await place(from),
      transferLocation: await place(to),
      tranDate: '2026-10-12',
      memo: `Moved ${name}`,
      inventory: { items: [{ item: await item(name), adjustQtyBy: units }] },
    }),
  );
}
/** Somebody takes units away at a location, or brings them. */
const adjusted = async (name: string, units: number, location: string, day: string) =>
  posted(
    world.netsuite.create('inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: { id: (await world.netsuite.lookups.accountByNumber('6190'))!.id },
      tranDate: day,
      memo: `Counted ${name}`,
      inventory: {
        items: [{ item: await item(name), location: await place(location), adjustQtyBy: units, unitCost: 6 }],
      },
    }),
  );

beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: ITEMS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-11-05T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      locations: [...seed.locations, { name: 'Showroom' }],
      openingStock: [...seed.openingStock, { itemId: 'INTO', location: 'Warehouse', quantity: 20, unitCost: '6.00' }],
    }),
  });
  await approveOpening(world);
  await goOnTo(world, '2026-10-12T20:00:00Z', 3);
  await moved('INTO', 5, 'Warehouse', 'FBA US in transit');
  await moved('OUT', 3, 'FBA US', 'Warehouse');
  await moved('WITHIN', 3, 'FBA US', 'FBA US unsellable');
  await moved('HALF', 3, 'FBA US', 'FBA US unsellable');
  await moved('AWAY', 4, 'FBA US', 'Showroom');
  await adjusted('AWAY', -4, 'Showroom', '2026-10-13');
  await goOnTo(world, '2026-10-15T18:00:00Z', 1);
}, 240_000);
afterAll(() => world?.close());

const command = async (...argv: string[]) => (await commandsOn(world)(...argv, '--why', 'by mistake')).exit;
const countersOf = async (...of: string[]) =>
  (await stockDocuments(world)).filter((name) => of.some((id) => name.includes(` us-c${ids[id] ?? id}:`)));

test('each of them is raised, and nothing is booked by itself', async () => {
  const foreign = ITEMS.map((name) => `movement-foreign ${ids[name]}`);
  expect(await openCodes(world)).toEqual(
    // The row waits for a fulfilment until grace is over.
    expect.arrayContaining(foreign),
  );
  expect((await stockDocuments(world)).filter((name) => name.includes('-c'))).toEqual([]);
  expect((await differing(world)).filter((name) => !name.includes('HALF'))).toEqual([
    'us AWAY sellable 10 6 foreign 4',
    'us OUT sellable 10 7 foreign 3',
    'us WITHIN sellable 10 7 foreign 3',
    'us WITHIN unsellable 0 3 foreign -3',
  ]);
});

test('the counter is a transfer back; of one that answers a row the other end is adjusted', async () => {
  expect(await command('explain-foreign', ids['HALF']!, 'answers', '--rows', ROW)).toBe(0);
  await world.look();
  for (const name of ITEMS) expect([name, await command('explain-foreign', ids[name]!, 'counter')]).toEqual([name, 0]);
  await goOnTo(world, '2026-10-17T18:00:00Z', 1);
  expect(await countersOf(...ITEMS)).toEqual([
    `2026-10-15 ADJ us-c${ids['HALF']}: FBA US unsellable HALF -3`,
    `2026-10-15 TRF us-c${ids['INTO']}: FBA US in transit INTO -5, Warehouse INTO 5`,
    `2026-10-15 TRF us-c${ids['OUT']}: Warehouse OUT -3, FBA US OUT 3`,
    `2026-10-15 TRF us-c${ids['WITHIN']}: FBA US unsellable WITHIN -3, FBA US WITHIN 3`,
  ]);
  expect(await openCodes(world)).toEqual([]);
});

test('what the other location lacks is named after grace, and goes back once it is there', async () => {
  await goOnTo(world, '2026-10-19T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual([`stock-missing AMZ_demo-us_TRF_us-c${ids['AWAY']}_1 AWAY`]);
  const [raised] = await openExceptions(world.store.db, world.connection);
  expect(raised!.evidence.what).toContain(
    'NetSuite has fewer than 4 of AWAY at the location outside of the pools, and they are to leave it (−4 units of AWAY, 24.00 USD',
  );
  await adjusted('AWAY', 4, 'Showroom', '2026-10-13');
  await goOnTo(world, '2026-10-22T18:00:00Z', 1);
  expect(await countersOf('AWAY')).toEqual([`2026-10-15 TRF us-c${ids['AWAY']}: Showroom AWAY -4, FBA US AWAY 4`]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
});

test('a counter that somebody deletes is made once more out of the same location', async () => {
  const [counter] = await world.suiteql(
    `SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_TRF_us-c${ids['OUT']}_1'`,
  );
  await deleteInNetSuite(world, 'inventoryTransfer', counter!['id']!);
  await goOnTo(world, '2026-10-23T18:00:00Z', 1);
  expect(await openCodes(world)).toEqual([`movement-foreign ${counter!['id']}`]);
  expect(await differing(world)).toEqual(['us OUT sellable 10 7 foreign 3']);
  expect(await command('explain-foreign', counter!['id']!, 'counter')).toBe(0);
  await goOnTo(world, '2026-10-26T18:00:00Z', 1);
  expect(await countersOf(counter!['id']!)).toEqual([
    `2026-10-23 TRF us-c${counter!['id']}: Warehouse OUT -3, FBA US OUT 3`,
  ]);
  expect(await openCodes(world)).toEqual([]);
  expect(await differing(world)).toEqual([]);
  expect(await unitsHeld(world)).toEqual({
    INTO: { 'FBA US': 10, Warehouse: 20 },
    OUT: { 'FBA US': 10 },
    WITHIN: { 'FBA US': 10 },
    HALF: { 'FBA US': 7 },
    AWAY: { 'FBA US': 10 },
  });
  // Of HALF 18 on inventory-loss; what was counted away and found is on 6190, both; a transfer is on no account but inventory.
  const booked = await bookedBy(world, 'InvAdjst');
  expect([booked[6300], booked[6190] ?? 0]).toEqual([18, 0]);
});
