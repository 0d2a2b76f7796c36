import { heartbeat } from '@temporalio/activity';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { addDays, dayIn, type Day, type Instant } from '../../domain/money/instant.ts';
import { DayDigests, type DayDigest } from '../../domain/stock/day-digest.ts';
import { agreesWithBalance, groupKey, mergeDay, type TruncatedDay } from '../../domain/stock/merge-day.ts';
import type { LedgerBalance, LedgerRow } from '../../domain/stock/stock-facts.ts';
import { loadBalancesOn, loadSummarisedDays } from '../../store/stock/ledger-balances.ts';
import { loadDayDigests, loadLedgerDay, saveLedgerDay, type LedgerDayChange } from '../../store/stock/ledger-rows.ts';
import type { Connection } from '../connection.ts';
import { readReport, whenDue } from './stock-reading.ts';

/** Rows that are in memory at once while changed days are compared: a day of a large seller. */
const ROWS_AT_ONCE = 100_000;

/**
 * The ledger's detail view of the last weeks. The file is read once to find the days that changed, and again for those, a
 * few days at a time, so that memory does not grow with it. A report that lacks rows which are kept, without a summary that
 * agrees, is not whole: nothing of it is taken in (`ledger-truncated`). Idempotent: rows are kept once.
 */
export function takeInLedger(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'ledger', async (from, now) => {
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
      await raiseTruncated(connection, changes);
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
  open: () => AsyncGenerator<LedgerRow[]>,
  changed: ReadonlyMap<Day, DayDigest>,
  { first, now, edges }: Window,
): Promise<TruncatedDay | { news: number }> {
  const { db, name } = connection;
  const summarised = new Set(await loadSummarisedDays(db, name, first));
  const held: LedgerDayChange[] = [];
  let news = 0;
  const write = async (change: LedgerDayChange) => {
    await saveLedgerDay(db, name, change, now);
    news += change.added.length + change.takenBack.length;
    heartbeat(news);
  };
  for (const some of inPieces(changed)) {
    const rows = await rowsOf(open, some);
    for (const day of some) {
      const kept = await loadLedgerDay(db, name, day);
      const reported = rows.get(day) ?? [];
      const change = mergeDay({
        day,
        kept,
        reported,
        isEdge: edges.has(day),
        noticedOn: dayIn(now, timeZoneOf(connection.settings, null)),
        agrees: kept.length === 0 || !summarised.has(day) ? () => false : await agreementOn(connection, day),
      });
      if ('truncated' in change) return change;
      const whole: LedgerDayChange = { day, ...changed.get(day)!, ...change };
      if (kept.length === 0) await write(whole);
      else held.push(whole);
    }
  }
  for (const change of held) await write(change);
  return { news };
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

async function rowsOf(open: () => AsyncGenerator<LedgerRow[]>, days: readonly Day[]): Promise<Map<Day, LedgerRow[]>> {
  const rows = new Map<Day, LedgerRow[]>(days.map((day) => [day, []]));
  for await (const batch of open()) {
    for (const row of batch) rows.get(row.day)?.push(row);
    heartbeat();
  }
  return rows;
}

/** Whether rows of a group are what the balance moved by on a day whose summary has come. */
async function agreementOn({ db, name }: Connection, day: Day) {
  const [before, on] = await Promise.all([
    loadBalancesOn(db, name, addDays(day, -1)),
    loadBalancesOn(db, name, day),
  ]).then((both) => both.map((balances) => new Map(balances.map((balance) => [groupKey(balance), balance]))));
  return (group: Parameters<typeof groupKey>[0], rows: readonly LedgerRow[]): boolean => {
    const held = (balances: Map<string, LedgerBalance> | undefined) => balances?.get(groupKey(group));
    return agreesWithBalance(rows, held(before), held(on));
  };
}

async function raiseTruncated(connection: Connection, { truncated }: TruncatedDay): Promise<void> {
  const { day, sku, kept, reported } = truncated;
  await connection.raise({
    code: 'ledger-truncated',
    key: 'ledger',
    subject: { kind: 'report', id: 'GET_LEDGER_DETAIL_VIEW_DATA' },
    evidence: {
      what: `the ledger of ${day} has ${reported} rows of ${sku} where ${kept} were read before, and the day's summary does not agree with the fewer; nothing of this report was taken in`,
      atStake: null,
      currency: null,
    },
    remedy: { kind: 'wait', until: 'the report is asked for again within the hour; a whole one ends this' },
  });
}
