/**
 * Which refunds that Finances tells are claims that a journal owns already.
 *
 * Finances cannot tell an A-to-z or chargeback refund from another (amazon.md §4.1), and it may tell it after the
 * settlement. The first word counts (accounting.md, *Refunds*): such a refund gets no memo. Each claim answers one refund
 * posted within 48 hours of its row, the nearest first. Refund rows that still miss their memo compete: a refund that is
 * nearer to one of them is that one.
 */
import { epochMsOf, type Instant } from '../money/instant.ts';

/** Rows of one order and second in a settlement; `amount` as a credit, positive where the buyer got money. */
export interface RowsWithoutRefund {
  kind: 'claim' | 'refund';
  settlementId: string;
  postedAt: Instant;
  amount: bigint;
}

/** A refund without a document; `total` and the `tax` beside it as credits. */
export interface UnbookedRefund {
  key: string;
  postedAt: Instant;
  total: bigint;
  tax?: bigint;
}

const REACH_MS = 48 * 3_600_000;

/** The claim of each refund that is one, by the refund's key. */
export function answerClaims(
  refunds: readonly UnbookedRefund[],
  standing: readonly RowsWithoutRefund[],
): Map<string, RowsWithoutRefund> {
  const pairs = refunds.flatMap((refund) =>
    standing
      .filter((rows) => mayBe(refund, rows))
      .map((rows) => ({ refund, rows, distance: distanceOf(refund, rows) })),
  );
  pairs.sort(
    (a, b) =>
      a.distance - b.distance ||
      (a.rows.kind === b.rows.kind ? 0 : a.rows.kind === 'refund' ? -1 : 1) ||
      (a.refund.key < b.refund.key ? -1 : 1),
  );
  const taken = new Set<UnbookedRefund | RowsWithoutRefund>();
  const answers = new Map<string, RowsWithoutRefund>();
  for (const { refund, rows } of pairs) {
    if (taken.has(refund) || taken.has(rows)) continue;
    taken.add(refund).add(rows);
    if (rows.kind === 'claim') answers.set(refund.key, rows);
  }
  return answers;
}

/** Of one amount and near each other; a claim of the very second is that refund, whatever Finances makes of its amount. */
function mayBe(refund: UnbookedRefund, rows: RowsWithoutRefund): boolean {
  const distance = distanceOf(refund, rows);
  return (
    ([refund.total, refund.total + (refund.tax ?? 0n)].includes(rows.amount) && distance <= REACH_MS) ||
    (rows.kind === 'claim' && distance === 0)
  );
}

function distanceOf(refund: UnbookedRefund, rows: RowsWithoutRefund): number {
  return Math.abs(epochMsOf(refund.postedAt) - epochMsOf(rows.postedAt));
}
