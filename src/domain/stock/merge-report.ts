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
import { FreshRows } from './fresh-rows.ts';
import type { KeptRow } from './kept-stock.ts';
import { LedgerTable } from './ledger-table.ts';
import { poolOf, type Pool } from './pools.ts';
import { Identities, oppositeOf } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

export interface ReadReport {
  /** First and last day of the span that was asked for. */
  first: Day;
  last: Day;
  /** Days that may be cut, and only add: where nothing is said, the first and the last. */
  edges?: ReadonlySet<Day>;
  rows: LedgerTable;
  seen: Instant;
}

export interface MergedReport {
  /** New rows, opposites of those that were taken back among them. */
  fresh: FreshRows;
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
  const before = kept.filter(({ origin, day }) => origin === 'ledger' && report.first <= day && day <= report.last);
  const rows = before.length === 0 ? report.rows : LedgerTable.of(before);
  if (before.length > 0) rows.takeAll(report.rows);
  const alike = new AlikeRows(rows);
  const missing = missingRows(before, alike, report);
  const truncated = unsaidDays(missing, report.rows, { balances, summarised });
  const gone = missing.filter(({ day }) => !truncated.has(day));

  const identities = new Identities(rows);
  const opposites = gone.map((row) => oppositeOf(row, { day: today, seen: report.seen }));
  const fresh = new FreshRows(rows, report.seen, opposites);
  const changed: KeptRow[] = [];
  const poolOfRow = poolNames(rows, pools);
  const isDone = new Uint8Array(rows.length);
  for (let first = before.length; first < rows.length; first += 1) {
    const kind = alike.kind(first);
    if (isDone[kind] === 1) continue;
    isDone[kind] = 1;
    if (truncated.has(rows.text(first, 'day'))) continue;
    const known = knownOf(kind, alike, before);
    const standing = known.length === 0 ? known : known.filter(({ takenBack }) => takenBack === null);
    const takenBack = known.length - standing.length;
    for (let at = first, index = 0; at >= 0; at = alike.next(at), index += 1) {
      const same = standing[index];
      if (same === undefined) fresh.add(at, identities.idOf(at, takenBack + index + 1), poolOfRow(at));
      else if (hasChanged(same, rows, at)) changed.push({ ...same, ...mutableOf(rows, at) });
    }
  }
  return {
    fresh,
    takenBack: gone.map((row) => ({ ...row, takenBack: today })),
    changed,
    truncated: [...truncated].sort(),
  };
}

const NONE: readonly never[] = [];

/** Those of a kind that are kept, in their order. */
function knownOf(kind: number, alike: AlikeRows, before: readonly KeptRow[]): readonly KeptRow[] {
  if (kind >= before.length) return NONE;
  const known: KeptRow[] = [];
  for (let at = kind; at >= 0 && at < before.length; at = alike.next(at)) known.push(before[at]!);
  return known;
}

/** The pool of each row, looked for once for rows of one country that stand together. */
function poolNames(rows: LedgerTable, pools: readonly Pool[]): (row: number) => string | null {
  let [known, pool]: [string | null, string | null] = [null, null];
  return (row) => {
    const country = rows.text(row, 'country');
    if (known !== country) [known, pool] = [country, poolOf(pools, country)?.name ?? null];
    return pool;
  };
}

/** Kept rows of the days between that the report has no longer. */
function missingRows(
  before: readonly KeptRow[],
  alike: AlikeRows,
  { first, last, edges = new Set([first, last]) }: ReadReport,
): KeptRow[] {
  const missing: KeptRow[] = [];
  for (let kind = 0; kind < before.length; kind += 1) {
    if (alike.kind(kind) !== kind || edges.has(before[kind]!.day)) continue;
    const known = knownOf(kind, alike, before);
    let reported = 0;
    for (let at = kind; at >= 0; at = alike.next(at)) if (at >= before.length) reported += 1;
    missing.push(...known.filter(({ takenBack }) => takenBack === null).slice(reported));
  }
  return missing;
}

/** Days whose summary does not agree with the fewer rows, of each FNSKU, SKU, country and disposition that has fewer. */
function unsaidDays(
  missing: readonly KeptRow[],
  rows: LedgerTable,
  { balances, summarised }: { balances: Balances; summarised: ReadonlySet<Day> },
): ReadonlySet<Day> {
  const sums = new Map(missing.map(({ day }) => [day, new DaySums(day, balances)]));
  if (sums.size === 0) return new Set();
  for (const row of rows) sums.get(row.day)?.count(row, countedUnits(row));
  const agrees = (row: KeptRow) => summarised.has(row.day) && sums.get(row.day)!.agrees(row);
  return new Set(missing.filter((row) => !agrees(row)).map(({ day }) => day));
}

/** What changes of a row that is the same. */
function mutableOf(rows: LedgerTable, at: number): Pick<LedgerRow, 'title' | 'reconciled' | 'unreconciled'> {
  const { title, reconciled, unreconciled } = rows.row(at);
  return { title, reconciled, unreconciled };
}

function hasChanged(kept: KeptRow, rows: LedgerTable, at: number): boolean {
  const { title, reconciled, unreconciled } = mutableOf(rows, at);
  return kept.title !== title || kept.reconciled !== reconciled || kept.unreconciled !== unreconciled;
}
