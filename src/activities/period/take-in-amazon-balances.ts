import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { saveBalances } from '../../store/period/amazon-balances.ts';
import type { Connection } from '../connection.ts';
import { throughQuota } from '../intake/read-pages.ts';
import { amazonsNow, askedToday, monthsDue } from './months-due.ts';

const toldMarkOf = (day: string) => `amazon-balances:${day}`;
const askedMarkOf = (day: string) => `${toldMarkOf(day)}:asked`;

/**
 * Amazon's own balances at the end of each month, asked for once, from the third day after it. They stand beside the books and
 * raise nothing; where Amazon refuses them it is asked again once a day. Idempotent: a day is stored as a whole.
 */
export async function takeInAmazonBalances(connection: Connection, _?: OfConnection): Promise<{ days: number }> {
  const { db, name, amazon } = connection;
  const now = await amazonsNow(connection);
  let days = 0;
  for (const { lastDay } of monthsDue(connection, now)) {
    if ((await readMark(db, name, toldMarkOf(lastDay))) !== null) continue;
    if (await askedToday(connection, askedMarkOf(lastDay), now)) continue;
    const told = await throughQuota(() => amazon.listBalances({ asOfDate: lastDay })).catch(refusedAlone);
    await writeMark(db, name, askedMarkOf(lastDay), now);
    if (told === null) continue;
    const balances = told.map((balance) => ({ ...balance, askedAt: now }));
    await saveBalances(db, name, lastDay, balances);
    await writeMark(db, name, toldMarkOf(lastDay), now);
    days += 1;
  }
  return { days };
}

/** Null where Amazon has no such balance to tell; everything else is tried again. */
function refusedAlone(error: unknown): null {
  if (error instanceof AmazonFailure && ['rejected', 'not-found'].includes(error.code)) return null;
  throw error;
}
