/**
 * Documents of one refund: a Credit Memo, with a Return Authorisation for whole refunded units; an Invoice where Amazon
 * takes a refund back (accounting.md, *Refunds*).
 *
 * A return authorisation only for whole units: those whose principal is just what k of the line's units were billed.
 * Everything else (price-only, shipping-only, goodwill, refunds of orders from before the cut-over) is a credit memo of
 * its own on non-inventory items: stand-alone, an inventory item would bring stock back without its cost.
 */
import type { Purpose } from '../documents/document-kinds.ts';
import { memoStart, refundKey, type DocumentKey } from '../identifiers/external-id.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { RefundComponent, RefundFact, RefundItemFact } from './order-facts.ts';
import { lineTag, taxesOf, taxOfLine, taxTogether, type LineTax, type OrderLine } from './sales-order.ts';
import type { ItemTax } from '../tax/tax-policy.ts';
import { unitsOf, type BilledSale, type WholeUnits } from './whole-units.ts';

export interface PlannedDocument<P extends Purpose> {
  key: DocumentKey<P>;
  memo: string;
}

export interface RefundPlan {
  orderId: string;
  currency: CurrencyCode;
  date: Day;
  /** Null for a refund that Amazon takes back. */
  creditMemo: PlannedDocument<'CM'> | null;
  /** Of a refund that Amazon takes back: all parts together are positive in the settlement. */
  invoice?: PlannedDocument<'INV'> | null;
  /** Null for a stand-alone credit memo. */
  returnAuthorisation: PlannedDocument<'RA'> | null;
  /** Lines of earlier return authorisations whose units the buyer keeps after all. */
  takesBack?: { authorisation: string; tag: string }[];
  /** Amounts as a credit: goods positive, a promotion that Amazon takes back negative. */
  lines: OrderLine[];
  /** As a credit: negative for an invoice. */
  total: bigint;
  /** Whose tax is given back of each item, signed as Amazon tells it; absent where the seller owes tax nowhere. */
  taxes?: ItemTax[];
}

const OWN_ITEM: readonly RefundComponent[] = ['shipping', 'gift-wrap', 'promotion', 'points', 'other', 'tax'];

/**
 * @param sale what was billed of the order and which units came back before; null when the sale is not in our books
 * @param number which it is of the refunds of one order and second, see {@link refundKey}
 */
export function planRefund(
  connection: string,
  refund: RefundFact,
  sale: BilledSale | null,
  timeZone: string,
  number = 1,
): RefundPlan {
  const businessKey = refundKey(refund.orderId, refund.postedAt, number);
  const planned = <P extends Purpose>(purpose: P): PlannedDocument<P> => {
    const document: DocumentKey<P> = { connection, purpose, businessKey, part: 1 };
    return { key: document, memo: memoStart(document) };
  };
  const total = -sumMinor(refund.items.flatMap(({ amounts }) => Object.values(amounts)));
  const isTakenBack = total < 0n;
  // An invoice brings no goods back, whatever it is made of.
  const lines = merged(itemsOf(refund).flatMap((sets, index) => refundLines(sets, index, isTakenBack ? null : sale)));
  return {
    orderId: refund.orderId,
    currency: refund.currency,
    date: dayIn(refund.postedAt, timeZone),
    creditMemo: isTakenBack ? null : planned('CM'),
    invoice: isTakenBack ? planned('INV') : null,
    returnAuthorisation: lines.some((line) => line.goods) ? planned('RA') : null,
    takesBack: returnsTakenBack(refund.items, sale),
    lines,
    total,
    ...taxesOf(refund.items),
  };
}

/** Sets of amounts that belong to one line of the sale: units refunded in one second come as a set each. */
function itemsOf(refund: RefundFact): RefundItemFact[][] {
  const byItem = new Map<string, RefundItemFact[]>();
  refund.items.forEach((item, index) => {
    const name = item.orderItemId ?? (item.sku === null ? `#${index}` : `sku ${item.sku}`);
    byItem.set(name, [...(byItem.get(name) ?? []), item]);
  });
  return [...byItem.values()];
}

/** SKUs of a refund by what the tags of its lines name: its order items, or its own numbers for them. */
export function refundItemNames(refund: RefundFact): (readonly [item: string, sku: string])[] {
  return itemsOf(refund).flatMap(([first], index) =>
    first!.sku === null ? [] : [[nameOfSet(first!, index), first!.sku] as const],
  );
}

const nameOfSet = ({ orderItemId }: RefundItemFact, index: number): string => orderItemId ?? `refund-${index + 1}`;

/** Whole units by the sum of an item's sets; where that is none, by each set (one unit whole beside a price-only refund of another). */
function refundLines(sets: readonly RefundItemFact[], index: number, sale: BilledSale | null): OrderLine[] {
  const [first] = sets;
  const id = nameOfSet(first!, index);
  const principals = sets.map((set) => -(set.amounts.principal ?? 0n));
  const asBilled = sets.map((set) => -(set.grossPrincipal ?? set.amounts.principal ?? 0n));
  const sum = sumMinor(principals);
  const together = sale && unitsOf(first!, sumMinor(asBilled), sale);
  const lines: OrderLine[] = [];
  if (together) lines.push(goodsLine(together, sum));
  else {
    const taken = new Map<string, number>();
    for (const [at, principal] of principals.entries()) {
      if (principal === 0n) continue;
      const units = sale && unitsOf(first!, asBilled[at]!, sale, taken);
      if (units) taken.set(units.orderItemId, (taken.get(units.orderItemId) ?? 0) + units.quantity);
      lines.push(units ? goodsLine(units, principal) : serviceLine(id, 'other', principal));
    }
  }
  for (const component of OWN_ITEM)
    lines.push({
      ...serviceLine(
        (component === 'tax' && first!.taxed?.orderItemId) || id,
        component,
        -sumMinor(sets.map((set) => set.amounts[component] ?? 0n)),
      ),
      ...taxOfSets(component, sets),
    });
  return lines;
}

/** Units of one line are of one jurisdiction and rate; what the tax is on is a credit, as the lines are. */
function taxOfSets(component: RefundComponent, sets: readonly RefundItemFact[]): { tax?: LineTax } {
  const of = sets.find(({ taxed }) => taxed !== undefined);
  const { tax } = taxOfLine(component, of ?? {});
  return tax === undefined ? {} : { tax: { ...tax, net: -sumMinor(sets.map(({ taxed }) => taxed?.net ?? 0n)) } };
}

function goodsLine({ orderItemId, sku, quantity }: WholeUnits, amount: bigint): OrderLine {
  return { tag: lineTag(orderItemId, 'principal'), goods: true, sku, component: 'principal', quantity, amount };
}

function serviceLine(id: string, component: RefundComponent, amount: bigint): OrderLine {
  return { tag: lineTag(id, component), goods: false, sku: null, component, quantity: 1, amount };
}

/** One line for each tag; what comes to nothing has none, but for goods. */
function merged(lines: readonly OrderLine[]): OrderLine[] {
  const byTag = new Map<string, OrderLine>();
  for (const line of lines) {
    const known = byTag.get(line.tag);
    byTag.set(
      line.tag,
      known
        ? {
            ...known,
            quantity: known.goods ? known.quantity + line.quantity : 1,
            amount: known.amount + line.amount,
            ...taxTogether(known, line),
          }
        : line,
    );
  }
  return [...byTag.values()].filter((line) => line.goods || line.amount !== 0n);
}

/** Units whose principal comes back whole: their return is the last one of just that amount. A part of it closes nothing. */
function returnsTakenBack(
  items: readonly RefundItemFact[],
  sale: BilledSale | null,
): { authorisation: string; tag: string }[] {
  const left = [...(sale?.returned ?? [])];
  return items.flatMap((item) => {
    const principal = item.amounts.principal ?? 0n;
    if (principal <= 0n) return [];
    const at = left.findLastIndex(
      (line) =>
        line.amount === principal &&
        (item.orderItemId === null ? line.sku === item.sku : line.orderItemId === item.orderItemId),
    );
    return at < 0
      ? []
      : left
          .splice(at, 1)
          .map(({ authorisation, orderItemId }) => ({ authorisation, tag: lineTag(orderItemId, 'principal') }));
  });
}
