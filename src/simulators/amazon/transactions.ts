import type { Answer } from './answers.ts';
import { invalid } from './answers.ts';
import { DAY } from './instants.ts';
import type { ApiCall } from './request.ts';
import {
  instantParam,
  openToken,
  queryBeside,
  refuseYoungerThanTwoMinutes,
  sealToken,
  twoMinutesAgo,
} from './request.ts';
import { paymentOf, paymentStatus, paymentTransaction } from './payment-transaction.ts';
import { refundTransaction } from './refund-transaction.ts';
import type { AmazonState } from './state.ts';
import { settlementAt } from './transaction-parts.ts';
import type { Transaction } from './transaction-model.ts';

const PAGE_SIZE = 50;

interface PageToken {
  query: string;
  offset: number;
  upper: string;
  asOf: string;
  empty: boolean;
}

/**
 * GET /finances/2024-06-19/transactions. An event shows when it is published, up to 48 hours after it was posted.
 * More than 180 days give an empty answer; between two full pages comes an empty one that still has a `nextToken`.
 */
export function listTransactions({ state, now, query }: ApiCall): Answer {
  const postedAfter = instantParam(query, 'postedAfter');
  const postedBefore = instantParam(query, 'postedBefore');
  const related = relatedIdentifier(query);
  const status = query.get('transactionStatus');
  const marketplaceId = query.get('marketplaceId');
  if (postedAfter === null && related === null)
    throw invalid('postedAfter is required when no related identifier is given.');
  if (status !== null && !['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED'].includes(status))
    throw invalid(`transactionStatus has an invalid value: ${status}.`);
  refuseYoungerThanTwoMinutes(postedAfter, 'postedAfter', now);
  refuseYoungerThanTwoMinutes(postedBefore, 'postedBefore', now);
  if (postedAfter !== null && postedBefore !== null && postedBefore <= postedAfter)
    throw invalid('postedBefore must be later than postedAfter.');

  const token = pageToken(query);
  const asOf = token?.asOf ?? now;
  const upper = token?.upper ?? postedBefore ?? twoMinutesAgo(now);
  const tooFarApart = postedAfter !== null && Date.parse(upper) - Date.parse(postedAfter) > 180 * DAY;
  const found = tooFarApart
    ? []
    : recordsOf(state).filter(
        (record) =>
          record.publishedAt <= asOf &&
          (postedAfter === null || record.postedAt >= postedAfter) &&
          record.postedAt < upper &&
          (marketplaceId === null || record.marketplaceId === marketplaceId) &&
          (status === null || record.status(asOf) === status) &&
          (related === null ||
            (related.name === 'ORDER_ID'
              ? record.orderId
              : settlementAt(state.world, record.currency, record.postedAt)?.group.id) === related.value),
      );

  const offset = token?.offset ?? 0;
  const page = token?.empty ? [] : found.slice(offset, offset + PAGE_SIZE);
  const reached = offset + page.length;
  const next: PageToken | null =
    reached < found.length
      ? { query: queryBeside(query, 'nextToken'), offset: reached, upper, asOf, empty: token === null }
      : null;
  return {
    status: 200,
    body: {
      payload: { transactions: page.map((record) => record.view(asOf)), ...(next && { nextToken: sealToken(next) }) },
    },
  };
}

/** What is known of a transaction before its view is built: enough to search by. */
interface TransactionRecord {
  publishedAt: string;
  postedAt: string;
  transactionId: string;
  orderId: string;
  marketplaceId: string;
  currency: string;
  status: (now: string) => Transaction['transactionStatus'];
  view: (now: string) => Transaction;
}

const known = new WeakMap<AmazonState, TransactionRecord[]>();

/** All transactions of the world, published or not, in order of posting; made once. */
function recordsOf(state: AmazonState): TransactionRecord[] {
  const made = known.get(state);
  if (made) return made;
  const { world } = state;
  const refunds = world.refunds.map((refund): TransactionRecord => ({
    ...refund,
    status: () => 'RELEASED',
    view: (now) => refundTransaction(world, refund, now),
  }));
  const payments = world.shipments.flatMap((shipment): TransactionRecord[] => {
    const order = state.ordersById.get(shipment.orderId);
    // Multi-Channel orders bring fees but no payment.
    if (!order || order.channel !== 'AMAZON') return [];
    const payment = paymentOf(shipment);
    const { orderId, marketplaceId, currency } = order;
    const record = (
      which: 'payment' | 'release',
      publishedAt: string,
      postedAt: string,
      transactionId: string,
    ): TransactionRecord => ({
      publishedAt,
      postedAt,
      transactionId,
      orderId,
      marketplaceId,
      currency,
      status: (now) => paymentStatus(payment, which, now),
      view: (now) => paymentTransaction(world, shipment, order, which, now),
    });
    const first = record('payment', shipment.publishedAt, payment.shippedAt, payment.transactionId);
    return payment.deferred
      ? [first, record('release', payment.releasedAt, payment.releasedAt, payment.releaseId)]
      : [first];
  });
  const records = [...refunds, ...payments].sort((a, b) =>
    a.postedAt === b.postedAt ? (a.transactionId < b.transactionId ? -1 : 1) : a.postedAt < b.postedAt ? -1 : 1,
  );
  known.set(state, records);
  return records;
}

function relatedIdentifier(query: URLSearchParams): { name: string; value: string } | null {
  const [name, value] = [query.get('relatedIdentifierName'), query.get('relatedIdentifierValue')];
  if (name === null && value === null) return null;
  if (name === null || value === null) throw invalid('relatedIdentifierName and relatedIdentifierValue go together.');
  if (name !== 'FINANCIAL_EVENT_GROUP_ID' && name !== 'ORDER_ID')
    throw invalid(`relatedIdentifierName cannot be ${name}.`);
  return { name, value };
}

function pageToken(query: URLSearchParams): PageToken | null {
  const text = query.get('nextToken');
  if (text === null) return null;
  const token = openToken<PageToken>(text, 'nextToken');
  if (token.query !== queryBeside(query, 'nextToken'))
    throw invalid('nextToken must come with the arguments of the call that produced it.');
  return token;
}
