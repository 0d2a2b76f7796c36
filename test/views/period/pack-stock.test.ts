/** Stock in the close pack, by the figures that test/views/stock/stored-stock.ts works out by hand. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stockTables } from '../../../src/views/period/pack/stock.ts';
import { DAY, STOCK, storeStock } from '../stock/stored-stock.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;
beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
  await storeStock(world.store);
}, 60_000);
afterAll(() => world?.stop());

const tablesOn = (day: string) => stockTables(world.store.db, world.source.settings, day);

test('each item at a place has both sides, the terms of its difference, and its value beside it', async () => {
  const [table] = await tablesOn(DAY);
  expect(table).toMatchObject({ name: 'stock', note: expect.stringContaining(DAY) });
  expect(table!.rows.map((row) => row.join(' · '))).toEqual([
    'us · BLU-MUG · inTransit · 6 · 6 · 0 ·  ·  ·  ·  ·  · 6.00 · 36.00 · 36.00 · USD',
    'us · BLU-MUG · sellable · 88 · 83 · 5 · 0 · 0 · 0 · 5 · 0 · 6.00 · 528.00 · 498.00 · USD',
    'us · LAMP · sellable · 10 · 10 · 0 · 0 · 0 · 0 · 0 · 0 ·  ·  ·  · USD',
    'us · TEA-TIN · sellable · 40 · 41 · -1 · 0 · -2 · 0 · 0 · 1 · 2.50 · 100.00 · 102.50 · USD',
  ]);
  expect(await tablesOn(DAY)).toEqual([table]);
});

test('figures of another day than the last of the month never stand in its place', async () => {
  const [table] = await tablesOn('2026-10-31');
  expect(table!.rows).toEqual([]);
  expect(table!.note).toContain('is not whole yet');
  const { stock: _stock, ...without } = world.source.settings;
  expect(await stockTables(world.store.db, without, DAY)).toEqual([]);
});
