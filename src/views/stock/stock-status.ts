import type { ConnectionSettings } from '../../config/connection.ts';
import { itemsAgreeing } from '../../domain/stock/drift.ts';
import { isStockCode } from '../../domain/stock/stock-codes.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { standingRowsOf } from './standing-rows.ts';
import { loadStockFigures, type StockSource } from './stock-figures.ts';

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
export async function stockStatus(source: StockSource, settings: ConnectionSettings): Promise<StockStatus | null> {
  const figures = await loadStockFigures(source, settings);
  if (figures === null) return null;
  const open = await openExceptions(source.store.db, settings.name);
  return {
    ...itemsAgreeing(standingRowsOf(figures)),
    day: figures.day,
    exceptions: open.filter(({ code }) => code !== 'sku-unknown' && isStockCode(code)).map(({ id }) => id),
  };
}
