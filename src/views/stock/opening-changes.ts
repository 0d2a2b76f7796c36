/** What somebody changed in NetSuite of openings that were booked: a document that is posted is not always there any more. */
import { isOpening } from '../../domain/stock/opening.ts';
import { placeAt } from '../../domain/stock/open-movements.ts';
import { differencesOf } from '../../domain/stock/own-differences.ts';
import { standingAgainst } from '../../domain/stock/undone.ts';
import type { Units } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { loadMovementsOf } from '../../store/stock/equation-parts.ts';
import type { LoadedStock } from '../../store/stock/kept-stock.ts';
import { stockExceptions } from './stock-exceptions.ts';
import type { StockFigures } from './stock-figures.ts';

export interface OpeningChanges {
  /** NetSuite's units less those that were booked, with what countered them. */
  units: Units[];
  /** What to do about them, by the exceptions that are open. */
  acts: { pool: string; act: string }[];
}

export async function openingChanges(
  db: Database,
  figures: StockFigures,
  { kept, documents }: Pick<LoadedStock, 'kept' | 'documents'>,
): Promise<OpeningChanges> {
  const { connection, netsuite, policy } = figures;
  // What was posted after NetSuite was read is not among its movements yet.
  const posted = documents.filter(
    ({ document, state, postedAt }) =>
      isOpening(document) && state === 'posted' && netsuite !== null && postedAt !== null && postedAt < netsuite.readAt,
  );
  const ids = new Set(posted.map(({ netsuiteId }) => netsuiteId!));
  const lines = await loadMovementsOf(db, connection, [...ids]);
  const differences = posted.flatMap(({ document, netsuiteId }) =>
    differencesOf(
      { document, netsuiteId: netsuiteId!, lines: lines.filter((line) => line.netsuiteId === netsuiteId) },
      policy.pools,
    ),
  );
  const units = [
    ...differences.flatMap(({ location, item, units: of }): Units[] => {
      const at = placeAt(policy.pools, location);
      return at === undefined ? [] : [{ ...at, item, units: of }];
    }),
    ...kept.offsets.filter(({ against }) => ids.has(against.document)),
  ].map(({ pool, place, item, units: of }) => ({ pool, place, item, units: of }));
  if (units.length === 0) return { units, acts: [] };
  const counters = kept.offsets.flatMap(({ against }) =>
    ids.has(against.document) ? standingAgainst(against, kept) : [],
  );
  const about = [...posted, ...documents.filter(({ externalId }) => counters.includes(externalId))];
  const pools = new Map(about.map(({ netsuiteId, document }) => [netsuiteId, document.pool]));
  const acts = (await stockExceptions(db, figures, new Set())).flatMap(({ code, key, act }) => {
    const pool = code === 'movement-foreign' ? pools.get(key) : undefined;
    return pool === undefined ? [] : [{ pool, act }];
  });
  return { units, acts };
}
