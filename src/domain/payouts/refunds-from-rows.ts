/** Refunds that Finances does not tell, or not in full, from the rows of the settlement that pays them. */
import { isWithheldTaxRow } from '../journal/marketplace-tax.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { RefundAmounts, RefundComponent, RefundFact, RefundItemFact } from '../orders/order-facts.ts';
import type { SettlementRow } from '../settlement/settlement.ts';

const BY_ROLE: Partial<Record<Role, RefundComponent>> = {
  'product-sales': 'principal',
  'shipping-income': 'shipping',
  'gift-wrap': 'gift-wrap',
  promotions: 'promotion',
  points: 'points',
};
/** Prices that are given back have one role together, `refunds`: under ItemPrice their words tell them apart. */
const BY_WORD: Readonly<Record<string, RefundComponent>> = {
  principal: 'principal',
  shipping: 'shipping',
  giftwrap: 'gift-wrap',
};

type RowOfRefund = Pick<
  SettlementRow,
  | 'postedAt'
  | 'transactionType'
  | 'amountType'
  | 'amountDescription'
  | 'orderItemCode'
  | 'sku'
  | 'quantity'
  | 'amount'
  | 'marketplaceName'
  | 'fulfillmentId'
>;

function componentOf({ amountType, amountDescription }: RowOfRefund, meaning: Role): RefundComponent {
  return (
    BY_ROLE[meaning] ??
    (foldText(amountType) === 'itemprice' ? BY_WORD[foldText(amountDescription)] : undefined) ??
    'other'
  );
}

/**
 * One refund of some rows of one order and second, with what each row means: it comes to just what the rows come to. What is
 * no part of a sale (goodwill, restocking fee) is `other`.
 */
export function refundFromRows(
  { orderId, settlementId, postedAt }: { orderId: string; settlementId: string; postedAt: Instant },
  rows: readonly { row: RowOfRefund; meaning: Role }[],
  currency: CurrencyCode,
): RefundFact {
  const items: RefundItemFact[] = [];
  for (const { row, meaning } of rows) {
    if (meaning === 'marketplace-tax') {
      const item = itemFor(items, row);
      const part = isWithheldTaxRow(row) ? 'withheld' : 'tax';
      item[part] = (item[part] ?? 0n) + row.amount;
      continue;
    }
    const component = componentOf(row, meaning);
    const amounts = amountsFor(items, row, component);
    amounts[component] = (amounts[component] ?? 0n) + row.amount;
  }
  const networks = new Set(rows.map(({ row }) => row.fulfillmentId?.toUpperCase()));
  return {
    orderId,
    postedAt,
    transactionId: `rows of settlement ${settlementId}`,
    marketplaceName: rows.find(({ row }) => row.marketplaceName)?.row.marketplaceName ?? null,
    currency,
    items,
    ...(networks.has('AFN') ? { fulfilledBy: 'AMAZON' as const } : {}),
    fromRows: { settlementId },
  };
}

/** Each unit of one second has a principal row of its own, and so a set of amounts; all else of its item goes to the first. */
function amountsFor(items: RefundItemFact[], row: RowOfRefund, component: RefundComponent): RefundAmounts {
  if (component !== 'principal') return itemFor(items, row).amounts;
  const set = itsOf(items, row).find(({ amounts }) => amounts.principal === undefined) ?? newItem(items, row);
  set.quantity = row.quantity;
  return set.amounts;
}

function itemFor(items: RefundItemFact[], row: RowOfRefund): RefundItemFact {
  return itsOf(items, row)[0] ?? newItem(items, row);
}

function itsOf(items: readonly RefundItemFact[], row: RowOfRefund): RefundItemFact[] {
  const orderItemId = codeOf(items, row);
  return items.filter((item) => item.orderItemId === orderItemId && (orderItemId !== null || item.sku === row.sku));
}

function newItem(items: RefundItemFact[], row: RowOfRefund): RefundItemFact {
  const item: RefundItemFact = { orderItemId: codeOf(items, row), sku: row.sku, quantity: null, amounts: {} };
  items.push(item);
  return item;
}

function codeOf(items: readonly RefundItemFact[], { orderItemCode, sku }: RowOfRefund): string | null {
  return orderItemCode ?? items.find((item) => item.sku !== null && item.sku === sku)?.orderItemId ?? null;
}
