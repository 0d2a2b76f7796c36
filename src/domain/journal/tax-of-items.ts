/** Tax of orders that the seller's documents or claims are of: it is told apart by item and by the day on which it is booked. */
import type { Day } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';
import type { SettlementRow } from '../settlement/settlement.ts';
import type { LeftTax, TaxShare } from '../tax/left-tax-shares.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { JournalPart } from './journal-plan.ts';

export interface SharedTax {
  /** Orders whose tax is told apart. */
  orders: ReadonlySet<string>;
  /** Whose it is; every amount is in some share. */
  sharesOf: (left: readonly LeftTax[]) => DatedShare[];
}

export type DatedShare = TaxShare & { day: Day };

/** Tax of an order on the account of one country, or of none, on one day. */
export interface TaxLine {
  orderId: string;
  jurisdiction: Jurisdiction | null;
  day: Day;
  amount: bigint;
  rows: number;
}

type OrderRow = SettlementRow & { orderId: string };
type Group = LeftTax & { rows: number };

/** Rows of an order that wash together leave no line, unless some of them are a country's. */
export class TaxOfItems {
  readonly #shared: SharedTax;
  readonly #groups = new Map<string, Map<string, Group>>();
  /** Of the orders that do not wash, once they are asked for. */
  #shares: DatedShare[] | null = null;
  /** Of these, by what a row names. */
  readonly #places = new Map<string, Jurisdiction | null>();
  readonly #left = new Set<string>();

  constructor(shared: SharedTax) {
    this.#shared = shared;
  }

  has(row: SettlementRow): row is OrderRow {
    return row.orderId !== null && this.#shared.orders.has(row.orderId);
  }

  /** @param day on which it is booked */
  add({ orderId, orderItemCode, sku, amount }: OrderRow, day: Day): void {
    const groups = this.#groups.get(orderId) ?? new Map<string, Group>();
    this.#groups.set(orderId, groups);
    const one: Group = { orderId, orderItemCode, sku, day, amount, rows: 1 };
    const known = groups.get(keyOf(one));
    if (known === undefined) groups.set(keyOf(one), one);
    else Object.assign(known, { amount: known.amount + amount, rows: known.rows + 1 });
  }

  /** In the order of the file; none of an order that washes. */
  shares(): DatedShare[] {
    if (this.#shares !== null) return this.#shares;
    this.#shares = [...this.#groups.keys()].flatMap((orderId) => {
      const groups = this.#ofOrder(orderId);
      const byDay = [...groups].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
      const shares = this.#shared.sharesOf(byDay.filter(({ amount }) => amount !== 0n));
      const washes =
        sumMinor(groups.map(({ amount }) => amount)) === 0n &&
        shares.every(({ jurisdiction }) => jurisdiction === null);
      return washes ? [] : shares;
    });
    for (const share of this.#shares) {
      this.#left.add(share.orderId);
      if (!this.#places.has(keyOf(share))) this.#places.set(keyOf(share), share.jurisdiction);
    }
    return this.#shares;
  }

  lines(): TaxLine[] {
    const lines = new Map<string, TaxLine>();
    const lineOf = ({ orderId, jurisdiction, day }: Pick<TaxLine, 'orderId' | 'jurisdiction' | 'day'>): TaxLine => {
      const key = JSON.stringify([orderId, day, jurisdiction]);
      const line = lines.get(key) ?? { orderId, jurisdiction, day, amount: 0n, rows: 0 };
      lines.set(key, line);
      return line;
    };
    for (const share of this.shares()) lineOf(share).amount += share.amount;
    for (const orderId of this.#left)
      for (const group of this.#ofOrder(orderId))
        lineOf({ ...group, jurisdiction: this.#placeOf(group) }).rows += group.rows;
    return [...lines.values()];
  }

  /** Rows of orders that wash. */
  washedRows(): number {
    this.shares();
    const washed = [...this.#groups].filter(([orderId]) => !this.#left.has(orderId));
    return washed.reduce((rows, [, groups]) => [...groups.values()].reduce((sum, group) => sum + group.rows, rows), 0);
  }

  /** The line of a row that was added: of a row in two countries that of the first; null where its order washes. */
  placeOf({ orderId, orderItemCode, sku }: OrderRow, day: Day): Pick<TaxLine, 'jurisdiction'> | null {
    this.shares();
    if (!this.#left.has(orderId)) return null;
    const [named] = this.#named(orderId, [{ orderId, orderItemCode, sku, day, amount: 0n, rows: 0 }]);
    return { jurisdiction: this.#placeOf(named!) };
  }

  #placeOf(group: Group): Jurisdiction | null {
    return this.#places.get(keyOf(group)) ?? null;
  }

  #ofOrder(orderId: string): Group[] {
    const groups = new Map<string, Group>();
    for (const group of this.#named(orderId, [...this.#groups.get(orderId)!.values()])) {
      const known = groups.get(keyOf(group));
      const { amount, rows } = known ?? { amount: 0n, rows: 0 };
      groups.set(keyOf(group), { ...group, amount: amount + group.amount, rows: rows + group.rows });
    }
    return [...groups.values()];
  }

  /** Where a row names no item its order's are told apart by SKU, where one names none either not at all: they may wash together. */
  #named(orderId: string, some: readonly Group[]): Group[] {
    const all = [...this.#groups.get(orderId)!.values()];
    if (all.every(({ orderItemCode }) => orderItemCode !== null)) return [...some];
    const bySku = all.every(({ sku }) => sku !== null);
    return some.map((group) => ({ ...group, orderItemCode: null, sku: bySku ? group.sku : null }));
  }
}

const keyOf = ({ orderId, orderItemCode, sku, day }: Omit<LeftTax, 'amount'>): string =>
  JSON.stringify([orderId, orderItemCode, sku, day]);

/** Each part with the shares that stand on its lines; of lines that come to nothing in the last part of their day, or of all. */
export function withTaxShares(parts: readonly JournalPart[], shares: readonly DatedShare[]): JournalPart[] {
  const placed = shares.map(({ day, ...share }) => {
    const ofDay = parts.filter(({ date }) => date === day);
    const has = ({ lines }: JournalPart) =>
      lines.some(
        ({ role, jurisdiction = null }) => role === 'sales-tax-payable' && jurisdiction === share.jurisdiction,
      );
    return { part: (ofDay.find(has) ?? ofDay.at(-1) ?? parts.at(-1))?.part, share };
  });
  return parts.map((one) => {
    const own = placed.filter(({ part }) => part === one.part).map(({ share }) => share);
    return own.length === 0 ? one : { ...one, taxShares: own };
  });
}
