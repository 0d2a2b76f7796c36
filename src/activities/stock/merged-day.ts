/** A day of a new report beside the rows of it that are kept. */
import { poolsOf } from '../../config/stock-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, type Day, type Instant } from '../../domain/money/instant.ts';
import { Balances } from '../../domain/stock/balances.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import { mergeReport, type MergedReport } from '../../domain/stock/merge-report.ts';
import type { LedgerTable } from '../../domain/stock/ledger-table.ts';
import { loadBalancesOn } from '../../store/stock/ledger-balances.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from './stock-reading.ts';

/** A day with fewer rows than are kept, and no summary that says so. */
export interface TruncatedDay {
  truncated: Day;
  kept: number;
  reported: number;
}

interface ReportedDay {
  kept: readonly KeptRow[];
  rows: LedgerTable;
  /** It may be cut, and only adds. */
  isEdge: boolean;
  /** Days whose summary was read. */
  summarised: ReadonlySet<Day>;
  now: Instant;
}

export async function mergedDay(
  connection: Connection,
  day: Day,
  { kept, rows, isEdge, summarised, now }: ReportedDay,
): Promise<TruncatedDay | Pick<MergedReport, 'fresh' | 'takenBack' | 'changed'>> {
  const { truncated, ...change } = mergeReport(
    kept,
    { first: day, last: day, edges: new Set(isEdge ? [day] : []), rows, seen: now },
    {
      pools: poolsOf(stockSettings(connection)),
      balances: new Balances(kept.length === 0 ? [] : await balancesAround(connection, day)),
      summarised,
      today: dayIn(now, timeZoneOf(connection.settings, null)),
    },
  );
  return truncated.length > 0 ? { truncated: day, kept: kept.length, reported: rows.length } : change;
}

/** Balances at the end of a day and before it: what its rows have to come to. */
async function balancesAround({ db, name }: Connection, day: Day) {
  const both = await Promise.all([loadBalancesOn(db, name, addDays(day, -1)), loadBalancesOn(db, name, day)]);
  return both.flat();
}

/** @param key of the exception: which reading it was */
export async function raiseTruncated(
  connection: Connection,
  key: string,
  { truncated, kept, reported }: TruncatedDay,
): Promise<void> {
  await connection.raise({
    code: 'ledger-truncated',
    key,
    subject: { kind: 'report', id: 'GET_LEDGER_DETAIL_VIEW_DATA' },
    evidence: {
      what: `the ledger of ${truncated} has ${reported} rows where ${kept} were read before, and the day's summary does not agree with the fewer; nothing of this report was taken in`,
      atStake: null,
      currency: null,
    },
    remedy: { kind: 'wait', until: 'the report is asked for again within the hour; a whole one ends this' },
  });
}
