/** What transactions of every type share: identifiers, items with their breakdowns, the sums over them. */
import { isZero, sumOf } from '../decimal.ts';
import { JsonDecimal } from '../json.ts';
import type { Breakdown, Currency, Transaction, TransactionItem } from './transaction-model.ts';
import type { AmazonWorld, WorldRefund, WorldSettlement } from '../world.ts';

/** One amount of an item: the group that it stands in, its leaf, its signed amount; a fee has its `Base` below the leaf. */
export type Leaf = readonly [group: string, leaf: string, amount: string, part?: string];

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
  source: {
    orderId: string | null;
    postedAt: string;
    marketplaceId: string;
    marketplaceName: string;
    currency: string;
    /** Left out: the one whose period holds its instant. */
    settlement?: WorldSettlement | null;
  },
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
  const settlement =
    source.settlement === undefined ? settlementAt(world, source.currency, source.postedAt) : source.settlement;
  return {
    sellingPartnerMetadata: {
      sellingPartnerId: world.sellerId,
      accountType: 'Standard Orders',
      marketplaceId: source.marketplaceId,
    },
    relatedIdentifiers: [
      ...(source.orderId === null
        ? []
        : [{ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: source.orderId }]),
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
        members.map(([, leaf, amount, part]) =>
          breakdown(leaf, amount, currency, part === undefined ? [] : [breakdown(part, amount, currency, [])]),
        ),
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

/** A transaction's own tree from the names down to each amount: what is taken under `Expenses`, what is given under `Sales`. */
export function pathTree(
  parts: readonly { path: readonly string[]; amount: string }[],
  currency: string,
): { total: Currency; breakdowns: Breakdown[] } {
  const total = sumOf(
    parts.map(({ amount }) => amount),
    currency,
  );
  const root = total.startsWith('-') ? 'Expenses' : 'Sales';
  return {
    total: currencyOf(total, currency),
    breakdowns: nested(
      parts.map(({ path, amount }) => ({ path: [root, ...path], amount })),
      currency,
    ),
  };
}

function nested(parts: readonly { path: readonly string[]; amount: string }[], currency: string): Breakdown[] {
  const names = [...new Set(parts.flatMap(({ path: [name] }) => name ?? []))];
  return names.map((name) => {
    const below = parts
      .filter(({ path }) => path[0] === name)
      .map(({ path, amount }) => ({ path: path.slice(1), amount }));
    const amounts = below.map(({ amount }) => amount);
    return breakdown(name, sumOf(amounts, currency), currency, nested(below, currency));
  });
}

function breakdown(breakdownType: string, amount: string, currency: string, breakdowns: Breakdown[]): Breakdown {
  return { breakdownType, breakdownAmount: currencyOf(amount, currency), breakdowns };
}

function currencyOf(amount: string, currencyCode: string): Currency {
  return { currencyAmount: new JsonDecimal(amount), currencyCode };
}
