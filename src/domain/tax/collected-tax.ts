/** Whether Amazon says that it collects a tax: of the item, not of its whole order (tax.md, *Who owes it*). */
import { isWithheldTaxRow } from '../journal/marketplace-tax.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import type { OrderFact, OrderItemFact } from '../orders/order-facts.ts';
import type { SettlementRow } from '../settlement/settlement.ts';
import type { Jurisdiction } from './tax-policy.ts';

/** What an order says of who collects its tax. */
export interface Collecting extends Pick<OrderFact, 'amazonCollectsTax'> {
  items: readonly Pick<OrderItemFact, 'orderItemId' | 'amazonCollects'>[];
}

/**
 * By the item, where the order tells its items apart: an order may have items of both. Facts that were stored before items said
 * so have the order's word alone. What names no item of the order is Amazon's where all of them are.
 * @param order null where it is not known; then nothing says that Amazon collects
 */
export function amazonCollects(order: Collecting | null, orderItemId: string | null): boolean {
  if (order === null) return false;
  const { items, amazonCollectsTax } = order;
  if (!items.some((item) => item.amazonCollects === true)) return amazonCollectsTax;
  const item = items.find((one) => one.orderItemId === orderItemId);
  return (item === undefined ? items : [item]).every((one) => one.amazonCollects === true);
}

/** Tax on the account of a country, signed as in the report. */
export interface OwnedTax {
  jurisdiction: Jurisdiction;
  amount: bigint;
}

/** Tax of an item of an order that a settlement's journal has on `sales-tax-payable`, or that washed there against another one's. */
export interface LeftOfItem {
  orderId: string | null;
  /** Null where some of its order's rows name none: then they are taken as one. */
  orderItemId: string | null;
  /** As the report names it; null where its rows name none. */
  marketplaceName: string | null;
  /** Signed as in the report. */
  amount: bigint;
  /** What of it is on the accounts of countries. */
  owned: readonly OwnedTax[];
  /** What its rows are called, under the key whose mechanics they have. */
  named: readonly { amountType: string; amountDescription: string }[];
  order: Collecting | null;
}

/** Tax of an order that is left: what Amazon says that it collects stands apart from the rest. */
export interface LeftOfOrder extends Pick<LeftOfItem, 'orderId' | 'marketplaceName' | 'owned'> {
  /** Signed as in the report, never zero. */
  amount: bigint;
  /** Whether Amazon says, of these items or by a row of theirs, that it collects this tax. */
  collected: boolean;
}

/** In the order of the items. What Amazon collects of one item and what it does not of another do not make up for each other. */
export function leftOfOrders(items: readonly LeftOfItem[]): LeftOfOrder[] {
  const groups = new Map<string, LeftOfItem[]>();
  for (const item of items) {
    const key = JSON.stringify([item.orderId, isCollected(item)]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    const amount = sumMinor(own.map((item) => item.amount));
    const { orderId, marketplaceName } = first!;
    const owned = own.flatMap((item) => item.owned);
    return amount === 0n ? [] : [{ orderId, marketplaceName, amount, owned, collected: isCollected(first!) }];
  });
}

/** What of it is on `sales-tax-payable` of no country. */
export function unownedOf({ amount, owned }: Pick<LeftOfItem, 'amount' | 'owned'>): bigint {
  return amount - sumMinor(owned.map((share) => share.amount));
}

/** Items with what of them is on no country's account alone; without those of which nothing is. */
export function withoutOwned(items: readonly LeftOfItem[]): LeftOfItem[] {
  return items.map((one) => ({ ...one, amount: unownedOf(one), owned: [] })).filter(({ amount }) => amount !== 0n);
}

/** On which account it stands: `sales-tax-payable:GB`; of several each with its amount. */
export function standsOn(left: Pick<LeftOfItem, 'amount' | 'owned'>, currency: CurrencyCode): string {
  const places = [...new Set(left.owned.map(({ jurisdiction }) => jurisdiction))].sort();
  const parts = [
    ...places.map((place) => ({
      account: `sales-tax-payable:${place}`,
      amount: sumMinor(left.owned.filter(({ jurisdiction }) => jurisdiction === place).map((share) => share.amount)),
    })),
    { account: 'sales-tax-payable', amount: unownedOf(left) },
  ].filter(({ amount }) => amount !== 0n);
  if (parts.length < 2) return parts[0]?.account ?? 'sales-tax-payable';
  return parts.map(({ account, amount }) => `${account} (${renderMoney(amount, currency)})`).join(' and ');
}

function isCollected({ order, orderItemId, named }: LeftOfItem): boolean {
  return amazonCollects(order, orderItemId) || named.some((row) => isWithheldTaxRow({ ...row, transactionType: '' }));
}

/** A row of tax, as a report names it. */
type TaxRow = Pick<SettlementRow, 'transactionType' | 'amountType' | 'amountDescription' | 'amount' | 'orderItemCode'>;

/** Whether these rows of an order have tax of an item of which none says that Amazon withheld it; where one names no item they are taken as one. */
export function isTaxHandedOver(rows: readonly TaxRow[]): boolean {
  if (rows.some(({ orderItemCode }) => orderItemCode === null)) return !rows.some(isWithheldTaxRow);
  const withheld = new Set(rows.filter(isWithheldTaxRow).map(({ orderItemCode }) => orderItemCode));
  const sums = new Map<string | null, bigint>();
  for (const { orderItemCode, amount } of rows)
    if (!withheld.has(orderItemCode)) sums.set(orderItemCode, (sums.get(orderItemCode) ?? 0n) + amount);
  return [...sums.values()].some((sum) => sum !== 0n);
}
