/** What Amazon's debts are told from, beside the reports: adjustments of the ledger, and where orders were sold. */
import type { Day } from '../../domain/money/instant.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { keptRowOf, ledgerRows } from './ledger-rows.ts';

/** Rows of the ledger with one of these reasons, from a day on. */
export async function loadAdjustments(
  db: Database,
  connection: string,
  { reasons, from }: { reasons: readonly string[]; from: Day },
): Promise<KeptRow[]> {
  const rows = await ledgerRows(db, connection)
    .where('event_type', '=', 'Adjustments')
    .where('reason', 'in', reasons)
    .where('day', '>=', from)
    .execute();
  return rows.map(keptRowOf);
}

/** Marketplace of each order that is known. */
export async function marketplacesOfOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of inBatches(orderIds, 4000)) {
    const rows = await db
      .selectFrom('orders')
      .select(['order_id', 'marketplace_id'])
      .where('connection', '=', connection)
      .where('order_id', 'in', some)
      .execute();
    for (const row of rows) found.set(row.order_id, row.marketplace_id);
  }
  return found;
}
