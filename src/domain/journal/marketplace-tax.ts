import { foldText } from '../mapping/fold-key.ts';
import type { AmountKey, SettlementRow } from '../settlement/settlement.ts';

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

/**
 * Where a marketplace collects and remits the tax, the rows of tax charged and withheld of an order come to zero and
 * wash: no line, no revenue, no expense. Where they do not, all of the order's tax rows stand behind one line.
 */
export class MarketplaceTax {
  readonly #orders = new Map<string | null, TaxResidual>();

  add(row: SettlementRow): void {
    let order = this.#orders.get(row.orderId);
    if (!order) this.#orders.set(row.orderId, (order = { orderId: row.orderId, amount: 0n, rows: 0, withheldRow: false }));
    order.amount += row.amount;
    order.rows += 1;
    order.withheldRow ||= isWithheldTaxRow(row);
  }

  washes(orderId: string | null): boolean {
    return this.#orders.get(orderId)?.amount === 0n;
  }

  /** Orders whose tax is left, in the order of the file. */
  residuals(): TaxResidual[] {
    return [...this.#orders.values()].filter((order) => order.amount !== 0n).map((order) => ({ ...order }));
  }

  /** Rows that wash. */
  washedRows(): number {
    let rows = 0;
    for (const order of this.#orders.values()) if (order.amount === 0n) rows += order.rows;
    return rows;
  }
}
