import { foldText } from '../mapping/fold-key.ts';
import { AmountSum, type Minor } from '../settlement/amount-sum.ts';
import type { AmountKey } from '../settlement/settlement.ts';
import { SeenOrders } from './seen-orders.ts';

/** Tax of an order that does not come to zero: it goes to `sales-tax-payable`, and the order is raised. */
export interface TaxResidual {
  /** Null for the tax rows that name no order, taken as one group. */
  orderId: string | null;
  /** Signed as in the report: positive is tax collected and not withheld. */
  amount: bigint;
  rows: number;
  /** Whether a row says that Amazon withholds the tax of this order; then the rest is an error, not the seller's tax. */
  withheldRow: boolean;
}

/** A row by which Amazon says that it withheld tax; some exports put it under ItemFees or ItemPrice. */
export function isWithheldTaxRow(key: AmountKey): boolean {
  if (foldText(key.amountType) === 'itemwithheldtax') return true;
  const description = foldText(key.amountDescription);
  return description.startsWith('marketplacefacilitator') || description.startsWith('lowvaluegoodstax');
}

/** An order with tax rows, and what they come to so far. */
class TaxedOrder {
  readonly orderId: string | null;
  /** Its place among the others, by the row that opened it (anew, where it had washed). */
  readonly first: number;
  readonly sum = new AmountSum();
  rows: number;
  withheldRow: boolean;

  constructor(orderId: string | null, first: number, rows: number, withheldRow: boolean) {
    this.orderId = orderId;
    this.first = first;
    this.rows = rows;
    this.withheldRow = withheldRow;
  }
}

/**
 * Where a marketplace collects and remits the tax, the rows of tax charged and withheld of an order come to zero and
 * wash: no line, no revenue, no expense. Where they do not, all of the order's tax rows stand behind one line.
 *
 * An order whose rows came to zero is kept in a few bytes once another order's row comes, so memory is bounded by those
 * that are still open, plus 10 to 20 bytes for each that washed.
 */
export class MarketplaceTax {
  /** Orders whose tax is not zero so far, or of which an entry in the table would not tell enough. */
  readonly #open = new Map<string | null, TaxedOrder>();
  readonly #seen = new SeenOrders();
  /** The order of the last row; it stands in neither of the two. */
  #current: TaxedOrder | null = null;
  #orders = 0;
  #rows = 0;

  /** @param withheld whether the row is one by which Amazon says that it withheld tax ({@link isWithheldTaxRow}) */
  add(orderId: string | null, amount: Minor, withheld: boolean): void {
    let order = this.#current;
    if (order === null || order.orderId !== orderId) {
      this.#putAway();
      order = this.#current = this.#take(orderId);
    }
    order.sum.add(amount);
    order.rows += 1;
    order.withheldRow ||= withheld;
    this.#rows += 1;
  }

  /** Whether the tax of an order that has tax rows comes to zero. */
  washes(orderId: string | null): boolean {
    this.#putAway();
    return this.#open.get(orderId)?.sum.isZero ?? true;
  }

  /** Orders whose tax is left, in the order of the file. */
  residuals(): TaxResidual[] {
    this.#putAway();
    return [...this.#open.values()].filter(({ sum }) => !sum.isZero).sort((a, b) => a.first - b.first)
      .map(({ orderId, sum, rows, withheldRow }) => ({ orderId, amount: sum.total, rows, withheldRow }));
  }

  /** Rows that wash. */
  washedRows(): number {
    return this.residuals().reduce((rows, order) => rows - order.rows, this.#rows);
  }

  #take(orderId: string | null): TaxedOrder {
    const seen = this.#seen.get(orderId);
    if (seen === 'open' || seen === undefined) {
      const open = this.#open.get(orderId);
      this.#open.delete(orderId);
      if (open !== undefined) return open;
    }
    this.#orders += 1;
    return seen && seen !== 'open' ? new TaxedOrder(orderId, this.#orders, seen.rows, seen.withheldRow) : new TaxedOrder(orderId, this.#orders, 0, false);
  }

  #putAway(): void {
    const order = this.#current;
    if (order === null) return;
    this.#current = null;
    if (order.sum.isZero && this.#seen.put(order.orderId, order)) return;
    this.#seen.put(order.orderId, 'open');
    this.#open.set(order.orderId, order);
  }
}
