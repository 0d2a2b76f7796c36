/** `tieout stock --on` the last whole day, 20 October, when the item of a SKU is another since the 21st. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { stockItemView } from '../../../src/views/stock/stock-item-view.ts';
import { stockRowsView, stockView } from '../../../src/views/stock/stock-view.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';
import { DAY, STOCK, storeStock } from './stored-stock.ts';

let world: StoredWorld;
let source: StoredWorld['source'];
beforeEach(async () => {
  world = await startStoredWorld({ stock: STOCK });
  source = { ...world.source, world: { ...world.source.world, simulators: {} } };
  await storeStock(world.store);
}, 60_000);
afterEach(() => world.stop());

const map = (sku: string, item: string, at: string, units = 1) =>
  storeDecision(
    world.store.db,
    'demo-us',
    { kind: 'sku', key: sku, spelled: sku, choice: item, units, by: 'ana', why: null },
    at,
  );
const inTransit = async (on: string | null) =>
  (await stockRowsView(source, source.settings, on))!.rows
    .filter(({ place }) => place === 'inTransit')
    .map(({ item, amazon, netsuite }) => [item, amazon, netsuite]);

test('both sides of what is in transit are of the mapping of the day; of now, of the one since', async () => {
  await map('BLU-MUG', 'TEA-TIN', '2026-10-21T18:00:00Z', 2);
  // Six mugs of FBA15DEMO1 on their way, on both sides.
  expect(await inTransit(DAY)).toEqual([['BLU-MUG', 6, 6]]);
  // Since the 21st they are 12 tins for Amazon, and NetSuite has moved none yet.
  expect(await inTransit(null)).toEqual([
    ['TEA-TIN', 12, 0],
    ['BLU-MUG', 0, 6],
  ]);
  const view = (await stockView(source, source.settings, DAY))!;
  expect(view.pools[0]).toMatchObject({ inTransit: 6, netsuite: { inTransit: 6 } });
  const { items } = (await stockItemView(source, source.settings, 'BLU-MUG', DAY))!;
  expect(items.map(({ item, skus, transit }) => [item, skus.map(({ sku }) => sku), transit])).toEqual([
    ['BLU-MUG', ['BLU-MUG', 'BLU-MUG-3P', 'SET-1'], [expect.objectContaining({ amazon: 6, netsuite: 6, because: [] })]],
  ]);
});

test('a SKU that got its first item since is in no figure until it is worked out: that is said', async () => {
  expect((await stockView(source, source.settings, DAY))!.day).toBe(DAY);
  await map('NEW-SKU', 'LAMP', '2026-10-21T18:00:00Z');
  const view = (await stockView(source, source.settings, DAY))!;
  expect([view.day, view.pools, view.nothing]).toEqual([
    null,
    [],
    'Stock of demo-us is being looked at: something was read that its figures do not count yet. Ask again when that is done.',
  ]);
});
