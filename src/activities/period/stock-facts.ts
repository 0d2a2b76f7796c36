import type { StockItemFacts } from '../../domain/period/items/stock.ts';
import { loadStandings, loadStockRun } from '../../store/stock/standings.ts';
import type { Connection } from '../connection.ts';
import type { MonthFrame } from './month-frame.ts';

/** Null where the connection has no stock flow. */
export async function stockFacts(
  { db, name, settings }: Connection,
  { lastDay }: MonthFrame,
): Promise<StockItemFacts | null> {
  if (settings.stock === undefined) return null;
  const run = await loadStockRun(db, name);
  const whole = run?.day ?? null;
  const standings = whole === null ? [] : await loadStandings(db, name, whole);
  return {
    lastDay,
    whole,
    standings: standings.map(({ pool, item, place, amazon, netsuite, terms }) => ({
      pool,
      item,
      place,
      amazon,
      netsuite,
      opening: terms.opening,
      foreign: terms.foreign,
      gap: terms.gap,
    })),
  };
}
