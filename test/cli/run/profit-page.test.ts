/** How profit is laid out: October of the worked example as it ties, and with a journal that somebody altered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { saveProfit } from '../../../src/store/profit/profit-facts.ts';
import { octoberProfit } from '../../store/stored-profit.ts';
import { startStoredWorld, type StoredWorld } from '../../views/stored-world.ts';
import { tieout } from '../tieout.ts';

let world: StoredWorld;
beforeAll(async () => {
  world = await startStoredWorld();
}, 60_000);
afterAll(() => world?.stop());

const profit = (...words: string[]) => tieout('profit', '2026-10', '--connection', 'demo-us', ...words);

test('a month that was not worked out is said to be so', async () => {
  expect(await profit()).toMatchObject({ exit: 1, stderr: expect.stringContaining('2026-10 has not been worked out') });
});

test('both numbers stand on top, then each role, then each SKU', async () => {
  await saveProfit(world.store.db, 'demo-us', octoberProfit());
  const { stdout, exit } = await profit();
  expect(exit).toBe(0);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'demo-us · profit of 2026-10 · worked out 2026-11-03 08:00 UTC',
    '',
    'USD · by sku 16.02 · NetSuite 16.02 · difference 0.00 ✓',
    '',
    'Role             By SKU  Allocated  Unallocated  NetSuite',
    'cogs             −24.00                            −24.00  ✓',
    'fulfilment-fees  −13.07                            −13.07  ✓',
    'product-sales     65.00                             65.00  ✓',
    'promotions        −5.00                             −5.00  ✓',
    'selling-fees      −9.90                             −9.90  ✓',
    'shipping-income    5.99                              5.99  ✓',
    'storage                                   −3.00     −3.00  ✓',
    '',
    'SKU    Income  Fees, other    Cost  Profit  Margin',
    'SKU-A   38.69       −14.14  −15.00    9.55  24.6 %',
    'SKU-B   27.30        −8.83   −9.00    9.47  34.6 %',
    'none                 −3.00           −3.00',
  ]);
});

test('a role that does not tie says by how much, names the document, and the command fails', async () => {
  await saveProfit(world.store.db, 'demo-us', octoberProfit(100n));
  const { stdout, exit } = await profit();
  expect(exit).toBe(1);
  expect(stdout).toContain('USD · by sku 16.02 · NetSuite 18.02 · difference 2.00 ≠');
  expect(stdout).toMatch(/storage +−3\.00 +−1\.00 +≠ 2\.00/);
  expect(stdout).toContain('≠ AMZ_demo-us_JE_26100000001_1: NetSuite has −23.97 USD, its splits −25.97 USD');
  expect(stdout).toContain('Next: npx tieout close 2026-10');
});

test('as CSV: what each role ties to, then a row each, with a column for each role of journals', async () => {
  await saveProfit(world.store.db, 'demo-us', octoberProfit());
  const rows = (await profit('--csv')).stdout.split('\r\n');
  expect(rows[0]).toBe(
    'connection,month,currency,what,name,channel,units,sales,shipping,promotions,refunds,cost,fulfilment-fees,selling-fees,storage,skus,allocated,unallocated,profit,margin,ledger,difference',
  );
  expect(rows).toContain(
    'demo-us,2026-10,USD,sku,SKU-A,ours,1,40.00,3.69,-5.00,0.00,-15.00,-8.05,-6.09,,,0.00,,9.55,24.6,,',
  );
  expect(rows).toContain('demo-us,2026-10,USD,role,storage,,,,,,,,,,,0.00,0.00,-3.00,,,-3.00,0.00');
});
