import { timeZoneOf } from '../../config/time-zone.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { BalancesRead } from '../../contracts/period/balances-on.ts';
import { addDays, dayIn, epochMsOf, instantOf, startOfDay, type Day } from '../../domain/money/instant.ts';
import type { AccountFacts } from '../../domain/period/items/balances.ts';
import {
  accountOnDay,
  explainUnfinishedDay,
  explainUnknownDay,
  monthUpTo,
  type AccountOnDay,
} from '../../domain/period/standing-on.ts';
import { readMark } from '../../store/intake/marks.ts';
import { saveBalancesOn } from '../../store/period/balances-on.ts';
import { confirmedOpenings } from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';
import { accountsUpTo } from './close-balances.ts';
import { TELLS_WITHIN_MS } from './month-frame.ts';

/**
 * What NetSuite and our documents have on each account at the end of a day, as of now. Posts nothing and takes the place of
 * what was read of the day before, so it may run any number of times.
 */
export async function readBalancesOn(
  connection: Connection,
  { day }: OfConnection & { day: Day },
): Promise<BalancesRead> {
  const { db, name, settings } = connection;
  const zone = timeZoneOf(settings, null);
  const readAt = await connection.now();
  const today = dayIn(readAt, zone);
  const unknown = explainUnknownDay(day, { cutOver: dayIn(settings.cutOver, zone), today });
  if (unknown !== null) return { unknown };
  const unfinished = explainUnfinishedDay(day, {
    today,
    toldUpTo: await readMark(db, name, 'refunds'),
    toldBy: instantOf(epochMsOf(startOfDay(addDays(day, 1), zone)) + TELLS_WITHIN_MS),
  });
  const facts = await accountsUpTo(connection, monthUpTo(day));
  await saveBalancesOn(db, name, { day, readAt, unfinished, accounts: await onDay(connection, facts, day) });
  return { readAt };
}

/** Beside what was confirmed as their openings before the first month. */
export async function onDay(
  { db, name }: Connection,
  accounts: readonly AccountFacts[],
  day: Day,
): Promise<AccountOnDay[]> {
  const confirmed = await confirmedOpenings(db, name);
  return accounts.map((facts) => {
    const said = confirmed.find(({ account, currency }) => account === facts.account && currency === facts.currency);
    return accountOnDay(facts, said?.amount ?? 0n, monthUpTo(day));
  });
}
