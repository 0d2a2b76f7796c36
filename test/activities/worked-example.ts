/**
 * The worked example of two settlements (test/golden/settlements): an order of two items, dispatched and billed at 65.99; the
 * refund of the second, 25.00; payouts of 20.02 and 11.50. And the activities that lead up to a step.
 */
import { readFileSync } from 'node:fs';
import { importStatement } from '../../src/activities/bank/import-statement.ts';
import { takeInEventGroups } from '../../src/activities/intake/take-in-event-groups.ts';
import { takeInOrders } from '../../src/activities/intake/take-in-orders.ts';
import { takeInRefunds } from '../../src/activities/intake/take-in-refunds.ts';
import { recordReport, storeReport } from '../../src/activities/intake/take-in-report.ts';
import { takeInSettlements } from '../../src/activities/intake/take-in-settlements.ts';
import { takeInShipments } from '../../src/activities/intake/take-in-shipments.ts';
import { postFulfilment } from '../../src/activities/orders/post-fulfilment.ts';
import { billShipment } from '../../src/activities/orders/bill-shipment.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../src/activities/orders/post-refund.ts';
import { postSalesOrder } from '../../src/activities/orders/post-sales-order.ts';
import { applyPayout } from '../../src/activities/payouts/apply-payout.ts';
import { classifySettlement } from '../../src/activities/payouts/classify-settlement.ts';
import { matchMovements } from '../../src/activities/payouts/match-movements.ts';
import { postJournal } from '../../src/activities/payouts/post-journal.ts';
import { postMovements } from '../../src/activities/payouts/post-movements.ts';
import { stageSettlement } from '../../src/activities/payouts/stage-settlement.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import type { StatementImportResult } from '../../src/contracts/bank/statement-import.ts';
import type { PayoutRef } from '../../src/contracts/payouts/payout-activities.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { saveFile } from '../../src/store/files/files.ts';
import { loadRefunds } from '../../src/store/orders/refunds.ts';
import { loadShipments } from '../../src/store/orders/shipments.ts';
import type { FreshPostgres } from '../store/fresh-postgres.ts';
import { openAccount, type AccountOptions, type AccountUnderTest } from './account-under-test.ts';

export const ORDER = '113-1111111-2222222';
export const [FIRST, SECOND] = ['26100000001', '26100000002'];
export const FILES = ['order-and-reserve-usd.txt', 'refund-and-reimbursement-usd.txt'].map((name) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../golden/settlements/${name}`, import.meta.url))),
}));
/** Both payouts are on the statement by then. */
const NOW = '2026-11-20T12:00:00Z';

export const WORLD = worldFromSettlements(FILES);
/** Without the item of one of its SKUs. */
export const without = (sku: string): AmazonWorld => ({
  ...WORLD,
  catalogue: WORLD.catalogue.map((product) => (product.sku === sku ? { ...product, inNetSuite: false } : product)),
});

export const openWorkedExample = (postgres: FreshPostgres, options: Partial<AccountOptions> = {}) =>
  openAccount(postgres, { world: WORLD, now: NOW, ...options });

export async function takeEverythingIn(account: AccountUnderTest): Promise<void> {
  for (const take of [takeInOrders, takeInShipments, takeInRefunds, takeInSettlements, takeInEventGroups])
    await account.run<object, unknown>(take);
}

/** Keys of the order's one shipment and one refund. */
export async function keysOf({ connection, name }: AccountUnderTest): Promise<{ shipment: string; refund: string }> {
  const [shipment] = await loadShipments(connection.db, name, ORDER);
  const [refund] = await loadRefunds(connection.db, name, ORDER);
  return { shipment: shipment!.key, refund: refund!.key };
}

/** Every document of the order, up to its credit memo. */
export async function postOrder(account: AccountUnderTest): Promise<void> {
  const { shipment, refund } = await keysOf(account);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  await account.run(postFulfilment, { orderId: ORDER, shipment });
  await account.run(billShipment, { orderId: ORDER, shipment });
  await account.run(postReturnAuthorisation, { orderId: ORDER, refund });
  await account.run(postCreditMemo, { orderId: ORDER, refund });
}

/** What NetSuite holds of the account, in the order in which it was posted: `INV 65.99`. */
export async function held({ connection, name }: AccountUnderTest): Promise<string[]> {
  const rows = await connection.netsuite.suiteql(
    `SELECT externalid, foreigntotal FROM transaction WHERE externalid LIKE 'AMZ_${name}_%' ORDER BY id`,
  );
  return rows.map((row) => `${row['externalid']!.split('_')[2]} ${row['foreigntotal']}`);
}

/** The steps of a payout in their order, those that ask Amazon about earlier orders left out. */
const STEPS = {
  stage: stageSettlement,
  classify: classifySettlement,
  tie: tieSettlement,
  journal: postJournal,
  apply: applyPayout,
  match: matchMovements,
  movements: postMovements,
};

/** Runs the steps of a payout up to one of them, and that too. */
export async function upTo(account: AccountUnderTest, last: keyof typeof STEPS, settlementId = FIRST): Promise<void> {
  for (const [name, step] of Object.entries(STEPS)) {
    await account.run<PayoutRef, unknown>(step, { settlementId });
    if (name === last) return;
  }
}

/** The bank's statement as it stands, taken in like any file. */
export async function takeInStatement(account: AccountUnderTest): Promise<StatementImportResult> {
  const sha256 = await saveFile(account.connection.db, 'bank.ofx', [await account.statement('bank')], NOW);
  return account.run(importStatement, { sha256, name: 'bank.ofx', account: 'bank' });
}

/** A report is stored and written down as intake does it; of a settlement that is known it is one issued again. */
export async function bring({ connection }: AccountUnderTest, { bytes }: { bytes: Uint8Array }): Promise<string> {
  const { header, sha256 } = await storeReport(
    connection,
    'report',
    (async function* () {
      yield bytes;
    })(),
  );
  await recordReport(connection, header!, sha256);
  return header!.settlementId;
}
