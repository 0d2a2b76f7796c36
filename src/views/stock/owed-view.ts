/** What Amazon owes, by kind: units and what they cost, with what a claim must name and until when it is taken. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { addMonths } from '../../domain/money/instant.ts';
import { OWED_WORDS } from '../../domain/stock/render-stock.ts';
import { OWED_REASONS, owedByAmazon, type Owed } from '../../domain/stock/owed.ts';
import { stockAmount, sumOfAmounts } from '../../domain/stock/stock-worth.ts';
import { loadAdjustments, marketplacesOfOrders } from '../../store/stock/owed-facts.ts';
import { loadInboundDecided } from '../../store/stock/kept-stock.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadReceipts } from '../../store/stock/receipts.ts';
import { loadReportLines } from '../../store/stock/report-lines.ts';
import { daysBetween, loadStockFigures, type StockSource } from './stock-figures.ts';

/** Amounts are decimal texts in `currency`. */
export interface OwedView {
  connection: string;
  /** As of which day. */
  day: string;
  /** Of the subsidiary; null until NetSuite's costs are read: no cost is told. */
  currency: string | null;
  kinds: { kind: Owed['kind']; words: string; count: number; units: number; cost: string | null; unpriced: number }[];
  /** The nearest last day of a claim first; those without one behind. */
  owed: (Omit<Owed, 'references'> & { words: string; references: string[]; daysLeft: number | null })[];
}

/** So far back Amazon's reports go. */
const MONTHS = 18;

/** Null where the connection has no stock. */
export async function owedView(source: StockSource, settings: ConnectionSettings): Promise<OwedView | null> {
  const figures = await loadStockFigures(source, settings);
  if (figures === null) return null;
  const { db } = source.store;
  const { connection, policy, today, run, netsuite, items, costs } = figures;
  const from = addMonths(today, -MONTHS);
  const authorisations = netsuite?.authorisations ?? [];
  const sold = await marketplacesOfOrders(
    db,
    connection,
    authorisations.map(({ orderId }) => orderId),
  );
  const currency = netsuite?.currency ?? null;
  const owed = owedByAmazon(
    {
      rows: await loadAdjustments(db, connection, { reasons: OWED_REASONS, from }),
      authorisations,
      poolOfOrder: (orderId) => poolOfMarketplace(settings, sold.get(orderId)),
      shipments: await loadInbound(db, connection),
      standings: run?.inbound ?? [],
      inboundDecided: await loadInboundDecided(db, connection),
      reimbursements: await loadReportLines(db, connection, 'reimbursements', { from }),
      returns: await loadReportLines(db, connection, 'returns', { from }),
      receipts: (await loadReceipts(db, connection)).rows,
      from,
    },
    { pools: policy.pools, items, costs, currency, today },
  );
  return {
    connection,
    day: today,
    currency,
    kinds: (Object.keys(OWED_WORDS) as Owed['kind'][]).flatMap((kind) => {
      const own = owed.filter((one) => one.kind === kind);
      if (own.length === 0) return [];
      return [
        {
          kind,
          words: OWED_WORDS[kind],
          count: own.length,
          units: own.reduce((sum, { units }) => sum + units, 0),
          cost:
            currency === null
              ? null
              : sumOfAmounts(
                  own.map(({ cost }) => cost),
                  currency,
                ),
          unpriced: own.filter(({ cost }) => cost === null).length,
        },
      ];
    }),
    owed: owed
      .map((one) => ({
        ...one,
        references: [...one.references],
        cost: one.cost === null || currency === null ? null : stockAmount(one.cost, currency),
        words: OWED_WORDS[one.kind],
        daysLeft: one.lastDay === null ? null : daysBetween(today, one.lastDay),
      }))
      .sort((a, b) => compare(a.lastDay ?? '9', b.lastDay ?? '9') || compare(a.day, b.day)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The pool from which a marketplace ships: that of its location. */
function poolOfMarketplace(
  { marketplaces, stock }: ConnectionSettings,
  marketplace: string | undefined,
): string | null {
  const location = marketplaces.find(({ id }) => id === marketplace)?.location;
  return stock?.pools.find(({ sellable }) => sellable === location)?.name ?? null;
}
