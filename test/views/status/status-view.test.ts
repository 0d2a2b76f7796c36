import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeMark } from '../../../src/store/intake/marks.ts';
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

  test('says where Temporal does not answer, and nothing where every workflow is there', async () => {
    const { settings } = world.source;
    expect(await statusView(world.source, settings, null)).toMatchObject({
      withoutWorkflow: null,
      unattended: 'Temporal does not answer: npx tieout doctor',
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
