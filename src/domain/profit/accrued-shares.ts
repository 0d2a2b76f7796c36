/** Whose the accrued amounts are: the items of their transactions (close.md, *Profit by SKU*). */
import { isMultiChannelSale } from '../identifiers/multi-channel.ts';
import { sumMinor } from '../money/money.ts';
import type { FinanceTransaction } from '../period/finance-transaction.ts';
import { grouped } from '../stock/grouped.ts';
import type { Channel } from './channel.ts';
import { shareOfOrder, type OrderedSku } from './share.ts';
import { compareNames, type AccruedShare } from './split.ts';

/** A part of a transaction by its SKU, else by the items of the transaction, their units where they say no price. */
export function sharesOfPart(
  transaction: FinanceTransaction,
  { sku, amount }: { sku: string | null; amount: bigint },
): { sku: string | null; amount: bigint }[] {
  return sku === null ? shareOfOrder(-amount, itemsOf(transaction)) : [{ sku, amount: -amount }];
}

/** One share of all that are alike, by role and SKU: in whatever order the transactions were told. */
export function togetherShares(shares: readonly AccruedShare[]): AccruedShare[] {
  return [
    ...grouped(shares, ({ role, sku, channel, marketplace }) =>
      JSON.stringify([role, sku, channel, marketplace]),
    ).values(),
  ]
    .map((same) => ({ ...same[0]!, amount: sumMinor(same.map(({ amount }) => amount)) }))
    .filter(({ amount }) => amount !== 0n)
    .sort(
      (a, b) =>
        compareNames(a.role, b.role) ||
        compareNames(a.sku, b.sku) ||
        compareNames(a.channel, b.channel) ||
        compareNames(a.marketplace, b.marketplace),
    );
}

/** Who books its sale, as far as Finances tells it: merchant-fulfilled sales are another system's unless they are ours. */
export function channelOfTransaction(
  { orderId, marketplaceName, fulfilledBy }: FinanceTransaction,
  merchantFulfilled: 'other' | 'ours',
): Channel {
  if (orderId === null) return 'ours';
  if (isMultiChannelSale(orderId, marketplaceName)) return 'multi-channel';
  return fulfilledBy === 'MERCHANT' && merchantFulfilled === 'other' ? 'merchant-orders' : 'ours';
}

/** The path of an item's price begins so in Finances' own breakdowns (amazon.md §4.1). */
const PRICE = 'ProductCharges';

function itemsOf({ parts }: FinanceTransaction): OrderedSku[] {
  const items = new Map<string, OrderedSku>();
  for (const { sku, orderItemId, quantity, path, amount } of parts) {
    if (sku === null) continue;
    const key = JSON.stringify([sku, orderItemId]);
    const known = items.get(key) ?? { sku, principal: 0n, units: quantity ?? 0 };
    const price = path.split('/').includes(PRICE) ? amount : 0n;
    items.set(key, { ...known, principal: (known.principal ?? 0n) + price });
  }
  // A refund gives prices back: proportions have no sign.
  return [...items.values()].map(({ principal, ...item }) => ({
    ...item,
    principal: principal !== null && principal < 0n ? -principal : principal,
  }));
}
