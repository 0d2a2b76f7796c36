/**
 * What a transaction of Finances is to the refunds that are known of its order.
 *
 * A deferred transaction and its release are two records of one (amazon.md §4.1: linked by their ids; the casing and the
 * link vary, so an unlinked release is known by its amounts). Another transaction of the same order and second is of the
 * same refund; one that is told after documents were written down for it is a refund of its own, numbered on.
 */
import type { RefundFact, RefundItemFact } from './order-facts.ts';

export interface KnownRefund {
  key: string;
  fact: RefundFact;
  /** Ids of all records that went into it. */
  transactions: readonly string[];
  /** No document was written down for it, and no claim answers it. */
  open: boolean;
}

export type RefundPlace =
  /** Another record of what is known. */
  | { kind: 'known'; key: string }
  /** Units of the same second: one refund with their sum. */
  | { kind: 'joins'; key: string; fact: RefundFact }
  /** `number` among those of its second, from 1. */
  | { kind: 'new'; number: number };

export const transactionsOf = ({ transactionId, alsoKnownAs = [] }: RefundFact): string[] => [transactionId, ...alsoKnownAs];

export function placeRefund(refund: RefundFact, known: readonly KnownRefund[]): RefundPlace {
  const ids = transactionsOf(refund);
  const same = known.find(({ transactions }) => transactions.some((id) => ids.includes(id))) ?? known.find((other) => isUnlinkedRelease(refund, other));
  if (same) return { kind: 'known', key: same.key };
  const ofSecond = known.filter(({ fact }) => fact.postedAt === refund.postedAt);
  const open = ofSecond.find((other) => other.open);
  if (open) return { kind: 'joins', key: open.key, fact: { ...open.fact, items: [...open.fact.items, ...refund.items] } };
  return { kind: 'new', number: ofSecond.length + 1 };
}

/** One of the two was deferred, the other was not, neither names the other, and they are of the same items and amounts. */
function isUnlinkedRelease(refund: RefundFact, known: KnownRefund): boolean {
  const unlinked = refund.alsoKnownAs === undefined && known.transactions.length === 1;
  return unlinked && (refund.deferred ?? false) !== (known.fact.deferred ?? false) && amountsText(refund.items) === amountsText(known.fact.items);
}

function amountsText(items: readonly RefundItemFact[]): string {
  const one = ({ orderItemId, sku, amounts }: RefundItemFact) => JSON.stringify([orderItemId, sku, Object.entries(amounts).map(([part, minor]) => `${part} ${minor}`).sort()]);
  return items.map(one).sort().join();
}
