/** Tax that Amazon hands over and no document carries, in a country of which nobody has said whose it is (tax.md, *Who owes it*). */
import { renderMoney } from '../money/render-amount.ts';
import { formatMinor, sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';

/** What the journal of a settlement has of an order's tax on `sales-tax-payable`, of no country. */
export interface LeftTax {
  /** Null for rows that name no order, taken as one. */
  orderId: string | null;
  /** Of its marketplace. */
  jurisdiction: Jurisdiction;
  /** Minor units, signed as in the report: positive is tax collected and not withheld. */
  amount: bigint;
}

export interface TaxOfNobody {
  /** A sentence for people. */
  what: string;
  /** One an order, with its country and amount: what a person says of it holds for just these. */
  words: string[];
  amount: bigint;
}

/** By country; null where nothing is left. An order with two amounts that cancel each other out is none. */
export function taxOfNobody(
  left: readonly LeftTax[],
  registrations: readonly Jurisdiction[],
  currency: CurrencyCode,
): TaxOfNobody | null {
  const open = left.filter(({ amount }) => amount !== 0n);
  if (open.length === 0) return null;
  const places = [...new Set(open.map(({ jurisdiction }) => jurisdiction))].sort();
  const of = (place: Jurisdiction) => {
    const own = open.filter(({ jurisdiction }) => jurisdiction === place);
    return { place, orders: own, amount: sumMinor(own.map(({ amount }) => amount)) };
  };
  const parts = places.map(of);
  const owed = ({ place, orders, amount }: ReturnType<typeof of>) => {
    const [first] = orders;
    const named = first!.orderId === null ? 'rows without an order' : `order ${first!.orderId}`;
    const more = orders.length === 1 ? '' : ` and ${orders.length - 1} more`;
    const why = registrations.includes(place) ? 'that no document carries' : 'which is not among tax.registrations';
    return `${renderMoney(amount, currency)} of ${place}, ${why} (${named}${more})`;
  };
  return {
    what: `tax that nobody withheld stands on sales-tax-payable: ${parts.map(owed).join('; ')}`,
    words: open.map((one) => wordsOf(one, currency)),
    amount: sumMinor(open.map(({ amount }) => amount)),
  };
}

/** What a person who leaves the tax of an order has seen: of another amount, or in another country, it is asked about anew. */
export function wordsOf({ orderId, jurisdiction, amount }: LeftTax, currency: CurrencyCode): string {
  return `${orderId ?? '(none named)'} ${jurisdiction} ${formatMinor(amount, currency)}`;
}
