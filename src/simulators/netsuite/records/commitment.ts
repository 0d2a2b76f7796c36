import type { Company } from '../company.ts';
import { STOCK_ITEM } from '../items.ts';
import type { Held } from '../ledger/stock.ts';
import { approvalOf } from './status.ts';

/** By account, as of one version of its books: a query asks for every row. */
const KNOWN = new WeakMap<Company, { version: number; open: Map<string, number> }>();

/** Units on hand that approved sales and transfer orders wait for: never more than there are. */
export function committedAt(company: Company, { item, location, quantity }: Held): number {
  return Math.max(0, Math.min(quantity, openOrders(company).get(`${item} ${location}`) ?? 0));
}

function openOrders(company: Company): Map<string, number> {
  const known = KNOWN.get(company);
  if (known?.version === company.books.version) return known.open;
  const open = new Map<string, number>();
  for (const order of [...company.books.ofType('SalesOrd'), ...company.books.ofType('TrnfrOrd')]) {
    if (approvalOf(company, order.document) === 'A') continue;
    for (const { item, location, quantity, closed, progress, transfer } of order.lines) {
      const left = Math.abs(quantity ?? 0) - progress.fulfilled;
      if (closed || left <= 0 || company.masters.items.get(item ?? '')?.type !== STOCK_ITEM) continue;
      if (transfer !== null && transfer.type !== 'ITEM') continue;
      const key = `${item} ${location}`;
      open.set(key, (open.get(key) ?? 0) + left);
    }
  }
  KNOWN.set(company, { version: company.books.version, open });
  return open;
}
