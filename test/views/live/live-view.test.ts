import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { liveView } from '../../../src/views/live/live-view.ts';
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

test('the live block knows each payout by its steps, and who and what an exception holds up', async () => {
  const live = plain(await liveView(world.store.db, 'demo-us', { netsuite: null, amazon: null }));
  expect(live).toMatchObject({ connection: 'demo-us', netsuite: null, amazon: null, orders: { seen: 2, waiting: 1 } });
  expect(live.payouts).toEqual([
    {
      settlementId: '20001234561',
      total: '27.59',
      currency: 'USD',
      tied: true,
      waitsFor: null,
      steps: { rows: 'done', total: 'done', journal: 'done', deposit: 'done', bank: 'done' },
    },
    {
      settlementId: '20001234562',
      total: '61.30',
      currency: 'USD',
      tied: false,
      waitsFor: 'Finance',
      steps: { rows: 'done', total: 'done', journal: 'open', deposit: 'open', bank: 'open' },
    },
  ]);
  expect(live.exceptions).toMatchObject([
    {
      number: 1,
      owner: 'operations',
      title: 'no NetSuite item for SKU BLU-MUG-2',
      waiters: '1 order',
      atStake: '23.99',
    },
    {
      number: 2,
      owner: 'finance',
      title: 'no account: FBA Inbound Dock Fee',
      waiters: '1 payout',
      act: 'npx tieout map-amount 2 inbound --why "…"',
    },
  ]);
});
