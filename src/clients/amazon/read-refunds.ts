/** Finances API 2024-06-19: refunds among the transactions of `listTransactions`. */
import { z } from 'zod';
import { sumMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { RefundAmounts, RefundComponent, RefundFact, RefundItemFact } from '../../domain/orders/order-facts.ts';
import { count, instant, minorOfNumber, type DriftNotes } from './read-payload.ts';

/** `currencyAmount` is a JSON number (Amazon: model finances_2024-06-19, `Currency`); it arrives here as the text that was sent. */
const amount = z
  .looseObject({ currencyAmount: z.string(), currencyCode: z.string() })
  .transform(({ currencyAmount, currencyCode }, context) => {
    const minor = minorOfNumber(currencyAmount, currencyCode);
    if (minor !== null) return { minor, currency: currencyCode };
    context.addIssue({ code: 'custom', message: `"${currencyAmount}" is not an amount in ${currencyCode}` });
    return z.NEVER;
  });

interface Breakdown {
  breakdownType?: string | undefined;
  breakdownAmount?: z.output<typeof amount> | null | undefined;
  breakdowns?: Breakdown[] | null | undefined;
}
const breakdown: z.ZodType<Breakdown> = z.lazy(() =>
  z.looseObject({
    breakdownType: z.string().optional(),
    breakdownAmount: amount.nullish(),
    breakdowns: z.array(breakdown).nullish(),
  }),
);

const context = z.looseObject({
  sku: z.string().optional(),
  quantityShipped: count.optional(),
  fulfillmentNetwork: z.string().optional(),
});
const item = z.looseObject({
  relatedIdentifiers: z
    .array(
      z.looseObject({
        itemRelatedIdentifierName: z.string().optional(),
        itemRelatedIdentifierValue: z.string().optional(),
      }),
    )
    .nullish(),
  breakdowns: z.array(breakdown).nullish(),
  contexts: z.array(context).nullish(),
});
const transaction = z.looseObject({
  transactionType: z.string(),
  transactionId: z.string(),
  transactionStatus: z.string().optional(),
  postedDate: instant,
  totalAmount: amount.nullish(),
  marketplaceDetails: z.looseObject({ marketplaceName: z.string().nullish() }).nullish(),
  relatedIdentifiers: z
    .array(
      z.looseObject({ relatedIdentifierName: z.string().optional(), relatedIdentifierValue: z.string().optional() }),
    )
    .nullish(),
  items: z.array(item).nullish(),
  contexts: z.array(context).nullish(),
  breakdowns: z.array(breakdown).nullish(),
});
type Transaction = z.output<typeof transaction>;
type Item = z.output<typeof item>;

const transactionHead = z.looseObject({ transactionType: z.string(), transactionId: z.string().optional() });

/** Pages may be empty and still carry a token (Amazon: model finances_2024-06-19, `listTransactions`). Each transaction is checked by itself: see {@link refundFactsOf}. */
export const transactionsPage = z.looseObject({
  payload: z.looseObject({ transactions: z.array(transactionHead).nullish(), nextToken: z.string().nullish() }),
});

const TRANSACTION_FIELDS = [
  'sellingPartnerMetadata',
  'relatedIdentifiers',
  'transactionType',
  'transactionId',
  'transactionStatus',
  'description',
  'postedDate',
  'totalAmount',
  'marketplaceDetails',
  'items',
  'contexts',
  'breakdowns',
];
/** Amazon: model finances_2024-06-19, `transactionStatus`; some answers write them in other cases. */
const STATUSES = ['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED'];

/** The refunds of a page, each transaction once. One that cannot be read is noted by its id and holds up none of the others. */
export function refundFactsOf(
  transactions: readonly z.output<typeof transactionHead>[],
  drift: DriftNotes,
): RefundFact[] {
  const refunds = new Map<string, RefundFact>();
  for (const entry of transactions) {
    drift.unknownFields('transaction', entry, TRANSACTION_FIELDS);
    if (!isRefund(entry.transactionType)) continue;
    const parsed = transaction.safeParse(entry);
    if (!parsed.success) {
      drift.unreadable('transaction', entry.transactionId ?? '(without id)', parsed.error);
      continue;
    }
    const fact = refundFactOf(parsed.data, drift);
    if (fact && !refunds.has(fact.transactionId)) refunds.set(fact.transactionId, fact);
  }
  return [...refunds.values()];
}

/** Finances cannot tell a chargeback's or an A-to-z refund from another; the settlement does. A retrocharge moves tax only. */
function isRefund(transactionType: string): boolean {
  const folded = transactionType.toLowerCase().replace(/[^a-z]/g, '');
  return folded.endsWith('refund') && !folded.startsWith('retrocharge');
}

function refundFactOf(entry: Transaction, drift: DriftNotes): RefundFact | null {
  const related = (name: string) =>
    entry.relatedIdentifiers?.find(({ relatedIdentifierName }) => relatedIdentifierName === name)
      ?.relatedIdentifierValue;
  const orderId = related('ORDER_ID');
  if (!orderId) {
    drift.note('transaction', 'a refund without an order id is left out');
    return null;
  }
  const status = entry.transactionStatus?.toUpperCase();
  // A deferred refund and its release are two records of one refund: both go by the first one's id (Amazon: model
  // finances_2024-06-19, `DEFERRED_TRANSACTION_ID` and `RELEASE_TRANSACTION_ID`).
  const transactionId = related('DEFERRED_TRANSACTION_ID') ?? entry.transactionId;
  const others = [entry.transactionId, related('RELEASE_TRANSACTION_ID')].filter(
    (id): id is string => id !== undefined && id !== transactionId,
  );
  if (status && !STATUSES.includes(status)) drift.note('transaction', `unknown transactionStatus ${status}`);
  const read = readItems(entry, drift);
  const currency = entry.totalAmount?.currency ?? read.currency;
  if (!currency) {
    drift.note('transaction', 'a refund without any amount is left out');
    return null;
  }
  const fulfilledBy = fulfillerOf(entry, drift);
  return {
    orderId,
    postedAt: entry.postedDate,
    transactionId,
    ...(others.length > 0 ? { alsoKnownAs: others } : {}),
    ...(status?.startsWith('DEFERRED') ? { deferred: true as const } : {}),
    marketplaceName: entry.marketplaceDetails?.marketplaceName ?? null,
    currency,
    items: read.items,
    ...(fulfilledBy === null ? {} : { fulfilledBy }),
    ...(read.complete ? {} : { incomplete: true }),
  };
}

const NETWORKS: Readonly<Record<string, 'AMAZON' | 'MERCHANT'>> = { AFN: 'AMAZON', MFN: 'MERCHANT' };

/** By the `ProductContext` of an item, or of the transaction itself. Amazon's model gives `MFN` as an example and no list. */
function fulfillerOf({ items, contexts }: Transaction, drift: DriftNotes): 'AMAZON' | 'MERCHANT' | null {
  const network = [...(items ?? []).flatMap((one) => one.contexts ?? []), ...(contexts ?? [])].find(
    ({ fulfillmentNetwork }) => fulfillmentNetwork,
  )?.fulfillmentNetwork;
  if (network === undefined) return null;
  const known = NETWORKS[network.toUpperCase()];
  if (known === undefined) drift.note('transaction.contexts', `unknown fulfillmentNetwork ${network}`);
  return known ?? null;
}

interface ReadItems {
  items: RefundItemFact[];
  complete: boolean;
  currency: CurrencyCode | null;
}

function readItems(entry: Transaction, drift: DriftNotes): ReadItems {
  // Item breakdowns may be null; with one item or none the transaction's own say the same.
  const listed: Item[] = entry.items && entry.items.length > 0 ? entry.items : [{}];
  const read = listed.map((one) => {
    const own = one.breakdowns && one.breakdowns.length > 0 ? one.breakdowns : null;
    return { one, parts: readBreakdowns(own ?? (listed.length === 1 ? (entry.breakdowns ?? []) : []), drift) };
  });
  return {
    items: read.map(({ one, parts }) => ({
      orderItemId:
        one.relatedIdentifiers?.find(({ itemRelatedIdentifierName }) => itemRelatedIdentifierName === 'ORDER_ITEM_ID')
          ?.itemRelatedIdentifierValue ?? null,
      sku: one.contexts?.find(({ sku }) => sku !== undefined)?.sku ?? null,
      quantity: one.contexts?.find(({ quantityShipped }) => quantityShipped !== undefined)?.quantityShipped ?? null,
      amounts: parts.amounts,
      ...(parts.tax === null ? {} : { tax: parts.tax }),
      ...(parts.withheld === 0n ? {} : { withheld: parts.withheld }),
    })),
    complete: read.every(({ parts }) => parts.complete),
    currency: read.find(({ parts }) => parts.currency !== null)?.parts.currency ?? null,
  };
}

/** What each part of a refund is called. `within`: look inside; `journal`: fees, which the settlement journal owns. */
const MEANING: Readonly<Record<string, RefundComponent | 'within' | 'withheld' | 'journal'>> = {
  sales: 'within',
  expenses: 'within',
  productcharges: 'principal',
  shipping: 'shipping',
  giftwrap: 'gift-wrap',
  promorebates: 'promotion',
  points: 'points',
  goodwill: 'other',
  restockingfee: 'other',
  returnshipping: 'other',
  cod: 'other',
  tax: 'tax',
  taxwithheld: 'withheld',
  amazonfees: 'journal',
};

function readBreakdowns(breakdowns: readonly Breakdown[], drift: DriftNotes): ReadParts {
  const parts = new Map<RefundComponent, bigint[]>();
  const taxes = { told: [] as bigint[], withheld: [] as bigint[], inside: [] as bigint[] };
  let complete = breakdowns.length > 0;
  let currency: CurrencyCode | null = null;
  if (!complete) drift.note('transaction', 'a refund without breakdowns is incomplete');

  const walk = (nodes: readonly Breakdown[]): void => {
    for (const node of nodes) {
      const name = node.breakdownType ?? '(unnamed)';
      const meaning = MEANING[name.toLowerCase().replace(/[^a-z]/g, '')];
      currency ??= node.breakdownAmount?.currency ?? null;
      if (meaning === 'within') {
        walk(node.breakdowns ?? []);
      } else if (meaning === undefined) {
        if (node.breakdownAmount?.minor === 0n) continue;
        drift.note('transaction.breakdowns', `amount of unknown type ${name}`);
        complete = false;
      } else if (meaning === 'tax') {
        taxes.told.push(node.breakdownAmount?.minor ?? 0n);
      } else if (meaning === 'withheld') {
        taxes.withheld.push(node.breakdownAmount?.minor ?? 0n);
      } else if (meaning !== 'journal') {
        parts.set(meaning, [...(parts.get(meaning) ?? []), inside(node, 'base') ?? node.breakdownAmount?.minor ?? 0n]);
        taxes.inside.push(inside(node, 'tax') ?? 0n);
      }
    }
  };
  walk(breakdowns);
  return {
    amounts: Object.fromEntries([...parts].map(([component, minors]) => [component, sumMinor(minors)])),
    tax: taxOf(taxes),
    withheld: sumMinor(taxes.withheld),
    complete,
    currency,
  };
}

interface ReadParts {
  amounts: RefundAmounts;
  /** Null where no tax is told. */
  tax: bigint | null;
  withheld: bigint;
  complete: boolean;
  currency: CurrencyCode | null;
}

/** The parts that are tax; where there is none, what the prices hold as `Tax`: the same is never told twice. */
function taxOf({ told, inside }: Record<'told' | 'inside', bigint[]>): bigint | null {
  const tax = sumMinor(told.length > 0 ? told : inside);
  return told.length > 0 || tax !== 0n ? tax : null;
}

/** A part may be split into `Base` and `Tax`. */
function inside(node: Breakdown, name: 'base' | 'tax'): bigint | undefined {
  return node.breakdowns?.find(({ breakdownType }) => breakdownType?.toLowerCase() === name)?.breakdownAmount?.minor;
}
