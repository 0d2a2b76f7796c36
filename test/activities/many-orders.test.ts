/**
 * A settlement above 25,000 rows on a database that is new: Postgres knows nothing about its tables, and nobody analyses
 * them beside (autovacuum is off, so that this is so at every run). What stands still runs into the test's timeout.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { classifySettlement } from '../../src/activities/payouts/classify-settlement.ts';
import { loadPayout } from '../../src/activities/payouts/payout-setup.ts';
import { planJournal } from '../../src/activities/payouts/plan-journal.ts';
import { stageSettlement } from '../../src/activities/payouts/stage-settlement.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { applicationsOf } from '../../src/store/payouts/applications.ts';
import { NO_AUTOVACUUM, startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import { CONNECTION, connectionOn, invoiceOrders, SETTLEMENT, takeInReport } from './many-orders-setup.ts';

const ORDERS = 6000;
const WITHOUT_INVOICE = 40;
const REF = { connection: CONNECTION, settlementId: SETTLEMENT };

let postgres: FreshPostgres;
let connection: Connection;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  await postgres.asOwner(NO_AUTOVACUUM);
  connection = connectionOn(postgres.store);
}, 60_000);
afterAll(() => postgres?.stop());

describe('a settlement of 30,000 rows on a new database', () => {
  test('goes from its report to its journal', async () => {
    await takeInReport(connection, ORDERS);
    const environment = new MockActivityEnvironment();
    expect(await environment.run(stageSettlement, connection, REF)).toEqual({ result: 'staged', rows: 30_000 });
    await invoiceOrders(postgres.store, WITHOUT_INVOICE);
    expect(await classifySettlement(connection, REF)).toEqual({ result: 'classified' });
    expect(await tieSettlement(connection, REF)).toEqual({ missing: WITHOUT_INVOICE, missingBeforeCutOver: 0 });
    const intents = await planJournal(await loadPayout(connection, REF));
    // 20.00 of each order is its invoice's; 6.86 of fees are the journal's, and 13.14 is paid out.
    expect(intents.map(({ total }) => total)).toEqual([20_00n * 6000n]);
    const applications = await applicationsOf(postgres.store.db, CONNECTION, SETTLEMENT);
    expect([applications.length, new Set(applications.map(({ amount }) => amount))]).toEqual([
      ORDERS - WITHOUT_INVOICE,
      new Set([20_00n]),
    ]);
    // A second look ties the same.
    expect(await tieSettlement(connection, REF)).toEqual({ missing: WITHOUT_INVOICE, missingBeforeCutOver: 0 });
    expect(await applicationsOf(postgres.store.db, CONNECTION, SETTLEMENT)).toEqual(applications);
  }, 240_000);

  test('leaves statistics of its rows behind, once they are staged', async () => {
    const { rows } = await postgres.store.pool.query<{ rows: number }>(
      "select reltuples::int as rows from pg_class where relname = 'settlement_rows'",
    );
    expect(rows).toEqual([{ rows: 30_000 }]);
  });
});
