/** Open exceptions of stock, with the pool and the day that each is about. */
import { placeAt } from '../../domain/stock/open-movements.ts';
import { isStockCode } from '../../domain/stock/stock-codes.ts';
import type { Database } from '../../store/database.ts';
import { loadMovementsOf } from '../../store/stock/equation-parts.ts';
import { openOf, type ListedException } from '../exceptions/exceptions-view.ts';
import { daysOfExceptions, documentIn } from './exception-days.ts';
import type { StockFigures } from './stock-figures.ts';

export interface StockException {
  number: number;
  code: string;
  /** What it is raised under, once for each code. */
  key: string;
  /** A few words. */
  title: string;
  /** What to do about it, the command where there is one. */
  act: string;
  since: string;
  /** Null where it is about none, or about all. */
  pool: string | null;
  /** First day of what it is about; null where it is about none, or about all. */
  day: string | null;
}

/**
 * In the order in which they came; a SKU without an item only where stock has it. Of a day that is past those that may concern
 * its figures, as they are open now.
 */
export async function stockExceptions(
  db: Database,
  figures: StockFigures,
  skusOfStock: ReadonlySet<string>,
): Promise<StockException[]> {
  const open = (await openOf(db, figures.connection)).filter(
    ({ code, key }) => isStockCode(code) && (code !== 'sku-unknown' || skusOfStock.has(key)),
  );
  const pools = await poolsOf(db, figures, open);
  const days = await daysOfExceptions(db, figures.connection, figures.run, open);
  return open
    .map(({ number, code, key, title, act, since }) => ({
      number,
      code,
      key,
      title,
      act,
      since,
      pool: pools.get(number) ?? null,
      day: days.get(number) ?? null,
    }))
    .filter(({ day }) => !figures.isPast || day === null || day <= figures.day!);
}

/** By number: the pool that its key names, or that of the shipment, the movement or the row that it is about. */
async function poolsOf(
  db: Database,
  { connection, policy, run }: StockFigures,
  open: readonly ListedException[],
): Promise<Map<number, string>> {
  const names = policy.pools.map(({ name }) => name);
  if (names.length === 1) return new Map(open.map(({ number }) => [number, names[0]!]));
  const movements = await loadMovementsOf(
    db,
    connection,
    open.map(({ key }) => documentIn(key)),
  );
  const pools = new Map<number, string>();
  for (const { number, code, key } of open) {
    const moved = movements.find(({ netsuiteId }) => netsuiteId === documentIn(key));
    const pool =
      names.find((name) => key.startsWith(`${name} `) || key.includes(`_${name}-`)) ??
      run?.inbound.find(({ shipmentId }) => key.includes(shipmentId))?.pool ??
      (moved && placeAt(policy.pools, moved.location)?.pool) ??
      run?.waiting.find((row) => row.reason === code && (row.sku === key || key.endsWith(` ${row.sku}`)))?.pool;
    if (pool !== undefined && pool !== null) pools.set(number, pool);
  }
  return pools;
}
