import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { addDays, dayIn, type Day, type Instant } from '../../domain/money/instant.ts';
import { DayDigests, type DayDigest } from '../../domain/stock/day-digest.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import { LedgerTable } from '../../domain/stock/ledger-table.ts';
import { loadSummarisedDays } from '../../store/stock/ledger-balances.ts';
import { loadDayDigests, loadLedgerDay, saveLedgerDay, type LedgerDayChange } from '../../store/stock/ledger-rows.ts';
import type { Connection } from '../connection.ts';
import { mergedDay, raiseTruncated, type TruncatedDay } from './merged-day.ts';
import { readReport, whenDue } from './stock-reading.ts';
import { takeInReceiptsBefore } from './take-in-receipts-before.ts';

/** Rows that are in memory at once while changed days are compared: a day of a large seller. */
const ROWS_AT_ONCE = 100_000;

/**
 * The ledger's detail view of the last weeks. The file is read once to find the days that changed, and again for those, a
 * few days at a time, so that memory does not grow with it. A report that lacks rows which are kept, without a summary that
 * agrees, is not whole: nothing of it is taken in (`ledger-truncated`). Idempotent: rows are kept once.
 */
export function takeInLedger(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'ledger', async (from, now) => {
    await takeInReceiptsBefore(connection, now);
    const digests = new DayDigests();
    const report = await readReport(connection, { type: 'GET_LEDGER_DETAIL_VIEW_DATA', from }, (rows) => {
      for (const row of rows) digests.add(row);
      heartbeat();
    });
    if (report === null) return { result: 'cancelled' };
    const first = dayIn(new Date(from).toISOString(), 'UTC');
    const changed = await changedDays(connection, digests.days, first);
    const changes = await readChanges(connection, report.open, changed, {
      first,
      now,
      edges: edgesOf(first, [...digests.days.keys()], now),
    });
    if ('truncated' in changes) {
      await raiseTruncated(connection, 'ledger', changes);
      return { result: 'truncated' };
    }
    await connection.resolve('ledger-truncated', 'ledger', 'a report came that is whole');
    return { result: 'read', rows: report.rows, news: changes.news };
  });
}

/** Days that hash to something else than when they were last read, and those of which nothing is reported any more. */
async function changedDays(
  { db, name }: Connection,
  reported: ReadonlyMap<Day, DayDigest>,
  first: Day,
): Promise<Map<Day, DayDigest>> {
  const known = await loadDayDigests(db, name, first);
  const days = [...new Set([...reported.keys(), ...known.keys()])].sort();
  return new Map(
    days.flatMap((day): [Day, DayDigest][] => {
      const now = reported.get(day) ?? { digest: '', rows: 0 };
      return now.digest === (known.get(day) ?? '') ? [] : [[day, now]];
    }),
  );
}

interface Window {
  /** First day that was asked for. */
  first: Day;
  now: Instant;
  /** Days that may be cut: such a day only adds rows. */
  edges: ReadonlySet<Day>;
}

/** The first and last day of the report and of what was asked for; which day it is now depends on the region. */
function edgesOf(first: Day, reported: readonly Day[], now: Instant): Set<Day> {
  const today = dayIn(now, 'UTC');
  const days = [...reported].sort();
  return new Set([first, addDays(today, -1), today, days[0] ?? first, days.at(-1) ?? today]);
}

/**
 * Compares the changed days and writes them, unless one shows that the report is not whole: then nothing is written. What
 * takes rows away, or might, is held until all days were looked at; a day of which nothing was kept cannot, and is written
 * at once, so that a first reading of months does not stand in memory.
 */
async function readChanges(
  connection: Connection,
  open: () => AsyncGenerator<LedgerTable>,
  changed: ReadonlyMap<Day, DayDigest>,
  { first, now, edges }: Window,
): Promise<TruncatedDay | { news: number }> {
  const { db, name } = connection;
  const summarised = new Set((await loadSummarisedDays(db, name, first)).map(({ day }) => day));
  const held: LedgerDayChange[] = [];
  let news = 0;
  const write = async (change: LedgerDayChange) => {
    await saveLedgerDay(db, name, change);
    news += change.fresh.length + change.takenBack.length;
    heartbeat(news);
  };
  for (const some of inPieces(changed)) {
    const reported = await rowsOf(open, some);
    for (const day of some) {
      const kept = await loadLedgerDay(db, name, day);
      const rows = reported.get(day)!;
      const change = await mergedDay(connection, day, { kept, rows, isEdge: edges.has(day), summarised, now });
      if ('truncated' in change) return change;
      const digest = changed.get(day)!;
      // A day that may be cut and lacks rows is compared again, also where the next report says just the same of it.
      const isShort = edges.has(day) && lackedRows(kept, rows, change) > 0;
      const whole = { day, ...digest, ...(isShort ? { digest: '' } : {}), ...change };
      if (kept.length === 0) await write(whole);
      else held.push(whole);
    }
  }
  for (const change of held) await write(change);
  return { news };
}

/** Rows that stand, and that a report which took none back does not have. */
function lackedRows(
  kept: readonly KeptRow[],
  reported: LedgerTable,
  { fresh }: Pick<LedgerDayChange, 'fresh'>,
): number {
  const standing = kept.filter(({ origin, takenBack }) => origin === 'ledger' && takenBack === null);
  return standing.length + fresh.length - reported.length;
}

/** Days together that have no more rows than may stand in memory; one alone may have more. */
function* inPieces(days: ReadonlyMap<Day, DayDigest>): Generator<Day[]> {
  let some: Day[] = [];
  let rows = 0;
  for (const [day, digest] of days) {
    if (some.length > 0 && rows + digest.rows > ROWS_AT_ONCE) {
      yield some;
      [some, rows] = [[], 0];
    }
    some.push(day);
    rows += digest.rows;
  }
  if (some.length > 0) yield some;
}

async function rowsOf(open: () => AsyncGenerator<LedgerTable>, days: readonly Day[]): Promise<Map<Day, LedgerTable>> {
  const rows = new Map(days.map((day) => [day, new LedgerTable()]));
  for await (const batch of open()) {
    for (let at = 0; at < batch.length; at += 1) rows.get(batch.text(at, 'day'))?.take(batch, at);
    heartbeat();
  }
  return rows;
}
