/** Finances API 2024-06-19: refunds among the transactions of `listTransactions`. */
import { sumMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { RefundAmounts, RefundComponent, RefundFact, RefundItemFact } from '../../domain/orders/order-facts.ts';
import type { DriftNotes } from './read-payload.ts';
import {
  fulfillerOf,
  itemOf,
  noteUnread,
  relatedOf,
  STATUSES,
  transaction,
  TRANSACTION_FIELDS,
  type Breakdown,
  type Transaction,
  type TransactionHead,
  type TransactionItem,
} from './transaction-schema.ts';

/** The refunds of a page, each transaction once. One that cannot be read is noted by its id and holds up none of the others. */
export function refundFactsOf(transactions: readonly TransactionHead[], drift: DriftNotes): RefundFact[] {
  const refunds = new Map<string, RefundFact>();
  for (const entry of transactions) {
    drift.unknownFields('transaction', entry, TRANSACTION_FIELDS);
    if (!isRefund(entry.transactionType)) continue;
    const parsed = transaction.safeParse(entry);
    if (!parsed.success) {
      noteUnread(entry, parsed.error, drift);
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
  const related = (name: string) => relatedOf(entry, name);
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

interface ReadItems {
  items: RefundItemFact[];
  complete: boolean;
  currency: CurrencyCode | null;
}

function readItems(entry: Transaction, drift: DriftNotes): ReadItems {
  // Item breakdowns may be null; with one item or none the transaction's own say the same.
  const listed: TransactionItem[] = entry.items && entry.items.length > 0 ? entry.items : [{}];
  const read = listed.map((one) => {
    const own = one.breakdowns && one.breakdowns.length > 0 ? one.breakdowns : null;
    return { one, parts: readBreakdowns(own ?? (listed.length === 1 ? (entry.breakdowns ?? []) : []), drift) };
  });
  return {
    items: read.map(({ one, parts }) => ({
      ...itemOf(one),
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
