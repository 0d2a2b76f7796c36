import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Event } from '../../../src/cli/start/event.ts';
import { Narrator } from '../../../src/cli/start/narrator.ts';
import { storePayouts, storeWaiting } from '../../store/stored-payouts.ts';
import { startStoredWorld, type StoredWorld } from '../../views/stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

test('what the store says has changed is told once, in words and as key=value', async () => {
  const events: Event[] = [];
  const narrator = new Narrator(world.store, 'demo-us', 'America/Los_Angeles', (event) => events.push(event));
  await narrator.look();
  const words = events.map(({ area, alarm, words: said }) => `${area}${alarm ? ' !' : ''} ${said}`);
  expect(words).toEqual(
    expect.arrayContaining([
      'orders 2 seen · 1 sales order · 0 pending at Amazon',
      'dispatch 1 order dispatched · 1 fulfilment · 1 invoice',
      'journal 20001234561 posted · debits = credits 34.99 ✓',
      'payment 20001234561 · 1 invoice and 0 credit memos applied',
      'bank 16 Oct AMAZON.COM MKTPL 021000020006017 27.59 ✓ trace id ends 6017',
      'deposit in transit → bank 27.59',
      'tied ✓ 20001234561 · rows = total = journal = deposit = bank',
      'orders ! NetSuite has no item for SKU BLU-MUG-2 · 1 order. Operations: npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      'payout ! no account for "FBA Inbound Dock Fee". Finance: npx tieout map-amount 2 inbound --why "…"',
    ]),
  );
  expect(events.map(({ plain }) => plain)).toEqual(
    expect.arrayContaining([
      'orders seen=2 sales-orders=1 pending=0',
      'deposit posted settlement=20001234561 amount=27.59',
      'payout waits code=unknown-amount key="othertransaction\\tothertransaction\\tfbainbounddockfee" amount=61.30 owner=finance',
    ]),
  );
  const told = events.length;
  await narrator.look();
  expect(events).toHaveLength(told);
});
