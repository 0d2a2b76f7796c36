import { foldText } from '../settlement/fold-key.ts';
import { AmountSum, type Minor } from '../money/amount-sum.ts';
import { OrderNumber } from '../settlement/reading/order-number.ts';
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
  /** Of an id in Amazon's shape; others have their text, and rows without an order null. */
  readonly number = new OrderNumber();
  text: string | null = null;
  hasNumber = false;
  /** Its place among the others, by the row that opened it (anew, where it had washed). */
  first = 0;
  readonly sum = new AmountSum();
  rows = 0;
  withheldRow = false;

  is(number: OrderNumber | null, text: string | null): boolean {
    if (number === null) return !this.hasNumber && this.text === text;
    return this.hasNumber && this.number.high === number.high && this.number.low === number.low;
  }

  /** Becomes the order of these rows, whose sum is zero. */
  begin(number: OrderNumber | null, text: string | null, first: number, rows: number, withheldRow: boolean): void {
    this.hasNumber = number !== null;
    this.text = text;
    if (number !== null) ({ high: this.number.high, low: this.number.low } = number);
    this.first = first;
    this.rows = rows;
    this.withheldRow = withheldRow;
  }

  get orderId(): string | null {
    return this.hasNumber ? this.number.text : this.text;
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
  /** One that washed, to be used again. */
  #spare: TaxedOrder | null = null;
  readonly #asked = new OrderNumber();
  #orders = 0;
  #rows = 0;

  /**
   * @param order its id, or the number of an id that has Amazon's shape; null for a row of no order
   * @param withheld whether the row is one by which Amazon says that it withheld tax ({@link isWithheldTaxRow})
   */
  add(order: OrderNumber | string | null, amount: Minor, withheld: boolean): void {
    const number = this.#numberOf(order);
    const text = number === null ? (order as string | null) : null;
    let current = this.#current;
    if (current === null || !current.is(number, text)) {
      this.#putAway();
      current = this.#current = this.#take(number, text);
    }
    current.sum.add(amount);
    current.rows += 1;
    current.withheldRow ||= withheld;
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
    return [...this.#open.values()]
      .filter(({ sum }) => !sum.isZero)
      .sort((a, b) => a.first - b.first)
      .map(({ orderId, sum, rows, withheldRow }) => ({ orderId, amount: sum.total, rows, withheldRow }));
  }

  /** Rows that wash. */
  washedRows(): number {
    return this.residuals().reduce((rows, order) => rows - order.rows, this.#rows);
  }

  #numberOf(order: OrderNumber | string | null): OrderNumber | null {
    if (typeof order !== 'string') return order;
    return this.#asked.readText(order) ? this.#asked : null;
  }

  #take(number: OrderNumber | null, text: string | null): TaxedOrder {
    const seen = number === null ? 'open' : this.#seen.get(number);
    if (seen === 'open') {
      const id = number === null ? text : number.text;
      const open = this.#open.get(id);
      this.#open.delete(id);
      if (open !== undefined) return open;
    }
    this.#orders += 1;
    const order = this.#spare ?? new TaxedOrder();
    this.#spare = null;
    if (seen === null || seen === 'open') order.begin(number, text, this.#orders, 0, false);
    else order.begin(number, text, this.#orders, seen.rows, seen.withheldRow);
    return order;
  }

  #putAway(): void {
    const order = this.#current;
    if (order === null) return;
    this.#current = null;
    if (order.hasNumber && order.sum.isZero && this.#seen.put(order.number, order)) this.#spare = order;
    else {
      if (order.hasNumber) this.#seen.put(order.number, 'open');
      this.#open.set(order.orderId, order);
    }
  }
}
