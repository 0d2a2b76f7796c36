import { heartbeat } from '@temporalio/activity';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { isDueAgain } from '../../domain/clocks/due-again.ts';
import { addDays, epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { openDays } from '../../store/period/transactions.ts';
import type { Connection } from '../connection.ts';
import { amazonsNow } from './months-due.ts';
import { keepFinances } from '../intake/keep-finances.ts';
import { throughQuota } from '../intake/read-pages.ts';
import { OVERLAP_MS } from '../intake/take-in-refunds.ts';

const DAY_MS = 24 * 3_600_000;
/** No deferral is known that lasts longer; Finances itself takes windows of 180 days. */
const LONGEST_MS = 180 * DAY_MS;
/** Read at one look. Amazon gives one every two seconds, and refunds are read from the same quota. */
const MOST_PAGES = 60;
const SOURCE = 'open-transactions';

/** When a pass began, and from which instant on it is still to go; null once it is through. */
interface Pass {
  began: Instant;
  next: Instant | null;
}

/**
 * Reads the days again, before those that each look reads anyway, on which transactions were posted that are deferred still or
 * in no event group: Finances changes status and group in place, under their old instant. At most one pass a day, so many pages
 * at a look; the next one goes on where this one stopped. A refund that Amazon told later than it says it does is found so.
 * Idempotent: a transaction is kept as it was last told.
 */
export async function takeInOpenTransactions(connection: Connection, _?: OfConnection): Promise<{ pages: number }> {
  const { db, name, settings } = connection;
  const now = await amazonsNow(connection);
  const pass = passOf(await readMark(db, name, SOURCE), now);
  if (pass === null) return { pages: 0 };
  const oldest = instantOf(epochMsOf(now) - LONGEST_MS);
  const from = pass.next ?? (oldest < settings.cutOver ? settings.cutOver : oldest);
  const until = instantOf(epochMsOf(now) - OVERLAP_MS);
  let pages = 0;
  for (const day of await openDays(db, name, from, until)) {
    if (pages >= MOST_PAGES) {
      await writeMark(db, name, SOURCE, JSON.stringify({ began: pass.began, next: `${day}T00:00:00Z` } satisfies Pass));
      return { pages };
    }
    pages += await readDay(connection, day, now);
  }
  await writeMark(db, name, SOURCE, JSON.stringify({ began: pass.began, next: null } satisfies Pass));
  return { pages };
}

/** The pass that is under way, or a new one where the last began a day ago; null where there is nothing to do yet. */
function passOf(mark: string | null, now: Instant): Pass | null {
  const last = mark === null ? null : (JSON.parse(mark) as Pass);
  if (last === null || last.began > now) return { began: now, next: null };
  if (last.next !== null) return last;
  return isDueAgain(last.began, DAY_MS, now) ? { began: now, next: null } : null;
}

/** @param day by UTC */
async function readDay(connection: Connection, day: string, now: Instant): Promise<number> {
  const window = { postedAfter: `${day}T00:00:00Z`, postedBefore: `${addDays(day, 1)}T00:00:00Z` };
  let pages = 0;
  for (let token: string | null = ''; token !== null;) {
    const nextToken: string = token;
    const page = await throughQuota(() =>
      connection.amazon.listTransactions({ ...window, ...(nextToken === '' ? {} : { nextToken }) }),
    );
    await keepFinances(connection, page, now);
    pages += 1;
    heartbeat(pages);
    token = page.nextToken;
  }
  return pages;
}
