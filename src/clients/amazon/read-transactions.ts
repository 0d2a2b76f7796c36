/** Finances API 2024-06-19: transactions of every kind, without anything about a person. */
import type { FinanceStatus, FinanceTransaction } from '../../domain/period/finance-transaction.ts';
import { leavesOf, partsOf, type BreakdownNode } from '../../domain/period/transaction-parts.ts';
import type { CurrencyCode } from '../../domain/money/money.ts';
import type { DriftNotes } from './read-payload.ts';
import {
  fulfillerOf,
  itemOf,
  noteUnread,
  relatedOf,
  transaction,
  type Breakdown,
  type Transaction,
  type TransactionHead,
} from './transaction-schema.ts';

/** The transactions of a page, each once. One that cannot be read is noted by its id and holds up none of the others. */
export function financeTransactionsOf(
  transactions: readonly TransactionHead[],
  drift: DriftNotes,
): FinanceTransaction[] {
  const facts = new Map<string, FinanceTransaction>();
  for (const entry of transactions) {
    const parsed = transaction.safeParse(entry);
    if (!parsed.success) {
      noteUnread(entry, parsed.error, drift);
      continue;
    }
    const fact = factOf(parsed.data, drift);
    if (fact) facts.set(fact.transactionId, fact);
  }
  return [...facts.values()];
}

function factOf(entry: Transaction, drift: DriftNotes): FinanceTransaction | null {
  if (!entry.totalAmount) {
    drift.note('transaction', `${entry.transactionId} has no total and is left out`);
    return null;
  }
  const { minor: total, currency } = entry.totalAmount;
  const related = (name: string) => relatedOf(entry, name) ?? null;
  const node = (breakdown: Breakdown): BreakdownNode => nodeOf(breakdown, currency, drift);
  const items = (entry.items ?? []).flatMap((item) => leavesOf((item.breakdowns ?? []).map(node), itemOf(item)));
  const maturesAt = (entry.contexts ?? []).find(({ maturityDate }) => maturityDate)?.maturityDate;
  return {
    transactionId: entry.transactionId,
    type: entry.transactionType,
    description: entry.description ?? null,
    status: statusOf(entry, drift),
    postedAt: entry.postedDate,
    orderId: related('ORDER_ID'),
    shipmentId: related('SHIPMENT_ID'),
    groupId: related('FINANCIAL_EVENT_GROUP_ID'),
    settlementId: related('SETTLEMENT_ID'),
    releases: related('DEFERRED_TRANSACTION_ID'),
    releasedBy: related('RELEASE_TRANSACTION_ID'),
    maturesAt: maturesAt ?? null,
    marketplaceName: entry.marketplaceDetails?.marketplaceName ?? null,
    fulfilledBy: fulfillerOf(entry, drift),
    currency,
    total,
    parts: partsOf(total, items, (entry.breakdowns ?? []).map(node)),
  };
}

const STATUSES: readonly string[] = ['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED'] satisfies FinanceStatus[];

/** Real ones are written `Released`, too; one that names none is no deferred one. */
function statusOf({ transactionStatus }: Transaction, drift: DriftNotes): FinanceStatus {
  const status = transactionStatus?.toUpperCase() ?? 'RELEASED';
  if (STATUSES.includes(status)) return status as FinanceStatus;
  drift.note('transaction', `unknown transactionStatus ${status}`);
  return 'RELEASED';
}

/** An amount of another currency than the transaction's is none of it: it is missed in the rest. */
function nodeOf(breakdown: Breakdown, currency: CurrencyCode, drift: DriftNotes): BreakdownNode {
  const { breakdownType, breakdownAmount, breakdowns } = breakdown;
  const isForeign = breakdownAmount != null && breakdownAmount.currency !== currency;
  if (isForeign)
    drift.note('transaction.breakdowns', `an amount in ${breakdownAmount.currency} of a total in ${currency}`);
  return {
    name: breakdownType ?? '(unnamed)',
    amount: isForeign ? null : (breakdownAmount?.minor ?? null),
    within: (breakdowns ?? []).map((inner) => nodeOf(inner, currency, drift)),
  };
}
