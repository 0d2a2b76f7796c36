/** A settlement of 200,000 rows is tied order by order: its rows never stand in memory together. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { stageSettlement } from '../../src/activities/payouts/stage-settlement.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import { CONNECTION, connectionOn, invoiceOrders, SETTLEMENT, takeInReport } from './many-orders-setup.ts';

const ORDERS = 40_000;
const WITHOUT_INVOICE = 10;
/** Of V8's old space, half of which the process needs before it begins: with all rows at once it ran out of it. */
const MEGABYTES = 96;

let postgres: FreshPostgres;

beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

test('200,000 rows are tied in the memory of a few orders', async () => {
  const connection = connectionOn(postgres.store);
  await takeInReport(connection, ORDERS);
  await new MockActivityEnvironment().run(stageSettlement, connection, {
    connection: CONNECTION,
    settlementId: SETTLEMENT,
  });
  // As the step before leaves them.
  await postgres.store.pool.query(
    "update settlement_rows set role = case when amount_type = 'ItemPrice' and amount_description = 'Principal' then 'product-sales' when amount_type = 'ItemFees' then 'selling-fees' else 'marketplace-tax' end",
  );
  await invoiceOrders(postgres.store, WITHOUT_INVOICE);
  await postgres.store.pool.query('update settlements set map_version = 2');
  await postgres.store.pool.query('analyze');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--max-old-space-size=${MEGABYTES}`, '--import', 'tsx', fileURLToPath(new URL('tie-alone.ts', import.meta.url))],
    {
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: postgres.url },
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({ ties: { missing: WITHOUT_INVOICE, missingBeforeCutOver: 0 } });
}, 240_000);
