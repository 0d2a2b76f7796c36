/** Whose the tax is that a settlement brings of an item and no document carries: its country's, as far as the item has tax there. */
import type { Day } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';
import { factsOfMove, type BookedMove } from './moved-facts.ts';
import type { Jurisdiction } from './tax-policy.ts';
import type { VatFact } from './vat-facts.ts';

/** An item as rows of a settlement name it: by its code, else by its SKU, else its whole order. */
export interface NamedItem {
  orderId: string;
  orderItemCode: string | null;
  sku: string | null;
}

/** Tax of an item that its documents do not carry, of one day of the journal. */
export interface LeftTax extends NamedItem {
  day: Day;
  /** Signed as in the report: negative is given back. */
  amount: bigint;
}

/** What of it is a country's, or (null) nobody's. */
export interface TaxShare extends NamedItem {
  /** Of the documents; null where it is nobody's. */
  orderItemId: string | null;
  jurisdiction: Jurisdiction | null;
  amount: bigint;
}

/** What is known of the orders whose tax is left. */
export interface TaxOfOrders {
  /** Of their documents, corrections among them. */
  documents: readonly VatFact[];
  moves: readonly BookedMove[];
  /** What journals of other settlements have of it. */
  booked: readonly TaxShare[];
}

/** Of these the facts of an item: a code that no document knows is looked up by its SKU. */
export function factsOfItem(facts: readonly VatFact[], { orderId, orderItemCode, sku }: NamedItem): VatFact[] {
  const own = facts.filter((fact) => fact.orderId === orderId);
  const byCode = own.filter(({ orderItemId }) => orderItemId === orderItemCode);
  if (byCode.length > 0) return byCode;
  return orderItemCode === null && sku === null ? own : own.filter((fact) => sku !== null && fact.sku === sku);
}

/**
 * The country's is what its item's documents, corrections and moves among them, carry there, less what was given back: no more is
 * given back, and no more comes back than was given. What is beyond is nobody's. Of an item in several countries that of its
 * documents comes first.
 * @param left by item, in the order in which it is booked
 */
export function sharesOfLeftTax(left: readonly LeftTax[], known: TaxOfOrders): (TaxShare & { day: Day })[] {
  const owed = [...known.documents, ...known.moves.flatMap(factsOfMove)].filter(
    ({ collector }) => collector === 'seller',
  );
  const booked: TaxShare[] = [...known.booked];
  return left.flatMap((one) => {
    const { orderId, orderItemCode, sku, day } = one;
    const own = factsOfItem(owed, one);
    const shares: (TaxShare & { day: Day })[] = [];
    let rest = one.amount;
    for (const orderItemId of new Set(own.map((fact) => fact.orderItemId))) {
      const ofItem = own.filter((fact) => fact.orderItemId === orderItemId);
      const given = booked.filter((share) => share.orderId === orderId && share.orderItemId === orderItemId);
      let room = within(rest, ofItem, given);
      for (const jurisdiction of new Set(ofItem.map((fact) => fact.jurisdiction))) {
        const isHere = (some: { jurisdiction: Jurisdiction | null }) => some.jurisdiction === jurisdiction;
        const amount = within(room, ofItem.filter(isHere), given.filter(isHere));
        if (amount === 0n) continue;
        shares.push({ orderId, orderItemCode, sku, orderItemId, jurisdiction, amount, day });
        room -= amount;
        rest -= amount;
      }
    }
    booked.push(...shares);
    return rest === 0n
      ? shares
      : [...shares, { orderId, orderItemCode, sku, orderItemId: null, jurisdiction: null, amount: rest, day }];
  });
}

/** As much of an amount as keeps what is left between nothing and what was sold. */
function within(amount: bigint, facts: readonly VatFact[], given: readonly TaxShare[]): bigint {
  const sold = sumMinor(facts.filter(({ event }) => event === 'sale').map(({ tax }) => tax));
  const left = sumMinor([...facts.map(({ tax }) => tax), ...given.map((share) => share.amount)]);
  const [least, most] = sold < 0n ? [sold, 0n] : [0n, sold];
  const wanted = left + amount;
  const taken = (wanted < least ? least : wanted > most ? most : wanted) - left;
  return taken === 0n || taken < 0n !== amount < 0n ? 0n : taken;
}
