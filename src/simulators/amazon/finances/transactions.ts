import type { Answer } from '../answers.ts';
import { invalid } from '../answers.ts';
import { DAY } from '../instants.ts';
import type { ApiCall } from '../request.ts';
import {
  instantParam,
  openToken,
  queryBeside,
  refuseYoungerThanTwoMinutes,
  sealToken,
  twoMinutesAgo,
} from '../request.ts';
import { paymentOf, paymentStatus, paymentTransaction } from './payment-transaction.ts';
import { refundTransaction } from './refund-transaction.ts';
import type { AmazonState } from '../state.ts';
import { otherTransaction, otherTransactions } from './other-transactions.ts';
import { salesOf, type Sale } from './sales.ts';
import { refundKey, settledRows } from './settled-rows.ts';
import { settlementAt } from './transaction-parts.ts';
import type { AmazonWorld } from '../world.ts';
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
          (related === null || (related.name === 'ORDER_ID' ? record.orderId : record.groupId(asOf)) === related.value),
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
export interface TransactionRecord {
  publishedAt: string;
  postedAt: string;
  transactionId: string;
  orderId: string | null;
  marketplaceId: string;
  currency: string;
  status: (now: string) => Transaction['transactionStatus'];
  /** Null while it is in none. */
  groupId: (now: string) => string | null;
  view: (now: string) => Transaction;
}

const known = new WeakMap<AmazonState, TransactionRecord[]>();

/** All transactions of the world, published or not, in order of posting; made once. */
export function recordsOf(state: AmazonState): TransactionRecord[] {
  const made = known.get(state);
  if (made) return made;
  const records = [
    ...refundRecords(state.world),
    ...salesOf(state.world).flatMap((sale) => saleRecords(state.world, sale)),
    ...otherTransactions(state.world).map((other): TransactionRecord => ({
      ...other,
      status: () => 'RELEASED',
      groupId: () => other.settlement.group.id,
      view: (now) => otherTransaction(state.world, other, now),
    })),
  ].sort((a, b) =>
    a.postedAt === b.postedAt ? (a.transactionId < b.transactionId ? -1 : 1) : a.postedAt < b.postedAt ? -1 : 1,
  );
  known.set(state, records);
  return records;
}

function refundRecords(world: AmazonWorld): TransactionRecord[] {
  const { refunds } = settledRows(world);
  return world.refunds.map((refund): TransactionRecord => {
    const settlement =
      refunds.get(refundKey(refund.orderId, refund.postedAt))?.[0]?.settlement ??
      settlementAt(world, refund.currency, refund.postedAt);
    return {
      ...refund,
      status: () => 'RELEASED',
      groupId: () => settlement?.group.id ?? null,
      view: (now) => refundTransaction(world, refund, settlement, now),
    };
  });
}

function saleRecords(world: AmazonWorld, sale: Sale): TransactionRecord[] {
  const payment = paymentOf(world, sale);
  const record = (
    which: 'payment' | 'release',
    published: Pick<TransactionRecord, 'publishedAt' | 'postedAt' | 'transactionId'>,
  ) => ({
    ...sale,
    ...published,
    status: (now: string) => paymentStatus(payment, which, now),
    groupId: (now: string) =>
      paymentStatus(payment, which, now) === 'DEFERRED' ? null : (sale.settlement?.group.id ?? null),
    view: (now: string) => paymentTransaction(world, sale, payment, which, now),
  });
  const { publishedAt, postedAt, transactionId } = sale;
  const { releasedAt, releaseId } = payment;
  const first = record('payment', { publishedAt, postedAt, transactionId });
  return payment.deferred
    ? [first, record('release', { publishedAt: releasedAt, postedAt: releasedAt, transactionId: releaseId })]
    : [first];
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
