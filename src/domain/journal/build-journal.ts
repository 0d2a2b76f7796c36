import { accountRole, isClaimRow } from '../mapping/booked-role.ts';
import { isCostRole, isRevenueRole, ROLES, type Role } from '../mapping/roles.ts';
import type { ClearingRule } from '../posting-modes/posting-mode.ts';
import { dayIn, lastDayBefore, lastDayOfMonth, monthOf, type Day } from '../money/instant.ts';
import type { Minor } from '../money/amount-sum.ts';
import type { OrderNumber } from '../settlement/reading/order-number.ts';
import type { SettlementHeader, SettlementRow } from '../settlement/settlement.ts';
import { balanceParts, type DatedLines, type SignedLine } from './balance-parts.ts';
import { dimensionKey, withDimensions, type Dimensions } from '../mapping/dimensions.ts';
import { isWithheldTaxRow, MarketplaceTax, type TaxResidual } from './marketplace-tax.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { JournalLine, JournalPlan } from './journal-plan.ts';
import { TaxOfItems, withTaxShares, type SharedTax } from './tax-of-items.ts';

export interface JournalOptions {
  header: SettlementHeader;
  mode: ClearingRule;
  /** Version of the amount map that classified the rows. */
  mapVersion: number;
  /** IANA time zone of a marketplace; null asks for that of rows without one and of the settlement itself. */
  timeZoneOf: (marketplaceName: string | null) => string;
  /** Whether income and cost before a month end inside the settlement get a part dated that day. */
  splitAtMonthEnds: boolean;
  /** Whether the month of such a day takes nothing any more: then it gets no part, and its rows stay in the last one. */
  isClosed?: (lastDayOfMonth: Day) => boolean;
  /** At least 3. */
  maxLinesPerPart?: number;
  /** Account name of a role (of tax: in a jurisdiction), null where no connection is given. Never asked for `reserve-released`: it has the account of `reserve-held`. */
  account?: (role: Role, jurisdiction: Jurisdiction | null) => string | null;
  /** Whose the tax is that is left of some orders; that of others is no country's. */
  sharedTax?: SharedTax;
  /** Of a line of a role whose rows are of a marketplace, as the report names it; null for lines of no one marketplace. */
  dimensions?: (role: Role, marketplaceName: string | null) => Dimensions;
}

/** Where a row ended: on the line of a part (both from 1), or in a named wash that leaves no line. */
export type RowPlace =
  { kind: 'line'; part: number; line: number } | { kind: 'wash'; wash: 'marketplace-tax' | 'comes-to-zero' };

export interface BuiltJournal {
  plan: JournalPlan;
  /** Orders whose marketplace tax is left, each to be raised when it says that Amazon collects the tax; those of `sharedTax` have their shares. */
  residuals: TaxResidual[];
  /** Rows of marketplace tax that wash per order. */
  washedRows: number;
  /** Sum of the rows by what they are booked as, signed as in the report; `marketplace-tax` as it was before washing. */
  sums: ReadonlyMap<Role, bigint>;
  /** The place of a row that was added, by what it was booked as. */
  placeOf: (row: SettlementRow, booked: Role) => RowPlace;
}

/** Rows of one role, date and dimensions: one journal line. */
interface Bucket {
  role: Role;
  date: Day;
  jurisdiction: Jurisdiction | null;
  dimensions: Dimensions;
  marketplaces: Set<string | null>;
  amount: bigint;
  rows: number;
  amountTypes: Set<string>;
}

/**
 * Builds the journal of a settlement from its rows, in any number, without keeping them: `add` each with what it means
 * and what it is booked as (`bookedRole`), then `finish`.
 *
 * One line per role, dimensions and part, zero lines left out. A positive amount of the report is a credit. The payout line
 * carries the report's total and nothing else: a debit of `payouts-in-transit` when it is positive, a credit of
 * `balance-due-to-amazon` when negative, none at zero. Marketplace tax washes per order, the rest goes to
 * `sales-tax-payable`. Everything is dated the day of the settlement's last second, but income and cost, and the tax of claims with
 * them (accounting.md), before a month end inside it that last day of the month, unless that month takes nothing any more; parts are bridged by `settlement-in-progress` and each balances.
 */
export class JournalBuilder {
  readonly #options: JournalOptions;
  readonly #startDay: Day;
  readonly #endDay: Day;
  readonly #spansMonths: boolean;
  readonly #buckets = new Map<string, Bucket>();
  readonly #tax = new MarketplaceTax();
  readonly #taxOfItems: TaxOfItems;
  readonly #sums = new Map<Role, bigint>();
  /** Of the orders with tax rows, where a marketplace decides about dimensions. */
  readonly #marketplaceOf = new Map<string | null, string | null>();

  constructor(options: JournalOptions) {
    const { header, timeZoneOf, splitAtMonthEnds } = options;
    this.#options = options;
    this.#taxOfItems = new TaxOfItems(options.sharedTax ?? { orders: new Set(), sharesOf: () => [] });
    this.#startDay = dayIn(header.start, timeZoneOf(null));
    this.#endDay = lastDayBefore(header.end, timeZoneOf(null));
    this.#spansMonths = splitAtMonthEnds && monthOf(this.#startDay) < monthOf(this.#endDay);
  }

  /** @throws Error `bug:` for a revenue role where documents own revenue: it would be counted twice. */
  add(row: SettlementRow, meaning: Role, booked: Role): void {
    if (booked === 'marketplace-tax') {
      if (this.#options.dimensions && !this.#marketplaceOf.has(row.orderId))
        this.#marketplaceOf.set(row.orderId, row.marketplaceName);
      if (this.#taxOfItems.has(row)) this.#taxOfItems.add(row, this.#dateOf(row, booked));
      else this.addTax(row.orderId, row.amount, isWithheldTaxRow(row));
      this.#sum(booked, row.amount);
      return;
    }
    this.#refuseOwned(booked, `line ${row.line} (${meaning})`);
    this.#sum(booked, row.amount);
    this.#bucket(booked, this.#dateOf(row, booked), row.marketplaceName, row.amount, 1, row.amountType);
  }

  /**
   * Adds rows of one amount type that are booked alike, by their sum; for a settlement that is not split at month ends,
   * where rows have no date of their own. Those of `marketplace-tax` are told apart by their orders: give each to
   * {@link addTax} besides. @throws Error as `add`
   */
  addSum(booked: Role, amountType: string, rows: number, amount: bigint): void {
    if (this.#spansMonths)
      throw new Error('bug: rows of a settlement that is split at month ends are added one by one');
    this.#refuseOwned(booked, `rows of ${amountType}`);
    this.#sum(booked, amount);
    if (this.#options.dimensions) throw new Error('bug: where lines have dimensions, rows are added one by one');
    if (booked !== 'marketplace-tax') this.#bucket(booked, this.#endDay, null, amount, rows, amountType);
  }

  /** Adds a row of tax to its order: see {@link MarketplaceTax.add}. */
  addTax(order: OrderNumber | string | null, amount: Minor, withheld: boolean): void {
    this.#tax.add(order, amount, withheld);
  }

  /** @throws Error `bug:` when the rows do not come to the report's total, or a part does not balance. */
  finish(): BuiltJournal {
    const { header, mapVersion, account = () => null, maxLinesPerPart = 200 } = this.#options;
    const residuals = this.#tax.residuals();
    for (const { orderId, amount, rows, day, jurisdiction } of [
      ...residuals.map((residual) => ({ ...residual, day: this.#endDay, jurisdiction: null })),
      ...this.#taxOfItems.lines(),
    ]) {
      const sold = this.#marketplaceOf.get(orderId) ?? null;
      this.#bucket('sales-tax-payable', day, sold, amount, rows, 'marketplace tax', jurisdiction);
    }
    const groups = this.#groups();
    const open = groups.reduce((sum, { lines }) => lines.reduce((part, line) => part + line.amount, sum), 0n);
    if (open !== 0n)
      throw new Error(`bug: the rows of ${header.settlementId} differ from its total by ${open} minor units`);
    const accountOf = (role: Role, jurisdiction: Jurisdiction | null) => account(accountRole(role), jurisdiction);
    const linesOf = (lines: JournalLine[]) => withDimensions(lines, (role) => this.#dimensionsOf(role, null));
    const cut = balanceParts(groups, maxLinesPerPart, accountOf);
    const parts = withTaxShares(cut, this.#taxOfItems.shares()).map((part) => ({
      ...part,
      lines: linesOf(part.lines),
    }));
    const places = new Map<string, RowPlace>();
    for (const { part, date, lines } of parts) {
      lines.forEach(({ role, payout, jurisdiction = null, dimensions = {} }, index) => {
        if (!payout && role !== 'settlement-in-progress')
          places.set(bucketKey(date, role, jurisdiction, dimensions), { kind: 'line', part, line: index + 1 });
      });
    }
    return {
      plan: { settlementId: header.settlementId, currency: header.currency, mapVersion, parts },
      residuals,
      washedRows: this.#tax.washedRows() + this.#taxOfItems.washedRows(),
      sums: new Map(this.#sums),
      placeOf: (row, booked) => this.#placeOf(row, booked, places),
    };
  }

  #refuseOwned(booked: Role, what: string): void {
    if (!isRevenueRole(booked) || this.#options.mode.owned === 'refunds') return;
    throw new Error(`bug: ${what} would book ${booked} in the journal, where documents own revenue`);
  }

  #sum(booked: Role, amount: bigint): void {
    this.#sums.set(booked, (this.#sums.get(booked) ?? 0n) + amount);
  }

  #placeOf(row: SettlementRow, booked: Role, places: ReadonlyMap<string, RowPlace>): RowPlace {
    const isTax = booked === 'marketplace-tax';
    const place = isTax ? this.#placeOfTax(row) : { jurisdiction: null, day: this.#dateOf(row, booked) };
    if (place === null) return { kind: 'wash', wash: 'marketplace-tax' };
    const role = isTax ? 'sales-tax-payable' : booked;
    const marketplace = isTax ? (this.#marketplaceOf.get(row.orderId) ?? null) : row.marketplaceName;
    return (
      places.get(bucketKey(place.day, role, place.jurisdiction, this.#dimensionsOf(role, marketplace))) ?? {
        kind: 'wash',
        wash: 'comes-to-zero',
      }
    );
  }

  #placeOfTax(row: SettlementRow): { jurisdiction: Jurisdiction | null; day: Day } | null {
    if (!this.#taxOfItems.has(row))
      return this.#tax.washes(row.orderId) ? null : { jurisdiction: null, day: this.#endDay };
    const day = this.#dateOf(row, 'marketplace-tax');
    const place = this.#taxOfItems.placeOf(row, day);
    return place && { ...place, day };
  }

  #dimensionsOf(role: Role, marketplaceName: string | null): Dimensions {
    return this.#options.dimensions?.(role, marketplaceName) ?? {};
  }

  #bucket(
    role: Role,
    date: Day,
    marketplaceName: string | null,
    amount: bigint,
    rows: number,
    amountType: string,
    jurisdiction: Jurisdiction | null = null,
  ): void {
    const dimensions = this.#dimensionsOf(role, marketplaceName);
    const key = bucketKey(date, role, jurisdiction, dimensions);
    let bucket = this.#buckets.get(key);
    if (!bucket)
      this.#buckets.set(
        key,
        (bucket = {
          role,
          date,
          jurisdiction,
          dimensions,
          marketplaces: new Set(),
          amount: 0n,
          rows: 0,
          amountTypes: new Set(),
        }),
      );
    bucket.marketplaces.add(marketplaceName);
    bucket.amount += amount;
    bucket.rows += rows;
    bucket.amountTypes.add(amountType);
  }

  /** The month end that a row of income or cost, or of the tax of a claim, belongs to, else the settlement's end. */
  #dateOf(row: SettlementRow, booked: Role): Day {
    const isOfMonth = isCostRole(booked) || isRevenueRole(booked) || (booked === 'marketplace-tax' && isClaimRow(row));
    if (!this.#spansMonths || !isOfMonth) return this.#endDay;
    const posted = dayIn(row.postedAt, this.#options.timeZoneOf(row.marketplaceName));
    // A row may be dated a moment before the settlement begins; the month before that is none of its periods.
    const day = posted < this.#startDay ? this.#startDay : posted;
    const monthEnd = lastDayOfMonth(day);
    return monthOf(day) < monthOf(this.#endDay) && this.#options.isClosed?.(monthEnd) !== true
      ? monthEnd
      : this.#endDay;
  }

  /** Lines by date, in the order of the roles; the payout line stands first in the last group. */
  #groups(): DatedLines[] {
    const groups = new Map<Day, SignedLine[]>();
    const buckets = [...this.#buckets.values()].sort((a, b) =>
      a.date < b.date
        ? -1
        : a.date > b.date
          ? 1
          : ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
            (bucketKey(a.date, a.role, a.jurisdiction, a.dimensions) <
            bucketKey(b.date, b.role, b.jurisdiction, b.dimensions)
              ? -1
              : 1),
    );
    for (const bucket of buckets) {
      if (bucket.amount === 0n) continue;
      const isOneOfMany = buckets.some(
        (other) => other !== bucket && other.role === bucket.role && other.date === bucket.date,
      );
      const line: SignedLine = { role: bucket.role, amount: bucket.amount, memo: memoOf(bucket), payout: false };
      if (bucket.jurisdiction !== null) line.jurisdiction = bucket.jurisdiction;
      if (Object.keys(bucket.dimensions).length > 0) line.dimensions = bucket.dimensions;
      if (isOneOfMany) line.marketplaces = [...bucket.marketplaces];
      groups.set(bucket.date, [...(groups.get(bucket.date) ?? []), line]);
    }
    const { total } = this.#options.header;
    if (total !== 0n) groups.set(this.#endDay, [this.#payoutLine(), ...(groups.get(this.#endDay) ?? [])]);
    return Array.from(groups, ([date, lines]) => ({ date, lines }));
  }

  #payoutLine(): SignedLine {
    const { total } = this.#options.header;
    return total > 0n
      ? { role: 'payouts-in-transit', amount: -total, memo: 'payout', payout: true }
      : {
          role: 'balance-due-to-amazon',
          amount: -total,
          memo: 'balance due, carried to the next settlement',
          payout: true,
        };
  }
}

function bucketKey(date: Day, role: Role, jurisdiction: Jurisdiction | null, dimensions: Dimensions): string {
  return `${date}\t${role}\t${jurisdiction ?? ''}\t${dimensionKey(dimensions)}`;
}

/** `ItemFees, ShipmentFees · 1234 rows`. */
function memoOf({ amountTypes, rows }: Bucket): string {
  const names = [...amountTypes];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${names.slice(0, 3).join(', ')}${more} · ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}
