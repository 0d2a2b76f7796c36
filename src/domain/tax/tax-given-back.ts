/**
 * Tax that refunds of an item give back where Amazon calculates none: each part by itself rounds as it likes, all of them together
 * give back what was sold (tax.md, *Booking*: at the sale's rate).
 */
import { sumMinor } from '../money/money.ts';

/** A price as it was told, with or without the tax in it, and its tax; as a credit, so that what is given back is positive. */
export interface PricedTax {
  price: bigint;
  tax: bigint;
}

/**
 * The tax of each part of a refund: never more than is left of the sale's. What brings the price that was given back to the whole
 * of the sale's takes the rest of its tax, and what takes a refund back to nothing the rest of the refund's.
 * @param parts with the tax by the rate, each by itself
 * @param sold of the item, in the documents of its sale; null where those are not known
 * @param given back of it before
 */
export function taxGivenBack(parts: readonly PricedTax[], sold: PricedTax | null, given: PricedTax): bigint[] {
  const own = parts.map(({ tax }) => tax);
  if (sold === null || sold.price < 0n || sold.tax < 0n) return own;
  const price = given.price + sumMinor(parts.map((part) => part.price));
  const byRate = given.tax + sumMinor(own);
  const most = byRate > sold.tax ? sold.tax : byRate;
  const all = price === sold.price ? sold.tax : price === 0n ? 0n : most;
  return shifted(parts, own, all - byRate);
}

/** Adds to the dearest part what is missing; takes what is too much from the last parts first, of each no more than it has. */
function shifted(parts: readonly PricedTax[], own: readonly bigint[], by: bigint): bigint[] {
  const taxes = [...own];
  let rest = by;
  for (let at = taxes.length - 1; at >= 0 && rest < 0n; at -= 1) {
    if (taxes[at]! <= 0n) continue;
    const taken = taxes[at]! < -rest ? taxes[at]! : -rest;
    taxes[at]! -= taken;
    rest += taken;
  }
  const size = ({ price }: PricedTax): bigint => (price < 0n ? -price : price);
  const dearest = parts.reduce((best, part, at) => (size(part) > size(parts[best]!) ? at : best), 0);
  if (rest !== 0n && taxes.length > 0) taxes[dearest]! += rest;
  return taxes;
}
