/** Which refund rows of an order a person may book, and why there may be none. */
import { isClaimRow } from '../mapping/booked-role.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import { parseExternalId } from '../identifiers/external-id.ts';
import { epochMsOf } from '../money/instant.ts';
import type { RefundFact } from '../orders/order-facts.ts';
import { maybeOfRows } from '../orders/place-refund.ts';
import type { SettlementRow } from '../settlement/settlement.ts';
import type { TiedGroup } from './tie-rows.ts';

/** A refund that is known and has no document yet. */
export interface PendingRefund {
  key: string;
  fact: RefundFact;
}
/** Of any orders. */
type RefundRows = Pick<TiedGroup, 'orderId' | 'kind' | 'postedAt' | 'amount' | 'document' | 'awaits'>;
/** Refund rows of one second with the refund that they are; null where nobody has booked them. */
export interface JudgedRows<Group extends RefundRows = TiedGroup> {
  group: Group;
  key: string | null;
}

/** Rows are the refund of their document, posted or on its way; else one that is known already: of their second, or the nearest of their amount. */
export function judgeRefundRows<Group extends RefundRows>(
  groups: readonly Group[],
  pending: readonly PendingRefund[],
): JudgedRows<Group>[] {
  const refunds = groups.filter(({ kind, amount }) => kind === 'refund' && amount !== 0n);
  const isOf = (group: Group, { fact }: PendingRefund) => fact.orderId === group.orderId;
  const judged = refunds.map((group): JudgedRows<Group> => ({
    group,
    key:
      keyOfDocument(group) ??
      pending.find((refund) => isOf(group, refund) && refund.fact.postedAt === group.postedAt)?.key ??
      null,
  }));
  const left = new Set(pending.filter(({ key }) => !judged.some((rows) => rows.key === key)));
  const pairs = judged
    .filter(({ key }) => key === null)
    .flatMap((rows) =>
      [...left]
        .filter(
          (refund) =>
            isOf(rows.group, refund) &&
            maybeOfRows(refund.fact, { postedAt: rows.group.postedAt, amount: -rows.group.amount }),
        )
        .map((refund) => ({
          rows,
          refund,
          distance: Math.abs(epochMsOf(refund.fact.postedAt) - epochMsOf(rows.group.postedAt)),
        })),
    );
  for (const { rows, refund } of pairs.sort((a, b) => a.distance - b.distance))
    if (rows.key === null && left.delete(refund)) rows.key = refund.key;
  return judged;
}

function keyOfDocument({ document, awaits }: RefundRows): string | null {
  const externalId = document ?? awaits;
  return externalId === null ? null : (parseExternalId(externalId)?.businessKey ?? null);
}

/** Why nothing of an order can be booked from the rows of a settlement: a sentence; null where there are refund rows of ours. */
export function explainNoRefundRows(
  orderId: string,
  settlementId: string,
  rows: readonly (SettlementRow & { booked: Role | null })[],
  isOurs: (row: SettlementRow) => boolean,
): string | null {
  const refunds = rows.filter(({ transactionType }) => foldText(transactionType) === foldText('Refund'));
  if (rows.some(({ booked }) => booked === null))
    return `Settlement ${settlementId} is still being read: give the decision again once its payout has looked at its orders.`;
  if (refunds.some(isOurs)) return null;
  if (refunds.some(({ booked }) => booked === 'merchant-orders'))
    return `Order ${orderId} is a sale of another system: no document of ours is made for its refund.`;
  if (refunds.some(({ booked }) => booked === 'opening-balance'))
    return `What settlement ${settlementId} refunds of order ${orderId} is from before the cut-over: the old books have it.`;
  if (rows.some(isClaimRow))
    return `What settlement ${settlementId} gives back of order ${orderId} is a claim: its journal owns it, and no credit memo is made.`;
  return `Settlement ${settlementId} refunds nothing of order ${orderId}: wait for the settlement that pays the refund, and name that one.`;
}
