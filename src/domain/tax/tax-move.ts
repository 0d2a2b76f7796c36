/** The seller's tax of an order moved from one jurisdiction to another, by a person's word (tax.md, *VAT report*). */
import { renderMoney } from '../money/render-amount.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { ItemTax, Jurisdiction } from './tax-policy.ts';
import { taxOn, type Rate } from './tax-rate.ts';
import type { VatEvent, VatFact } from './vat-facts.ts';

/** What of one item is moved; `net` and `tax` count as on the return, negative where a refund's are moved. */
export interface MovedItem extends Pick<ItemTax, 'orderItemId' | 'sku' | 'net' | 'tax'> {
  /** In the jurisdiction that it leaves, and in the other; null where no rate gives the tax. */
  fromRate: Rate | null;
  toRate: Rate | null;
}

export interface TaxMove {
  orderId: string;
  /** Of its order, from 1. */
  number: number;
  from: Jurisdiction;
  to: Jurisdiction;
  event: VatEvent;
  currency: CurrencyCode;
  items: readonly MovedItem[];
}

/** What a person asks for: minor units of the order's currency, signed as on the return. */
export interface MoveWish {
  orderId: string;
  from: Jurisdiction;
  to: Jurisdiction;
  net: bigint;
  tax: bigint;
}

/** Business key of a move's journal. */
export const moveKey = ({ orderId, number }: Pick<TaxMove, 'orderId' | 'number'>): string => `${orderId}-m${number}`;

export const movedNet = ({ items }: Pick<TaxMove, 'items'>): bigint => sumMinor(items.map(({ net }) => net));
export const movedTax = ({ items }: Pick<TaxMove, 'items'>): bigint => sumMinor(items.map(({ tax }) => tax));

/**
 * The items that a move takes: those of sales where the amounts are positive, of refunds where they are negative. Where they
 * come to just some items, these; else it is told of the order alone.
 * @param carried the seller's tax in the order's documents, and what earlier moves made of it
 * @param rates of the jurisdiction that it comes to
 * @returns a sentence where it cannot be
 */
export function itemsToMove(
  wish: MoveWish,
  carried: readonly VatFact[],
  rates: readonly Rate[],
): { event: VatEvent; currency: CurrencyCode; items: MovedItem[] } | { refused: string } {
  const { orderId, from, to, net, tax } = wish;
  if (from === to) return refuse(`Tax is moved between two jurisdictions, and both are ${from}.`);
  const here = carried.filter(({ collector, jurisdiction }) => collector === 'seller' && jurisdiction === from);
  const currency = here[0]?.currency;
  if (currency === undefined) return refuse(`No document of order ${orderId} carries tax of the seller in ${from}.`);
  if (net === 0n && tax === 0n) return refuse('Net and tax are zero: nothing would be moved.');
  if ((net < 0n && tax > 0n) || (net > 0n && tax < 0n))
    return refuse('Net and tax have the same sign: both positive of a sale, both negative of a refund.');
  const event: VatEvent = net > 0n || tax > 0n ? 'sale' : 'refund';
  const there = remaining(here.filter((fact) => fact.event === event));
  const left = { net: sumMinor(there.map((one) => one.net)), tax: sumMinor(there.map((one) => one.tax)) };
  if (isMore(net, left.net) || isMore(tax, left.tax)) {
    const all = `${renderMoney(left.tax, currency)} on ${renderMoney(left.net, currency)}`;
    return refuse(
      `${event === 'sale' ? 'Sales' : 'Refunds'} of order ${orderId} carry ${all} in ${from}, less what was moved already: ${renderMoney(tax, currency)} on ${renderMoney(net, currency)} cannot be moved.`,
    );
  }
  const items = (justThese(there, wish) ?? [ofTheOrder(there, wish)]).map((item) => ({
    ...item,
    toRate: rateGiving(item, rates),
  }));
  return { event, currency, items };
}

const refuse = (refused: string) => ({ refused });
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
/** Of amounts of one sign; those of the other are more than all there is. */
const isMore = (wanted: bigint, left: bigint): boolean =>
  wanted !== 0n && (wanted < 0n !== left < 0n || size(wanted) > size(left));

type Remaining = Omit<MovedItem, 'toRate'>;

function remaining(facts: readonly VatFact[]): Remaining[] {
  const items = new Map<string, Remaining>();
  for (const { orderItemId, sku, rate, net, tax } of facts) {
    const key = JSON.stringify([orderItemId, sku, rate === null ? null : String(rate)]);
    const known = items.get(key) ?? { orderItemId, sku, fromRate: rate, net: 0n, tax: 0n };
    items.set(key, { ...known, net: known.net + net, tax: known.tax + tax });
  }
  return [...items.values()].filter(({ net, tax }) => net !== 0n || tax !== 0n);
}

/** So many items are tried in all their combinations. */
const TRIED = 12;

/** All of them, or the first combination that comes to the amounts. */
function justThese(items: readonly Remaining[], { net, tax }: MoveWish): Remaining[] | null {
  const comesTo = (some: readonly Remaining[]) =>
    sumMinor(some.map((one) => one.net)) === net && sumMinor(some.map((one) => one.tax)) === tax;
  if (comesTo(items)) return [...items];
  if (items.length > TRIED) return null;
  for (let chosen = 1; chosen < 2 ** items.length; chosen += 1) {
    const some = items.filter((_, index) => (chosen >> index) % 2 === 1);
    if (comesTo(some)) return some;
  }
  return null;
}

/** A part of items: of no one SKU, at the rate that they share. */
function ofTheOrder(items: readonly Remaining[], { net, tax }: MoveWish): Remaining {
  const [first] = items;
  const fromRate = items.every((item) => item.fromRate === first!.fromRate) ? first!.fromRate : null;
  return { orderItemId: '', sku: null, fromRate, net, tax };
}

/** To one minor unit. */
function rateGiving({ net, tax }: Pick<MovedItem, 'net' | 'tax'>, rates: readonly Rate[]): Rate | null {
  if (tax === 0n) return 0n;
  return rates.find((rate) => size(tax - taxOn(net, rate)) <= 1n) ?? null;
}
