/** Which payout a row brings back: the transfer of an earlier settlement that failed, or that the bank gave back. */
import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import { clearedBy, depositedOn, type Movement } from './movement.ts';

export interface ReturnedRow {
  settlementId: string;
  line: number;
  amount: bigint;
  currency: CurrencyCode;
  postedAt: Instant;
}

/**
 * The payout of just that amount whose settlement ended before the row, and that no row has brought back: one whose transfer
 * Amazon says has failed, else the oldest that the bank has not credited, else the last that it has. Null when there is none.
 */
export function payoutBroughtBack(row: ReturnedRow, movements: readonly Movement[]): Movement | null {
  const could = movements.filter(
    (movement) =>
      movement.kind === 'payout' &&
      movement.settlementId !== row.settlementId &&
      movement.currency === row.currency &&
      movement.amount === row.amount &&
      movement.settlementEnd <= row.postedAt &&
      movement.broughtBackBy === null &&
      movement.state !== 'returned',
  );
  const inOrder = [...could].sort((a, b) =>
    `${a.settlementEnd} ${a.externalId}` < `${b.settlementEnd} ${b.externalId}` ? -1 : 1,
  );
  return (
    inOrder.find(({ transferStatus }) => transferStatus?.toLowerCase() === 'failed') ??
    inOrder.find(({ documents }) => clearedBy(documents) === 0n) ??
    inOrder.findLast((movement) => depositedOn(movement) !== null) ??
    null
  );
}
