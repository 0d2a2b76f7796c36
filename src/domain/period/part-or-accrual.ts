/**
 * Part or accrual, never both (close.md, *Accruals*): what a settlement that ends after a month brings for it is carried either by
 * a part of its journal or by the month's accrual. The first of both that is written down decides; ADR 11 says why by the row.
 */
import type { Period } from './calendar.ts';

export interface PartChoice {
  /** Months of the settlement before the one in which it ends. */
  months: readonly Period[];
  /** Those of them that take nothing any more: signed, closed or locked. */
  closed: ReadonlySet<Period>;
  /** Months of the settlement's currency whose accrual is planned. */
  accrued: readonly Period[];
  /** Months in which the plan that it replaces has parts: accruals that came after it have left its transactions out. */
  claimed: readonly Period[];
  /** Months of the parts that NetSuite holds of it, and that this plan takes back where it books otherwise; null where it holds none. */
  standing: readonly Period[] | null;
}

/**
 * Months in which a settlement's journal makes parts: open ones without an accrual of theirs or of a later month, for such an
 * accrual holds their transactions, and those that were claimed before: a month that closes between plan and posting keeps its part,
 * which waits or is moved as `closedPeriod` says (close.md, *Closed periods*). A journal that stands has its
 * successor in the same months, whatever was closed or opened since: what is taken back and what comes instead are of one day, and a
 * report that says the same once more changes nothing (accounting.md, a re-issued file).
 */
export function monthsWithParts({ months, closed, accrued, claimed, standing }: PartChoice): Period[] {
  return months.filter((month) =>
    standing === null
      ? claimed.includes(month) || (!closed.has(month) && accrued.every((other) => other < month))
      : standing.includes(month),
  );
}
