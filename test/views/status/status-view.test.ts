import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../src/config/read-config.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { planMovement } from '../../../src/store/payouts/planned-movements.ts';
import { statusView } from '../../../src/views/status/status-view.ts';
import { storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

describe('the status of a connection', () => {
  test('counts payouts and orders, and names what is open', async () => {
    const { settings } = world.source;
    expect(plain(await statusView(world.source, settings, { orders: 1, payouts: 0 }))).toMatchObject({
      connection: 'demo-us',
      posting: 'live',
      payouts: { found: 2, tied: 1 },
      orders: { seen: 2, salesOrders: 1, dispatched: 1, settled: 1, pending: 0, cancelled: 0, waiting: 1 },
      exceptions: [1, 2],
      ordersReadTo: null,
      reading: null,
      withoutWorkflow: { orders: 1, payouts: 0 },
      unattended: '1 order without a workflow, taken up within minutes',
    });
  });

  test('has three lists of what somebody must look at, each line with where to go on, empty when all is well', async () => {
    const { settings } = world.source;
    await planMovement(world.store.db, 'demo-us', {
      externalId: 'AMZ_demo-us_DEP_20001234562_1',
      settlementId: '20001234562',
      kind: 'payout',
      amount: 1234n,
      currency: 'USD',
      postedOn: '2026-10-28',
    });
    const { lists } = await statusView(world.source, settings, { orders: 1, payouts: 0 });
    expect(lists.today).toEqual([
      { what: '2 things wait for a decision', next: 'npx tieout exceptions' },
      {
        what: '12.34 USD of 20001234562 should have come and was not seen',
        next: 'npx tieout status payout 20001234562',
      },
      { what: '1 order without a workflow, taken up within minutes', next: 'npx tieout doctor' },
    ]);
    expect(lists['at month end']).toEqual([]);
    const other = readConfig(`${world.folder}/tieout.config.yaml`).connections[1]!;
    expect((await statusView(world.source, other, { orders: 0, payouts: 0 })).lists).toEqual({
      today: [],
      'this week': [],
      'at month end': [],
    });
  });

  test('says where Temporal does not answer, and nothing where every workflow is there', async () => {
    const { settings } = world.source;
    expect(await statusView(world.source, settings, null)).toMatchObject({
      withoutWorkflow: null,
      unattended: 'Temporal does not answer',
    });
    expect((await statusView(world.source, settings, { orders: 0, payouts: 0 })).unattended).toBeNull();
  });

  test('says how far Amazon has been read: by our clock, beside simulators by the instant', async () => {
    const { settings } = world.source;
    const readTo = `${new Date(Date.now() - 3 * 3_600_000).toISOString().slice(0, 19)}Z`;
    await writeMark(world.store.db, 'demo-us', 'orders', readTo);
    expect((await statusView(world.source, settings, null)).reading).toMatch(/^orders 3 h 0 min behind$/);
    const simulated = { ...world.source, world: { ...world.source.world, simulators: {} } };
    expect((await statusView(simulated, settings, null)).reading).toMatch(
      /^orders read up to \d+ \w+ \d{4} \d\d:\d\dZ$/,
    );
  });
});
