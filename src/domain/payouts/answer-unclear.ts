/** Which refunds with an unknown part the rows of a settlement are. */
import { epochMsOf, type Instant } from '../money/instant.ts';

/** Refund rows of one order and second; `key` is the refund that they are booked as, `booked` whether a person just did. */
export interface BookedRows {
  key: string;
  postedAt: Instant;
  booked: boolean;
}
export interface UnclearRefund {
  transactionId: string;
  postedAt: Instant;
}

/**
 * By transaction, the refund that it is: that of its second; else rows answer one each, those that are booked just now before
 * others, the nearest first and at any distance (a deferred refund is paid long after it was posted, and a person has named
 * order and settlement). Where that was wrong, the rows of the other one miss their document when they come.
 */
export function answerUnclear(unclear: readonly UnclearRefund[], rows: readonly BookedRows[]): Map<string, string> {
  const answers = new Map<string, string>();
  const free = new Set(rows);
  for (const one of unclear) {
    const ofSecond = rows.filter(({ postedAt }) => postedAt === one.postedAt);
    const its = ofSecond.find(({ booked }) => booked) ?? ofSecond[0];
    if (its === undefined) continue;
    answers.set(one.transactionId, its.key);
    for (const some of ofSecond) free.delete(some);
  }
  const pairs = unclear
    .filter(({ transactionId }) => !answers.has(transactionId))
    .flatMap((one) =>
      [...free].map((some) => ({ one, some, distance: Math.abs(epochMsOf(one.postedAt) - epochMsOf(some.postedAt)) })),
    );
  pairs.sort(
    (a, b) =>
      Number(b.some.booked) - Number(a.some.booked) ||
      a.distance - b.distance ||
      (a.one.transactionId < b.one.transactionId ? -1 : 1),
  );
  for (const { one, some } of pairs) {
    if (answers.has(one.transactionId) || !free.delete(some)) continue;
    answers.set(one.transactionId, some.key);
  }
  return answers;
}
