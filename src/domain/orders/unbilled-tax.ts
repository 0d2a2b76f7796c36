/** The tax lines of a Sales Order that its invoices do not bill (tax.md, *Booking*). */
import type { OrderLine } from './sales-order.ts';

/**
 * Tags of tax lines of which something is left that no bill takes from the order: tax that went to another country is a line of
 * its own on the invoice, and tax that turned out to be owed by another is on none.
 * @param ordered lines of the Sales Order as planned
 * @param billed lines of all its bills
 */
export function unbilledTax(ordered: readonly OrderLine[], billed: readonly OrderLine[]): Set<string> {
  const taxes = ordered.filter(({ component }) => component === 'tax');
  const isLeft = ({ tag, quantity, tax }: OrderLine): boolean =>
    billed
      .filter((line) => line.tag === tag && line.tax?.jurisdiction === tax?.jurisdiction)
      .reduce((left, line) => left - line.quantity, quantity) > 0;
  return new Set(taxes.filter(isLeft).map(({ tag }) => tag));
}
