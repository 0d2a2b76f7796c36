import type { ConnectionSettings } from '../../config/connection.ts';
import { itemsAgreeing } from '../../domain/stock/drift.ts';
import { isStockCode } from '../../domain/stock/stock-codes.ts';
import type { Database } from '../../store/database.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { loadStandings, loadStockRun } from '../../store/stock/standings.ts';

/** Stock as the status of a connection has it. */
export interface StockStatus {
  items: number;
  agree: number;
  /** At whose end; null while there is no whole day. */
  day: string | null;
  /** Numbers of its open exceptions; a SKU without an item is counted with the orders. */
  exceptions: number[];
}

/** Null where the connection has no stock. */
export async function stockStatus(
  db: Database,
  { name, stock }: Pick<ConnectionSettings, 'name' | 'stock'>,
): Promise<StockStatus | null> {
  if (stock === undefined) return null;
  const day = (await loadStockRun(db, name))?.day ?? null;
  const open = await openExceptions(db, name);
  return {
    ...itemsAgreeing(day === null ? [] : await loadStandings(db, name, day)),
    day,
    exceptions: open.filter(({ code }) => code !== 'sku-unknown' && isStockCode(code)).map(({ id }) => id),
  };
}
