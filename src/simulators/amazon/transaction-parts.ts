/** What transactions of every type share: identifiers, items with their breakdowns, the sums over them. */
import { isZero, sumOf } from './decimal.ts';
import { JsonDecimal } from './json.ts';
import type { Breakdown, Currency, Transaction, TransactionItem } from './transaction-model.ts';
import type { AmazonWorld, WorldRefund, WorldSettlement } from './world.ts';

/** One amount of an item: the group that it stands in, its leaf, its signed amount. */
export type Leaf = readonly [group: string, leaf: string, amount: string];

/** The settlement whose period holds an instant: its group is told at once, its settlement id once it is closed. */
export function settlementAt(world: AmazonWorld, currency: string, instant: string): WorldSettlement | null {
  return (
    world.settlements.find(
      (settlement) => settlement.currency === currency && settlement.start <= instant && instant <= settlement.end,
    ) ?? null
  );
}

export function commonParts(
  world: AmazonWorld,
  source: { orderId: string; postedAt: string; marketplaceId: string; marketplaceName: string; currency: string },
  items: TransactionItem[],
  now: string,
  more: Transaction['relatedIdentifiers'],
): Pick<
  Transaction,
  | 'sellingPartnerMetadata'
  | 'relatedIdentifiers'
  | 'postedDate'
  | 'totalAmount'
  | 'marketplaceDetails'
  | 'items'
  | 'contexts'
  | 'breakdowns'
> {
  const settlement = settlementAt(world, source.currency, source.postedAt);
  return {
    sellingPartnerMetadata: {
      sellingPartnerId: world.sellerId,
      accountType: 'Standard Orders',
      marketplaceId: source.marketplaceId,
    },
    relatedIdentifiers: [
      { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: source.orderId },
      ...more,
      ...(settlement
        ? [{ relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID', relatedIdentifierValue: settlement.group.id }]
        : []),
      ...(settlement && settlement.end <= now
        ? [{ relatedIdentifierName: 'SETTLEMENT_ID', relatedIdentifierValue: settlement.settlementId }]
        : []),
    ],
    postedDate: source.postedAt,
    totalAmount: currencyOf(
      sumOf(
        items.map((item) => item.totalAmount.currencyAmount.text),
        source.currency,
      ),
      source.currency,
    ),
    marketplaceDetails: { marketplaceId: source.marketplaceId, marketplaceName: source.marketplaceName },
    items,
    contexts: [],
    breakdowns: salesAndExpenses(items, source.currency),
  };
}

export function transactionItem(
  world: AmazonWorld,
  currency: string,
  sku: string,
  quantity: number,
  leaves: readonly Leaf[],
  relatedIdentifiers: TransactionItem['relatedIdentifiers'],
  network: WorldRefund['network'] = 'AFN',
): TransactionItem {
  const product = world.catalogue.find((candidate) => candidate.sku === sku);
  const told = leaves.filter(([, , amount]) => !isZero(amount));
  const groups = [...new Set(told.map(([group]) => group))];
  return {
    description: product?.title ?? sku,
    relatedIdentifiers,
    totalAmount: currencyOf(
      sumOf(
        told.map(([, , amount]) => amount),
        currency,
      ),
      currency,
    ),
    breakdowns: groups.map((group) => {
      const members = told.filter(([name]) => name === group);
      return breakdown(
        group,
        sumOf(
          members.map(([, , amount]) => amount),
          currency,
        ),
        currency,
        members.map(([, leaf, amount]) => breakdown(leaf, amount, currency, [])),
      );
    }),
    contexts: [
      {
        contextType: 'ProductContext',
        asin: product?.asin ?? '',
        sku,
        ...(quantity > 0 && { quantityShipped: quantity }),
        ...(network !== null && { fulfillmentNetwork: network }),
      },
    ],
  };
}

/** The transaction's own tree: everything but Amazon's fees is sales. */
function salesAndExpenses(items: readonly TransactionItem[], currency: string): Breakdown[] {
  const all = items.flatMap((item) => item.breakdowns);
  return [
    { name: 'Sales', members: all.filter((entry) => entry.breakdownType !== 'AmazonFees') },
    { name: 'Expenses', members: all.filter((entry) => entry.breakdownType === 'AmazonFees') },
  ]
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => {
      const groups = [...new Set(members.map((entry) => entry.breakdownType))];
      const total = (entries: readonly Breakdown[]) =>
        sumOf(
          entries.map((entry) => entry.breakdownAmount.currencyAmount.text),
          currency,
        );
      return breakdown(
        name,
        total(members),
        currency,
        groups.map((group) =>
          breakdown(group, total(members.filter((entry) => entry.breakdownType === group)), currency, []),
        ),
      );
    });
}

function breakdown(breakdownType: string, amount: string, currency: string, breakdowns: Breakdown[]): Breakdown {
  return { breakdownType, breakdownAmount: currencyOf(amount, currency), breakdowns };
}

function currencyOf(amount: string, currencyCode: string): Currency {
  return { currencyAmount: new JsonDecimal(amount), currencyCode };
}
