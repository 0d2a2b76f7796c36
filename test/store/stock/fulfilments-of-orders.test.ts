import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { openStore } from '../../../src/store/database.ts';
import { up } from '../../../src/store/stock/migrations/0023-fulfilments-of-orders.ts';
import { loadNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

test('orders of before the days were kept left at once, on the day of their last fulfilment; one that left in part is as it is', async () => {
  const owner = openStore(postgres.ownerUrl);
  await sql`alter table stock_transfer_orders drop column fulfilments`.execute(owner.db);
  await sql`insert into stock_netsuite values ('c', 'USD', '2026-10-08T00:00:00Z')`.execute(owner.db);
  await sql`insert into stock_transfer_orders values
    ('c', '1', 'FBA1', '2026-10-05', '[{"item": "MUG", "units": 6}, {"item": "TEA", "units": 2}]'),
    ('c', '2', 'FBA2', '2026-10-05', '[]'), ('c', '3', 'FBA3', null, '[{"item": "MUG", "units": 4}]')`.execute(
    owner.db,
  );
  await up(owner.db as unknown as Kysely<unknown>);
  await owner.close();
  const stock = (await loadNetSuiteStock(postgres.store.db, 'c'))!;
  expect(stock.transferOrders.map(({ fulfilments }) => fulfilments)).toEqual([
    [
      { day: '2026-10-05', item: 'MUG', units: 6 },
      { day: '2026-10-05', item: 'TEA', units: 2 },
    ],
    [],
    [],
  ]);
});
