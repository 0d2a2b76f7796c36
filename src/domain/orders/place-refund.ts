/**
 * What a transaction of Finances is to the refunds that are known of its order.
 *
 * A deferred transaction and its release are two records of one (amazon.md §4.1: linked by their ids; the casing and the
 * link vary, so an unlinked release is known by its amounts). Another transaction of the same order and second is of the
 * same refund; one that is told after documents were written down for it is a refund of its own, numbered on. What a
 * person booked from the rows of a settlement is that refund, however late and in however many records Finances tells it.
 */
import { epochMsOf, type Instant } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';
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
  /** A record of what was booked from rows; `fact` says that it was told. */
  | { kind: 'booked'; key: string; fact: RefundFact }
  /** Units of the same second: one refund with their sum. */
  | { kind: 'joins'; key: string; fact: RefundFact }
  /** `number` among those of its second, from 1. */
  | { kind: 'new'; number: number };

export const transactionsOf = ({ transactionId, alsoKnownAs = [] }: RefundFact): string[] => [
  transactionId,
  ...alsoKnownAs,
];

/** Refund rows of the order that have no document and were not booked; `amount` as a credit. */
export interface OpenRows {
  postedAt: Instant;
  amount: bigint;
}

export function placeRefund(
  refund: RefundFact,
  known: readonly KnownRefund[],
  openRows: readonly OpenRows[] = [],
): RefundPlace {
  const ids = transactionsOf(refund);
  const same =
    known.find(({ transactions }) => transactions.some((id) => ids.includes(id))) ??
    known.find((other) => isUnlinkedRelease(refund, other));
  if (same) return { kind: 'known', key: same.key };
  const booked = bookedBefore(refund, known, openRows);
  if (booked) return { kind: 'booked', key: booked.key, fact: toldAs(booked.fact, refund) };
  const ofSecond = known.filter(({ fact }) => fact.postedAt === refund.postedAt);
  const open = ofSecond.find((other) => other.open);
  if (open)
    return { kind: 'joins', key: open.key, fact: { ...open.fact, items: [...open.fact.items, ...refund.items] } };
  return { kind: 'new', number: ofSecond.length + 1 };
}

/** What was booked from rows, told by Finances: its documents stay those of the rows. */
export function toldAs(booked: RefundFact, told: RefundFact): RefundFact {
  return { ...booked, fromRows: { toldAs: told, ...booked.fromRows! } };
}

/** As a credit: positive where the buyer got money. */
export const creditOf = ({ items }: Pick<RefundFact, 'items'>): bigint =>
  -sumMinor(items.flatMap(({ amounts }) => Object.values(amounts)));

/** The tax that is given back beside it; the documents of the sale say whether it is the seller's to give. */
export const taxCreditOf = ({ items }: Pick<RefundFact, 'items'>): bigint =>
  -sumMinor(items.flatMap(({ tax, withheld }) => [tax ?? 0n, withheld ?? 0n]));

/** A row and the refund that it pays may bear instants of their own (accounting.md, *A-to-z and chargeback*). */
const REACH_MS = 48 * 3_600_000;
const distanceOf = (a: { postedAt: Instant }, b: { postedAt: Instant }): number =>
  Math.abs(epochMsOf(a.postedAt) - epochMsOf(b.postedAt));

/** Whether a refund and rows may be one event: of one second, or of one amount and near each other. */
export function maybeOfRows(refund: RefundFact, rows: OpenRows): boolean {
  return (
    refund.postedAt === rows.postedAt ||
    ([creditOf(refund), creditOf(refund) + taxCreditOf(refund)].includes(rows.amount) &&
      distanceOf(refund, rows) <= REACH_MS)
  );
}

/**
 * The refund booked from rows that this is a record of. One that Finances has not told yet: that of its second, whatever
 * Finances makes of the amount; else the nearest of its amount (of any, where a part of it is unknown). Rows that still
 * miss their document compete. One that it has told: a further record of that very second.
 */
function bookedBefore(
  refund: RefundFact,
  known: readonly KnownRefund[],
  openRows: readonly OpenRows[],
): KnownRefund | undefined {
  const booked = known.filter(({ fact }) => fact.fromRows !== undefined);
  const unanswered = booked.filter(({ fact }) => fact.fromRows?.toldAs === undefined);
  const total = creditOf(refund);
  const isOfAmount = ({ fact }: KnownRefund) => creditOf(fact) === total;
  const ofSecond = (some: readonly KnownRefund[]) => some.filter(({ fact }) => fact.postedAt === refund.postedAt);
  const its = ofSecond(unanswered).find(isOfAmount) ?? ofSecond(unanswered)[0];
  if (its) return its;
  const [nearest] = unanswered
    .filter((one) => (refund.incomplete || isOfAmount(one)) && distanceOf(one.fact, refund) <= REACH_MS)
    .sort((a, b) => distanceOf(a.fact, refund) - distanceOf(b.fact, refund) || (a.key < b.key ? -1 : 1));
  const reach = nearest ? distanceOf(nearest.fact, refund) : REACH_MS;
  if (!refund.incomplete && openRows.some((rows) => rows.amount === total && distanceOf(rows, refund) <= reach))
    return undefined;
  return nearest ?? ofSecond(booked)[0];
}

/** One of the two was deferred, the other was not, neither names the other, and they are of the same items and amounts. */
function isUnlinkedRelease(refund: RefundFact, known: KnownRefund): boolean {
  // Rows say nothing of deferrals: what was booked from them is compared as Finances told it, or by what it came to.
  const booked = known.fact.fromRows;
  const other = booked === undefined ? known.fact : booked.toldAs;
  const unlinked = refund.alsoKnownAs === undefined && known.transactions.length === 1;
  if (other === undefined || !unlinked || (refund.deferred ?? false) === (other.deferred ?? false)) return false;
  if (booked !== undefined && creditOf(refund) === creditOf(known.fact)) return true;
  return (
    (refund.incomplete ?? false) === (other.incomplete ?? false) &&
    amountsText(refund.items) === amountsText(other.items)
  );
}

function amountsText(items: readonly RefundItemFact[]): string {
  const one = ({ orderItemId, sku, amounts }: RefundItemFact) =>
    JSON.stringify([
      orderItemId,
      sku,
      Object.entries(amounts)
        .map(([part, minor]) => `${part} ${minor}`)
        .sort(),
    ]);
  return items.map(one).sort().join();
}
