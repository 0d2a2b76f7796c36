/** What the pages of stock have in common: their headings, places and costs. */
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { showAmount } from './amounts.ts';

const PLACES: Readonly<Record<string, string>> = { inTransit: 'in transit' };

/** A place as people write it. */
export const placeName = (place: string): string => PLACES[place] ?? place;

/** `figures of 20 Oct 2026, 1 day old`; of a day that is past `figures of 30 Sep 2026, by all that is known now`. */
export function figuresOf({
  day,
  ageDays,
  isPast,
}: {
  day: string | null;
  ageDays: number | null;
  isPast: boolean;
}): string {
  if (day === null) return '';
  const age = isPast ? 'by all that is known now' : `${counted(ageDays ?? 0, 'day')} old`;
  return `figures of ${renderDay(day)}, ${age}`;
}

/** A dash where no cost is known. */
export function costIn(currency: string | null, value: string | null): string {
  return value === null || currency === null ? '–' : showAmount(value, currency);
}

/** `Cost, USD`: above a column of amounts. */
export const headedBy = (what: string, currency: string | null): string =>
  currency === null ? what : `${what}, ${currency}`;

/** Under a table whose sums leave some items out. */
export const UNPRICED = 'NetSuite knows no cost of some items: they are not in the cost.';

/** Where no connection has stock. */
export const NO_STOCK = 'No connection has stock in its configuration.\n';
