/** What mappings that were just decided move in the books: all that Amazon has of a SKU when the day of the decision ends. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { Balances } from '../../domain/stock/balances.ts';
import { renderMappingMove } from '../../domain/stock/render-mapping-move.ts';
import type { MappingChange } from '../../domain/stock/sku-items.ts';
import { loadBalancesOn } from '../../store/stock/ledger-balances.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import { loadStockFigures, type StockSource } from './stock-figures.ts';

export interface MappingMoveView extends Pick<MappingChange, 'sku' | 'from' | 'to'> {
  /** At whose end it moves. */
  day: string;
  /** Of what is held; null where no day is whole yet. */
  asOf: string | null;
  /** What Amazon had of the SKU, in its units. */
  held: { pool: string; place: string; units: number }[];
  sentence: string;
}

/**
 * Of those SKUs that were another item before; rows of one that was none are answered by its item from the first on. None
 * where the connection has no stock, and none of a day that is over.
 */
export async function mappingMovesView(
  source: StockSource,
  settings: ConnectionSettings,
  skus: readonly string[],
): Promise<MappingMoveView[]> {
  const figures = skus.length === 0 ? null : await loadStockFigures(source, settings);
  if (figures === null) return [];
  const { db } = source.store;
  const { connection, policy, items, day: asOf } = figures;
  const timeZone = timeZoneOf(settings, null);
  const decided = await loadDecidedSkus(db, connection);
  const lastDay = new Map(decided.map(({ sku, at }) => [sku, dayIn(at, timeZone)]));
  const changes = items
    .changes()
    .filter(
      (change) =>
        skus.includes(change.sku) &&
        change.decided === lastDay.get(change.sku) &&
        change.decided >= policy.from &&
        (asOf === null || change.decided > asOf),
    );
  if (changes.length === 0) return [];
  const all = asOf === null ? [] : new Balances(await loadBalancesOn(db, connection, asOf)).bySku(policy.pools, asOf);
  return changes.map(({ sku, decided: day, from, to }) => {
    const held = all
      .flatMap(({ sku: of, ...at }) => (of === sku && at.units !== 0 ? [at] : []))
      .sort((a, b) => (`${a.pool} ${a.place}` < `${b.pool} ${b.place}` ? -1 : 1));
    const move = { sku, day, asOf, from, to, held };
    const pools = policy.pools.map(({ name }) => name);
    return { ...move, sentence: renderMappingMove(move, pools) };
  });
}
