/** Transactions of what is no order's payment and no refund: service fees, advertising, reimbursements, corrections. */
import { refundPartOf } from '../amount-words.ts';
import { HOUR, shifted } from '../instants.ts';
import { marketplaceOf } from '../marketplaces.ts';
import { seededCode } from '../seeded.ts';
import type { AmazonWorld, WorldSettlement } from '../world.ts';
import { financeWords } from './other-words.ts';
import { nameOf } from './sales.ts';
import { isPriced, settledRows, type SettledRow } from './settled-rows.ts';
import { commonParts, pathTree, transactionItem } from './transaction-parts.ts';
import type { Transaction } from './transaction-model.ts';

/** One transaction, told at an hour after it was posted. */
export interface OtherTransaction {
  transactionId: string;
  type: string;
  description: string;
  postedAt: string;
  publishedAt: string;
  orderId: string | null;
  marketplaceId: string;
  marketplaceName: string;
  currency: string;
  settlement: WorldSettlement;
  sku: string;
  parts: { path: readonly string[]; amount: string }[];
}

export function otherTransactions(world: AmazonWorld): OtherTransaction[] {
  const { others, refunds } = settledRows(world);
  const ofRefunds = [...refunds.values()].flatMap((rows) => (isPriced(rows) ? rows.flatMap(withoutPart) : rows));
  return [
    ...others.map((row) =>
      otherOf(row, (group, description, amount) => financeWords(row.transactionType, group, description, amount)),
    ),
    // What a refund's words have no place for: it would be lost in the refund, and is none by itself.
    ...ofRefunds.map((row) =>
      otherOf(row, (_, description) => ({ type: 'Adjustment', path: ['AmazonFees', nameOf(description)] })),
    ),
  ];
}

function withoutPart(row: SettledRow): SettledRow[] {
  const amounts = row.amounts.filter(({ group, description }) => refundPartOf(group, description) === null);
  return amounts.length === 0 ? [] : [{ ...row, amounts }];
}

function otherOf(
  row: SettledRow,
  words: (group: string, description: string, amount: string) => { type: string; path: readonly string[] },
): OtherTransaction {
  const { settlement, ordinal, postedAt, sku } = row;
  const marketplace = marketplaceOf(row.marketplaceName, settlement.currency);
  const named = row.amounts.map(({ group, description, amount }) => ({ ...words(group, description, amount), amount }));
  return {
    transactionId: `O-${seededCode(`${settlement.settlementId} ${ordinal}`, 20)}`,
    type: named[0]?.type ?? 'Adjustment',
    description: row.amounts[0]?.description ?? '',
    postedAt,
    publishedAt: shifted(postedAt, HOUR),
    orderId: row.orderId === '' ? null : row.orderId,
    marketplaceId: marketplace.id,
    marketplaceName: row.marketplaceName || marketplace.name,
    currency: settlement.currency,
    settlement,
    sku,
    parts: named.map(({ path, amount }) => ({ path, amount })),
  };
}

/** The amounts stand in the transaction's own tree; an item, where a SKU is named, has none (issue 4993 of the models' repository). */
export function otherTransaction(world: AmazonWorld, other: OtherTransaction, now: string): Transaction {
  const { currency, sku, parts } = other;
  const common = commonParts(world, other, [], now, []);
  const own = pathTree(parts, currency);
  const item =
    sku === '' ? [] : [{ ...transactionItem(world, currency, sku, 1, [], [], null), totalAmount: own.total }];
  return {
    ...common,
    totalAmount: own.total,
    items: item,
    breakdowns: own.breakdowns,
    transactionType: other.type,
    description: other.description,
    transactionId: other.transactionId,
    transactionStatus: 'RELEASED',
  };
}
