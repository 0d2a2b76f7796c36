import { startOfDay, type Instant } from '../../../domain/money/instant.ts';
import { firstDayOf, lastDayOf, nextPeriod, type Period } from '../../../domain/period/calendar.ts';
import { formatMinor } from '../../../domain/money/money.ts';

/** A month of a connection, as the tables of a pack ask for it. */
export interface MonthOfPack {
  connection: string;
  period: Period;
  homeZone: string;
}

/** Half open, in the home zone. */
export function spanOf({ period, homeZone }: MonthOfPack): { from: Instant; until: Instant } {
  return {
    from: startOfDay(firstDayOf(period), homeZone),
    until: startOfDay(firstDayOf(nextPeriod(period)), homeZone),
  };
}

export function daysOf({ period }: MonthOfPack): { first: string; last: string } {
  return { first: firstDayOf(period), last: lastDayOf(period) };
}

/** An amount in its currency, a count where there is none. */
export function textOf(amount: bigint, currency: string | null): string {
  return currency === null ? String(amount) : formatMinor(amount, currency);
}
