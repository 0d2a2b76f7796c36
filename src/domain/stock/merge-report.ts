/**
 * A new report beside the rows that are kept. More equal rows than before are new ones. The first and last day of a report
 * may be cut and only add. Fewer on the days between count only where that day's summary agrees with the fewer; else the
 * report is cut short there: the day stays out and is asked for again (stock.md, *The rows*).
 */
import type { Day, Instant } from '../money/instant.ts';
import { AlikeRows } from './alike-rows.ts';
import type { Balances } from './balances.ts';
import { countedUnits } from './day-complete.ts';
import { DaySums } from './day-sums.ts';
import type { KeptRow } from './kept-stock.ts';
import { poolOf, type Pool } from './pools.ts';
import { Identities, oppositeOf } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

export interface ReadReport {
  /** First and last day of the span that was asked for. */
  first: Day;
  last: Day;
  /** Days that may be cut, and only add: where nothing is said, the first and the last. */
  edges?: ReadonlySet<Day>;
  rows: readonly LedgerRow[];
  seen: Instant;
}

export interface MergedReport {
  /** New rows, opposites of those that were taken back among them. */
  fresh: KeptRow[];
  /** Kept rows that are taken back from now on. */
  takenBack: KeptRow[];
  /** Kept rows whose title or reconciled quantities are others now. */
  changed: KeptRow[];
  /** Days that stayed out (`ledger-truncated`): they have fewer rows than are kept, and no summary that says so. */
  truncated: Day[];
}

/**
 * @param kept all rows of the ledger of the report's span
 * @param summarised days of which the summary was read to the end, of all countries that the report has
 * @param today the day on which what is missing is noticed
 */
export function mergeReport(
  kept: readonly KeptRow[],
  report: ReadReport,
  {
    pools,
    balances,
    summarised,
    today,
  }: {
    pools: readonly Pool[];
    balances: Balances;
    summarised: ReadonlySet<Day>;
    today: Day;
  },
): MergedReport {
  const known = new AlikeRows(
    kept.filter(({ origin, day }) => origin === 'ledger' && report.first <= day && day <= report.last),
  );
  const read = new AlikeRows(report.rows);
  const missing = missingRows(known, read, report);
  const truncated = unsaidDays(missing, report.rows, { balances, summarised });

  const identities = new Identities();
  const fresh: KeptRow[] = [];
  const changed: KeptRow[] = [];
  const poolOfRow = poolNames(pools);
  for (const kind of read.kinds) {
    const first = report.rows[kind]!;
    if (truncated.has(first.day)) continue;
    const before = known.like(first);
    const standing = before.length === 0 ? before : before.filter(({ takenBack }) => takenBack === null);
    const takenBack = before.length - standing.length;
    for (let at = kind, index = 0; at >= 0; at = read.next(at), index += 1) {
      const row = report.rows[at]!;
      const same = standing[index];
      if (same === undefined)
        fresh.push(keptOf(row, identities.idOf(row, takenBack + index + 1), poolOfRow(row), report.seen));
      else if (hasChanged(same, row))
        changed.push({ ...same, title: row.title, reconciled: row.reconciled, unreconciled: row.unreconciled });
    }
  }
  const gone = missing.filter(({ day }) => !truncated.has(day));
  return {
    fresh: [...fresh, ...gone.map((row) => oppositeOf(row, { day: today, seen: report.seen }))],
    takenBack: gone.map((row) => ({ ...row, takenBack: today })),
    changed,
    truncated: [...truncated].sort(),
  };
}

/** Every field by name: there are a million rows in a month, and spreading them takes most of the time of reading one. */
function keptOf(row: LedgerRow, id: string, pool: string | null, seen: Instant): KeptRow {
  return {
    day: row.day,
    fnsku: row.fnsku,
    sku: row.sku,
    asin: row.asin,
    title: row.title,
    eventType: row.eventType,
    reason: row.reason,
    reference: row.reference,
    quantity: row.quantity,
    centre: row.centre,
    country: row.country,
    disposition: row.disposition,
    reconciled: row.reconciled,
    unreconciled: row.unreconciled,
    id,
    pool,
    origin: 'ledger',
    seen,
    takenBack: null,
    opposes: null,
    own: null,
  };
}

/** The pool of each row, looked for once for rows of one country that stand together. */
function poolNames(pools: readonly Pool[]): (row: LedgerRow) => string | null {
  let [country, pool]: [string, string | null] = ['', poolOf(pools, '')?.name ?? null];
  return (row) => {
    if (row.country !== country) [country, pool] = [row.country, poolOf(pools, row.country)?.name ?? null];
    return pool;
  };
}

/** Kept rows of the days between that the report has no longer. */
function missingRows(
  known: AlikeRows<KeptRow>,
  read: AlikeRows<LedgerRow>,
  { first, last, edges = new Set([first, last]) }: ReadReport,
): KeptRow[] {
  return known.kinds.flatMap((kind) => {
    const rows = known.ofKind(kind);
    const [first] = rows as [KeptRow];
    if (edges.has(first.day)) return [];
    return rows.filter(({ takenBack }) => takenBack === null).slice(read.like(first).length);
  });
}

/** Days whose summary does not agree with the fewer rows, of each FNSKU, SKU, country and disposition that has fewer. */
function unsaidDays(
  missing: readonly KeptRow[],
  rows: readonly LedgerRow[],
  { balances, summarised }: { balances: Balances; summarised: ReadonlySet<Day> },
): ReadonlySet<Day> {
  const sums = new Map(missing.map(({ day }) => [day, new DaySums(day, balances)]));
  if (sums.size === 0) return new Set();
  for (const row of rows) sums.get(row.day)?.count(row, countedUnits(row));
  const agrees = (row: KeptRow) => summarised.has(row.day) && sums.get(row.day)!.agrees(row);
  return new Set(missing.filter((row) => !agrees(row)).map(({ day }) => day));
}

function hasChanged(kept: KeptRow, row: LedgerRow): boolean {
  return kept.title !== row.title || kept.reconciled !== row.reconciled || kept.unreconciled !== row.unreconciled;
}
