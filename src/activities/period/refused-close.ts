/** Whether a connection's months can be closed at all: NetSuite's fiscal periods must be calendar months (close.md, *The period*). */
import { firstDayOf } from '../../domain/period/calendar.ts';
import { explainOtherPeriods } from '../../domain/period/fiscal-periods.ts';
import type { Database } from '../../store/database.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { firstMonth } from './month-frame.ts';

/** The setting that `setting-unknown` names. */
export const CLOSE_SETTING = 'close';

/** Why not, by NetSuite's periods from the month of the cut-over on; null where they are months. Asks NetSuite. */
export async function refusedClose(connection: Connection): Promise<string | null> {
  const { settings, netsuite } = connection;
  if (settings.close === undefined) return null;
  const first = firstDayOf(firstMonth(connection));
  const other = explainOtherPeriods(await netsuite.lookups.periodsFrom(first, { fresh: true }));
  return other === null ? null : `NetSuite account ${settings.netsuite.account} is not closed by months: ${other}`;
}

/** Whether the last check of the settings found so. */
export async function isCloseRefused(db: Database, connection: string): Promise<boolean> {
  return (await openKeys(db, connection, 'setting-unknown', CLOSE_SETTING)).includes(CLOSE_SETTING);
}
