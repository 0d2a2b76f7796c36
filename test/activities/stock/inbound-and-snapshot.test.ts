import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { standInbound } from '../../../src/activities/stock/stand-inbound.ts';
import { takeInInbound } from '../../../src/activities/stock/take-in-inbound.ts';
import { takeInSnapshot } from '../../../src/activities/stock/take-in-snapshot.ts';
import { tellInbound } from '../../../src/activities/stock/tell-inbound.ts';
import type { InboundStanding } from '../../../src/domain/stock/stock-plan.ts';
import { accountsByRole, COST_OF_GOODS_ACCOUNT } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { loadSnapshot } from '../../../src/store/stock/snapshots.ts';
import { saveStockRun } from '../../../src/store/stock/standings.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';
import { WORLD } from '../worked-example.ts';

let postgres: FreshPostgres;
let shop: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterEach(() => shop.close());
afterAll(() => postgres?.stop());

const PLACE = { country: 'US', centre: 'PDX9' };
/** Ten SKUs of 20 units beside those of the worked example, and 30 mugs under way, of which 24 came. */
const MUGS = Array.from({ length: 10 }, (_, index) => `MUG-${index}`);

async function openShop(): Promise<void> {
  shop = await openAccount(postgres, {
    now: '2026-11-16T20:00:00Z',
    world: {
      ...WORLD,
      stock: {
        opened: '2026-09-30',
        opening: [
          ...WORLD.catalogue.map(({ sku }, index) => ({ sku, fnsku: `X00${index}`, ...PLACE, units: 20 })),
          ...MUGS.map((sku) => ({ sku, fnsku: `X-${sku}`, ...PLACE, units: 20 })),
        ],
        inbound: [
          {
            shipment: 'FBA15DEMO1',
            ...PLACE,
            items: { 'MUG-0': 30 },
            history: [
              { at: '2026-11-04T16:00:00Z', status: 'SHIPPED' },
              { at: '2026-11-20T16:00:00Z', status: 'CLOSED' },
            ],
          },
        ],
        events: [{ at: '2026-11-06T18:00:00Z', type: 'receive', sku: 'MUG-0', units: 24, shipment: 'FBA15DEMO1' }],
      },
    },
    settings: {
      accounts: { ...accountsByRole(['USD']), 'cogs-returns': COST_OF_GOODS_ACCOUNT },
      stock: {
        from: '2026-11-01',
        pools: [
          {
            name: 'us',
            countries: ['US'],
            marketplace: 'ATVPDKIKX0DER',
            sellable: 'FBA US',
            unsellable: 'FBA US unsellable',
            inTransit: 'To Amazon',
            removal: 'From Amazon',
            source: 'Warehouse',
          },
        ],
      },
    },
  });
}
/** The clock stops at each event on its way; Amazon's time is heard with its next answer. */
async function goTo(to: string): Promise<void> {
  while (shop.connection.latest() < to) await shop.amazonPage('/clock', { to });
  await shop.connection.amazon.marketplaceParticipations();
}

describe('the snapshot', () => {
  const mugs = async () =>
    (await loadSnapshot(shop.connection.db, shop.name, 'us'))!.rows.filter(({ sku }) => sku.startsWith('MUG-'));

  test('is what is at Amazon now, and the last one counts', async () => {
    await openShop();
    const first = await shop.run(takeInSnapshot);
    expect(first).toMatchObject({ result: 'read', rows: MUGS.length + WORLD.catalogue.length });
    expect((await mugs()).map(({ sku, fulfillable }) => `${sku} ${fulfillable}`)).toEqual([
      'MUG-0 44',
      ...MUGS.slice(1).map((sku) => `${sku} 20`),
    ]);
    await shop.amazonPage('/admin/stock', {
      events: [{ at: '2026-11-16T21:00:00Z', type: 'adjust', sku: 'MUG-1', units: -2, reason: 'M' }],
    });
    await goTo('2026-11-16T22:00:00Z');
    expect(await shop.run(takeInSnapshot)).toEqual(first);
    expect((await mugs()).find(({ sku }) => sku === 'MUG-1')).toMatchObject({ fulfillable: 18 });
  });

  test('that is cut short is not taken: the last good one stays, a person hears of it, and a whole one ends that', async () => {
    await openShop();
    await shop.run(takeInSnapshot);
    await shop.amazonPage('/admin/stock/switches', { snapshotKeeps: 0.5 });
    expect(await shop.run(takeInSnapshot)).toEqual({ result: 'truncated' });
    await goTo('2026-11-16T20:15:00Z');
    expect(await shop.run(takeInSnapshot)).toEqual({ result: 'truncated' });
    expect(await shop.open()).toEqual(['snapshot-truncated']);
    expect(await mugs()).toHaveLength(MUGS.length);
    await shop.amazonPage('/admin/stock/switches', { snapshotKeeps: 1 });
    expect(await shop.run(takeInSnapshot)).toMatchObject({ result: 'read' });
    expect(await shop.open()).toEqual([]);
  });

  test('of which one SKU cannot be read has that one as it was read last, named, and all others as they are now', async () => {
    await openShop();
    await shop.run(takeInSnapshot);
    await shop.amazonPage('/admin/stock', {
      events: ['MUG-3', 'MUG-4'].map((sku) => ({
        at: '2026-11-16T21:00:00Z',
        type: 'adjust',
        sku,
        units: -2,
        reason: 'M',
      })),
    });
    await goTo('2026-11-16T22:00:00Z');
    await shop.amazonPage('/faults', {
      kind: 'changed',
      match: { path: '^/fba/inventory' },
      change: { find: '("sellerSku":"MUG-3".*?"fulfillableQuantity":)\\d+', put: '$1"many"' },
      times: 1,
    });
    const held = async () =>
      (await mugs()).flatMap(({ sku, fulfillable }) => (/[34]$/.test(sku) ? [`${sku} ${fulfillable}`] : [])).sort();
    expect(await shop.run(takeInSnapshot)).toMatchObject({
      result: 'read',
      rows: MUGS.length + WORLD.catalogue.length,
    });
    expect([await held(), await shop.open()]).toEqual([['MUG-3 20', 'MUG-4 18'], ['input-unreadable']]);
    await shop.run(takeInSnapshot);
    expect([await held(), await shop.open()]).toEqual([['MUG-3 18', 'MUG-4 18'], []]);
  });
});

describe('an inbound shipment', () => {
  const standing = (changes: Partial<InboundStanding> = {}): InboundStanding => ({
    shipmentId: 'FBA15DEMO1',
    pool: 'us',
    sku: 'MUG-0',
    shipped: 30,
    received: 24,
    decided: 0,
    inTransit: 6,
    over: 0,
    ...changes,
  });
  /** As planning leaves it. */
  const planned = (inbound: InboundStanding[]) =>
    saveStockRun(shop.connection.db, shop.name, {
      day: null,
      plannedAt: shop.connection.latest(),
      through: null,
      waiting: [],
      inbound,
      gaps: [],
    });
  const stand = () => shop.run(standInbound, { shipmentId: 'FBA15DEMO1' });
  const TOLD = 'inbound FBA15DEMO1 inboundMoved';

  test('gets its workflow once, and that is told whenever something changed', async () => {
    await openShop();
    expect(await shop.run(tellInbound)).toEqual({ told: 0 });
    await shop.run(takeInInbound);
    expect(await shop.run(tellInbound)).toEqual({ told: 1 });
    expect(await shop.run(tellInbound)).toEqual({ told: 0 });
    expect(shop.told()).toEqual([TOLD]);
    await planned([standing()]);
    expect(await shop.run(tellInbound)).toEqual({ told: 1 });
    expect(await shop.run(tellInbound)).toEqual({ told: 0 });
    await planned([standing({ received: 30, inTransit: 0 })]);
    // Two looks at once: whoever is told twice looks twice.
    await Promise.all([shop.run(tellInbound), shop.run(tellInbound)]);
    expect(new Set(shop.told())).toEqual(new Set([TOLD]));
    expect(await shop.run(tellInbound)).toEqual({ told: 0 });
  });

  test('is over once it is closed and nothing of it is open', async () => {
    await openShop();
    expect(await stand()).toEqual({ sentence: 'FBA15DEMO1 is not known here any more.', isOver: true });
    await shop.run(takeInInbound);
    await planned([standing()]);
    expect(await stand()).toEqual({
      sentence: 'FBA15DEMO1 is SHIPPED: 24 of 30 units received; MUG-0 6 to come.',
      isOver: false,
    });
    await goTo('2026-11-20T20:00:00Z');
    await shop.run(takeInInbound);
    expect(await stand()).toEqual({
      sentence:
        'FBA15DEMO1 is CLOSED: 24 of 30 units received; MUG-0 6 to come; tieout decide-inbound FBA15DEMO1 SKU lost|returned|found|take-from-source ends it.',
      isOver: false,
    });
    await planned([standing({ decided: 6, inTransit: 0 })]);
    expect(await stand()).toEqual({ sentence: 'FBA15DEMO1 is CLOSED: 24 of 30 units received.', isOver: true });
    // A late find opens it again.
    await planned([standing({ decided: 6, received: 26, inTransit: 0, over: 2 })]);
    expect(await stand()).toMatchObject({ isOver: false });
  });

  test('that has been under way for long is shown as such', async () => {
    await openShop();
    await shop.run(takeInInbound);
    await planned([standing()]);
    await goTo('2026-12-18T20:00:00Z');
    expect((await stand()).sentence).toContain('MUG-0 6 to come; not closed for more than 30 days');
  });
});
