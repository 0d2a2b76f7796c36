import { isSimulated } from '../../config/simulated.ts';
import { isOpen, type StockItemFacts, type StockStanding } from '../../domain/period/items/stock.ts';
import type { Database } from '../../store/database.ts';
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
  return { lastDay, whole, standings: [...(await withEnded(db, settings, ledger)), ...transit] };
}

/** Says of each standing that has something open whether it is gone by now. */
async function withEnded(
  db: Database,
  settings: Connection['settings'],
  standings: readonly StockStanding[],
): Promise<readonly StockStanding[]> {
  if (!standings.some(isOpen)) return standings;
  const now = await stockFiguresOn(db, settings, { on: null, isDemo: isSimulated(settings) });
  if (now === null || now.isBetween) return standings;
  const keyOf = ({ pool, item, place }: Pick<StockStanding, 'pool' | 'item' | 'place'>) =>
    JSON.stringify([pool, item, place]);
  const open = new Set(now.equations.filter(({ terms }) => isOpen(terms)).map(keyOf));
  return standings.map((one) => (isOpen(one) && !open.has(keyOf(one)) ? { ...one, endedSince: true } : one));
}
