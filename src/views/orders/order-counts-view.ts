import type { Database } from '../../store/database.ts';
import { countOrders, type OrderCounts } from '../../store/tie-out/tie-out-facts.ts';

export type OrderCountsView = OrderCounts;

/** How many orders of a connection are seen, dispatched, settled, how many wait, and how many documents they have. */
export function orderCountsView(db: Database, connection: string): Promise<OrderCountsView> {
  return countOrders(db, connection);
}
