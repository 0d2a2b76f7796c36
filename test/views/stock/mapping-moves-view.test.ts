import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { saveBalances } from '../../../src/store/stock/ledger-balances.ts';
import { mappingMovesView } from '../../../src/views/stock/mapping-moves-view.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';
import { DAY, PLANNED_AT, STOCK, storeStock } from './stored-stock.ts';

let world: StoredWorld;
beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
});
afterAll(() => world.stop());

const moves = async (...skus: string[]) =>
  plain(await mappingMovesView(world.source, world.source.settings, skus)).map(({ sentence }) => sentence);
const map = (sku: string, item: string, at: string, units = 1) =>
  storeDecision(
    world.store.db,
    'demo-us',
    { kind: 'sku', key: sku, spelled: sku, choice: item, units, by: 'ana', why: null },
    at,
  );

test('before a day is whole how much moves is not known', async () => {
  await map('OLD', 'MUG', '2026-10-02T18:00:00Z');
  await map('OLD', 'CUP', '2026-10-03T18:00:00Z', 3);
  expect(await moves('OLD')).toEqual([
    'what Amazon has of OLD when 3 Oct 2026 ends moves in the books from MUG to CUP × 3 (ADJ us-20261003-map); how much that is, its summary will tell',
  ]);
  const { stock: _, ...bare } = world.source.settings;
  expect(await mappingMovesView(world.source, bare, ['OLD'])).toEqual([]);
});

test('of a SKU that was another item: its units and places by the last whole day, and what it moves to', async () => {
  await storeStock(world.store);
  const balance = { day: DAY, fnsku: 'X1', asin: 'B1', country: 'US', starting: 0, events: 0 };
  await saveBalances(
    world.store.db,
    'demo-us',
    {
      days: [DAY],
      balances: [
        { ...balance, sku: 'BLU-MUG', disposition: 'SELLABLE', inTransit: 2, ending: 86 },
        { ...balance, sku: 'BLU-MUG', disposition: 'DEFECTIVE', inTransit: 0, ending: 1 },
      ],
    },
    PLANNED_AT,
  );
  // Still the 21st in Los Angeles.
  const now = '2026-10-22T05:00:00Z';
  await map('BLU-MUG', 'TEA-TIN', now, 2);
  await map('SET-1', 'LAMP', now);
  // The same item as before, and one that was none.
  await map('TEA-TIN', 'TEA-TIN', now);
  await map('NEW-SKU', 'LAMP', now);
  expect(await moves('BLU-MUG', 'SET-1', 'TEA-TIN', 'NEW-SKU', 'OLD')).toEqual([
    'what Amazon has of BLU-MUG when 21 Oct 2026 ends moves in the books from BLU-MUG to TEA-TIN × 2 (ADJ us-20261021-map); on 20 Oct 2026 that was 88 units in us sellable, 1 unit in us unsellable',
    'what Amazon has of SET-1 when 21 Oct 2026 ends moves in the books from BLU-MUG and TEA-TIN × 2 to LAMP (ADJ us-20261021-map); on 20 Oct 2026 that was nothing',
  ]);
  expect(await moves()).toEqual([]);
});
