/** Units of transfer orders between their fulfilment and their receipt: they are at no location. */
import type { Company } from '../company.ts';
import type { Transaction, TransactionLine } from '../ledger/transaction.ts';

/** By account, as of one version of its books: a query asks for every row. */
const KNOWN = new WeakMap<Company, { version: number; units: Map<string, number> }>();

/** The lines that have shipped for one line of a transfer order, oldest first. */
export function shippedLines(company: Company, order: Transaction, itemLine: number): TransactionLine[] {
  return fulfilmentsOf(company, order).flatMap(({ lines }) => lines.filter(({ source }) => source?.line === itemLine));
}

/** Fulfilments that have shipped, oldest first. */
export function fulfilmentsOf(company: Company, order: Transaction): Transaction[] {
  return [...company.books.createdFrom(order.id)]
    .filter(({ type, posting }) => type === 'ItemShip' && posting)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** What of a shipped line has not come in. */
export function unitsUnderWay({ quantity, progress }: TransactionLine): number {
  return Math.abs(quantity ?? 0) - progress.received;
}

/** What has come in for one line of a transfer order. */
export function unitsReceived(company: Company, order: Transaction, itemLine: number): number {
  return shippedLines(company, order, itemLine).reduce((sum, { progress }) => sum + progress.received, 0);
}

/** "…the Qty in Transit column displays the amount transferred out of a location" (NSHELP section_N2308766). */
export function inTransitFrom(company: Company, { item, location }: { item: string; location: string }): number {
  return allInTransit(company).get(`${item} ${location}`) ?? 0;
}

function allInTransit(company: Company): Map<string, number> {
  const known = KNOWN.get(company);
  if (known?.version === company.books.version) return known.units;
  const units = new Map<string, number>();
  for (const order of company.books.ofType('TrnfrOrd')) {
    for (const { lines } of fulfilmentsOf(company, order)) {
      for (const shipped of lines) {
        if (!shipped.source) continue;
        const key = `${shipped.item} ${shipped.location}`;
        units.set(key, (units.get(key) ?? 0) + unitsUnderWay(shipped));
      }
    }
  }
  KNOWN.set(company, { version: company.books.version, units });
  return units;
}
