import { isSimulated } from '../../config/simulated.ts';
import type { StockItemFacts } from '../../domain/period/items/stock.ts';
import { stockFiguresOn } from '../../views/stock/stock-figures.ts';
import { transitRowsOf } from '../../views/stock/standing-rows.ts';
import type { Connection } from '../connection.ts';
import type { MonthFrame } from './month-frame.ts';

/** The equation of the month's last day, by all that is known now. Null where the connection has no stock flow. */
export async function stockFacts(
  { db, settings }: Connection,
  { lastDay }: MonthFrame,
): Promise<StockItemFacts | null> {
  const figures = await stockFiguresOn(db, settings, { on: lastDay, isDemo: isSimulated(settings) });
  if (figures === null) return null;
  const { run, equations, isBetween, astride } = figures;
  const whole = isBetween ? null : (run?.day ?? null);
  const ledger = equations.map(({ pool, item, place, amazon, netsuite, terms: { opening, foreign, gap } }) => ({
    pool,
    item,
    place,
    amazon,
    netsuite,
    opening,
    foreign,
    gap,
  }));
  // No row of the ledger counts what is in transit: what is known to end by itself is waiting, the rest a gap.
  const transit = transitRowsOf(figures).map(({ pool, item, amazon, netsuite, difference }) => {
    const own = astride.filter((one) => one.pool === pool && one.item === item && one.ends !== null);
    const ending = own.reduce((sum, { units }) => sum + units, 0);
    return { pool, item, place: 'inTransit', amazon, netsuite, opening: 0, foreign: 0, gap: difference - ending };
  });
  return { lastDay, whole, standings: [...ledger, ...transit] };
}
