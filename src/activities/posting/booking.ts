/** The day and period under which a document is sent, by the closed-period policy of its connection. */
import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { kindOf, type Purpose } from '../../domain/documents/document-kinds.ts';
import {
  bookingDay,
  type AccountingPeriod,
  type BookingDay,
  type ClosedPeriodPolicy,
} from '../../domain/journal/booking-day.ts';
import { monthOf, type Day } from '../../domain/money/instant.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';
import { signedPeriods } from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';

export type Booking =
  { takes: true; date: Day; trueDay: Day | null; fields: JsonObject } | Extract<BookingDay, { takes: false }>;
type Dated = Pick<DocumentIntent, 'date' | 'trueDay'> & { key: { purpose: Purpose } };

/** `policy` is that of the connection unless the date must stay; `fresh` where what was read a minute ago is not good enough. */
export interface BookingChoice {
  policy?: ClosedPeriodPolicy;
  fresh?: boolean;
}

/**
 * A day that was written down is where one begins: a document that was moved is moved on if need be, never back, and its
 * true day stays the first.
 */
export async function bookingOf(
  connection: Connection,
  { key, date, trueDay = null }: Dated,
  { policy = connection.settings.closedPeriod, fresh = false }: BookingChoice = {},
): Promise<Booking> {
  const { locks, staysOnItsDay = false } = kindOf(key.purpose);
  if (locks === null) return { takes: true, date, trueDay, fields: { tranDate: date } };
  const periods = await periodsFrom(connection, date, fresh);
  const chosen = bookingDay(periods, date, locks, staysOnItsDay ? 'wait' : policy);
  if (!chosen.takes) return chosen;
  return {
    takes: true,
    date: chosen.day,
    trueDay: trueDay ?? (chosen.day === date ? null : date),
    fields: { tranDate: chosen.day, postingPeriod: { id: chosen.period } },
  };
}

/** NetSuite's, with those whose month is signed here. */
async function periodsFrom(
  { netsuite, settings, db, name }: Connection,
  date: Day,
  fresh: boolean,
): Promise<AccountingPeriod[]> {
  const periods = await netsuite.lookups.periodsFrom(date, { fresh });
  if (settings.close === undefined) return periods;
  const signed = await signedPeriods(db, name);
  return periods.map((period) => ({ ...period, signed: signed.has(monthOf(period.start)) }));
}

/** What a document that was sent carries of its day: its period too, closed since or not. */
export async function fieldsAsBooked(connection: Connection, { key, date }: Dated): Promise<JsonObject> {
  if (kindOf(key.purpose).locks === null) return { tranDate: date };
  const own = (await connection.netsuite.lookups.periodsFrom(date)).find(
    ({ start, end }) => start <= date && date <= end,
  );
  return { tranDate: date, ...(own === undefined ? {} : { postingPeriod: { id: own.id } }) };
}

/** Whether journals of a day are still taken as they are, asked anew: what is planned by the answer stays planned. */
export async function takesJournals(connection: Connection, day: Day): Promise<boolean> {
  return (await bookingOf(connection, { key: { purpose: 'JE' }, date: day }, { policy: 'wait', fresh: true })).takes;
}
