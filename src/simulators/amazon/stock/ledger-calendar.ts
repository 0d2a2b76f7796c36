import { DAY, HOUR, localDay, MINUTE, shifted } from '../instants.ts';
import { marketplaceOf } from '../marketplaces.ts';
import type { WorldMarketplace } from '../world.ts';

export type Period = 'DAILY' | 'WEEKLY' | 'MONTHLY';

const NORTH_AMERICA = new Set(['US', 'CA', 'MX', 'BR']);
const PACIFIC = 'America/Los_Angeles';

/**
 * The ledger's days: Pacific in North America, UTC elsewhere, which then are not the marketplace's. `Date and Time`
 * is midnight of the day with the offset of the zone in which the seller's accounts are kept.
 */
export class LedgerCalendar {
  /** Zone of the days, and the zone in which `Date and Time` is written. */
  readonly zone: string;
  readonly #written: string;
  /** Days by the hour of UTC: Pacific and UTC days begin on the hour. */
  readonly #days = new Map<string, string>();
  readonly #midnights = new Map<string, string>();

  constructor(marketplaces: readonly WorldMarketplace[]) {
    const [first] = marketplaces;
    const pacific = marketplaces.some(({ countryCode }) => NORTH_AMERICA.has(countryCode));
    this.zone = pacific ? PACIFIC : 'UTC';
    this.#written = pacific || !first ? this.zone : marketplaceOf(first.name, first.currency).timeZone;
  }

  /** The ledger's day of an instant, `2026-10-06`. */
  dayOf(instant: string): string {
    const hour = instant.slice(0, 13);
    const known = this.#days.get(hour);
    if (known !== undefined) return known;
    const day = localDay(instant, this.zone);
    this.#days.set(hour, day);
    return day;
  }

  /** The instant at which a day begins. */
  beginOf(day: string): string {
    const utc = `${day}T00:00:00Z`;
    return shifted(utc, -offsetMs(shifted(utc, -offsetMs(utc, this.zone)), this.zone));
  }

  /** `2026-07-06T00:00:00-0700` in America; in Europe midnight UTC as the clock there shows it, `2026-07-20T01:00:00+0100`. */
  dateAndTime(day: string): string {
    const known = this.#midnights.get(day);
    if (known !== undefined) return known;
    const begin = this.beginOf(day);
    const offset = offsetMs(begin, this.#written);
    const minutes = Math.abs(offset) / MINUTE;
    const digits = `${Math.floor(minutes / 60)}`.padStart(2, '0') + `${minutes % 60}`.padStart(2, '0');
    const midnight = `${shifted(begin, offset).slice(0, 19)}${offset < 0 ? '-' : '+'}${digits}`;
    this.#midnights.set(day, midnight);
    return midnight;
  }

  /** From when the summary of the period that ends with this day is told. */
  summaryFrom(lastDay: string, period: Period): string {
    // Yesterday's within 24 hours, last week's by the end of Monday, last month's by the end of the 2nd.
    return this.beginOf(dayAfter(lastDay, period === 'MONTHLY' ? 3 : 2));
  }
}

/** Periods in order that touch the days from `first` to `last`, each with its first and last day; weeks end on Sunday. */
export function periodsBetween(first: string, last: string, period: Period): { first: string; last: string }[] {
  const periods: { first: string; last: string }[] = [];
  for (let from = beginOfPeriod(first, period); from <= last;) {
    const to = endOfPeriod(from, period);
    periods.push({ first: from, last: to });
    from = dayAfter(to, 1);
  }
  return periods;
}

export function dayAfter(day: string, days: number): string {
  return shifted(`${day}T12:00:00Z`, days * DAY).slice(0, 10);
}

/** The report's form of a day: `10/06/2026`. */
export function americanDate(day: string): string {
  return `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}`;
}

function beginOfPeriod(day: string, period: Period): string {
  if (period === 'DAILY') return day;
  if (period === 'MONTHLY') return `${day.slice(0, 7)}-01`;
  return dayAfter(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
}

function endOfPeriod(first: string, period: Period): string {
  if (period === 'DAILY') return first;
  if (period === 'WEEKLY') return dayAfter(first, 6);
  return dayAfter(`${dayAfter(first, 31).slice(0, 7)}-01`, -1);
}

/** How far a zone's clock is ahead of UTC at an instant. */
function offsetMs(instant: string, zone: string): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value;
  const match = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR + Number(match[3]) * MINUTE);
}
