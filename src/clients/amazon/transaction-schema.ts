/** Finances API 2024-06-19: a transaction of `listTransactions`, as far as it is read. */
import { z } from 'zod';
import { count, instant, minorOfNumber, type DriftNotes } from './read-payload.ts';

/** `currencyAmount` is a JSON number (Amazon: model finances_2024-06-19, `Currency`); it arrives here as the text that was sent. */
export const amount = z
  .looseObject({ currencyAmount: z.string(), currencyCode: z.string() })
  .transform(({ currencyAmount, currencyCode }, context) => {
    const minor = minorOfNumber(currencyAmount, currencyCode);
    if (minor !== null) return { minor, currency: currencyCode };
    context.addIssue({ code: 'custom', message: `"${currencyAmount}" is not an amount in ${currencyCode}` });
    return z.NEVER;
  });

export interface Breakdown {
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

// Members may be null: issue 4993 of the models' repository shows a `fulfillmentNetwork` that is.
const context = z.looseObject({
  contextType: z.string().nullish(),
  sku: z.string().nullish(),
  quantityShipped: count.nullish(),
  fulfillmentNetwork: z.string().nullish(),
  maturityDate: instant.nullish(),
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
export const transaction = z.looseObject({
  transactionType: z.string(),
  transactionId: z.string(),
  transactionStatus: z.string().nullish(),
  description: z.string().nullish(),
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
export type Transaction = z.output<typeof transaction>;
export type TransactionItem = z.output<typeof item>;

const transactionHead = z.looseObject({ transactionType: z.string(), transactionId: z.string().optional() });

/** Pages may be empty and still carry a token (Amazon: model finances_2024-06-19, `listTransactions`). Each transaction is checked by itself: see `refundFactsOf` and `financeTransactionsOf`. */
export const transactionsPage = z.looseObject({
  payload: z.looseObject({ transactions: z.array(z.unknown()).nullish(), nextToken: z.string().nullish() }),
});

export const TRANSACTION_FIELDS = [
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
export const STATUSES = ['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED'];

export type TransactionHead = z.output<typeof transactionHead>;

/** The transactions of a page; one of which not even the head can be read is noted. */
export function transactionHeadsOf(payloads: readonly unknown[], drift: DriftNotes): TransactionHead[] {
  return drift.readable(payloads, transactionHead, nameOf);
}

/** A transaction that cannot be read is put aside by its id, with the order that it names. */
export function noteUnread(payload: unknown, error: z.ZodError, drift: DriftNotes): void {
  drift.unreadable(nameOf(payload), payload, error);
}

function nameOf(payload: unknown): Parameters<DriftNotes['unreadable']>[0] {
  const told = z
    .looseObject({
      transactionId: z.string().nullish().catch(null),
      postedDate: z.string().nullish().catch(null),
      relatedIdentifiers: transaction.shape.relatedIdentifiers.catch(null),
    })
    .safeParse(payload).data;
  const orderId = told ? relatedOf(told, 'ORDER_ID') : undefined;
  return { record: 'transaction', id: told?.transactionId, orderId: orderId ?? null, changedAt: told?.postedDate };
}

/** Value of a related identifier; undefined where it has none of that name. */
export function relatedOf(
  { relatedIdentifiers }: Pick<Transaction, 'relatedIdentifiers'>,
  name: string,
): string | undefined {
  return relatedIdentifiers?.find(({ relatedIdentifierName }) => relatedIdentifierName === name)
    ?.relatedIdentifierValue;
}

const NETWORKS: Readonly<Record<string, 'AMAZON' | 'MERCHANT'>> = { AFN: 'AMAZON', MFN: 'MERCHANT' };

/** By the `ProductContext` of an item, or of the transaction itself. Amazon's model gives `MFN` as an example and no list. */
export function fulfillerOf({ items, contexts }: Transaction, drift: DriftNotes): 'AMAZON' | 'MERCHANT' | null {
  const network = [...(items ?? []).flatMap((one) => one.contexts ?? []), ...(contexts ?? [])].find(
    ({ fulfillmentNetwork }) => fulfillmentNetwork,
  )?.fulfillmentNetwork;
  if (!network) return null;
  const known = NETWORKS[network.toUpperCase()];
  if (known === undefined) drift.note('transaction.contexts', `unknown fulfillmentNetwork ${network}`);
  return known ?? null;
}

/** The order's item, its SKU and units, as far as an item tells them. */
export function itemOf({ relatedIdentifiers, contexts }: TransactionItem): {
  orderItemId: string | null;
  sku: string | null;
  quantity: number | null;
} {
  return {
    orderItemId:
      relatedIdentifiers?.find(({ itemRelatedIdentifierName }) => itemRelatedIdentifierName === 'ORDER_ITEM_ID')
        ?.itemRelatedIdentifierValue ?? null,
    sku: contexts?.find(({ sku }) => sku != null)?.sku ?? null,
    quantity: contexts?.find(({ quantityShipped }) => quantityShipped != null)?.quantityShipped ?? null,
  };
}
