import type { Answer } from './answers.ts';
import { invalid } from './answers.ts';
import { DAY } from './instants.ts';
import type { ApiCall } from './request.ts';
import { instantParam, openToken, refuseYoungerThanTwoMinutes, sealToken, twoMinutesAgo } from './request.ts';
import { refundTransaction, shipmentTransactions } from './transaction-view.ts';
import type { Transaction } from './transaction-view.ts';
import type { AmazonState } from './state.ts';

const PAGE_SIZE = 50;

interface PageToken { query: string; offset: number; upper: string; asOf: string; empty: boolean }

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
  if (postedAfter === null && related === null) throw invalid('postedAfter is required when no related identifier is given.');
  if (status !== null && !['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED'].includes(status)) throw invalid(`transactionStatus has an invalid value: ${status}.`);
  refuseYoungerThanTwoMinutes(postedAfter, 'postedAfter', now);
  refuseYoungerThanTwoMinutes(postedBefore, 'postedBefore', now);
  if (postedAfter !== null && postedBefore !== null && postedBefore <= postedAfter) throw invalid('postedBefore must be later than postedAfter.');

  const token = pageToken(query);
  const asOf = token?.asOf ?? now;
  const upper = token?.upper ?? postedBefore ?? twoMinutesAgo(now);
  const tooFarApart = postedAfter !== null && Date.parse(upper) - Date.parse(postedAfter) > 180 * DAY;
  const found = tooFarApart ? [] : published(state, asOf).filter((transaction) => (postedAfter === null || transaction.postedDate >= postedAfter)
    && transaction.postedDate < upper
    && (marketplaceId === null || transaction.marketplaceDetails.marketplaceId === marketplaceId)
    && (status === null || transaction.transactionStatus === status)
    && (related === null || transaction.relatedIdentifiers.some((identifier) => identifier.relatedIdentifierName === related.name && identifier.relatedIdentifierValue === related.value)));

  const offset = token?.offset ?? 0;
  const page = token?.empty ? [] : found.slice(offset, offset + PAGE_SIZE);
  const reached = offset + page.length;
  const next: PageToken | null = reached < found.length ? { query: sameQuery(query), offset: reached, upper, asOf, empty: token === null } : null;
  return { status: 200, body: { payload: { transactions: page, ...(next && { nextToken: sealToken(next) }) } } };
}

function published(state: AmazonState, now: string): Transaction[] {
  const orders = new Map(state.world.orders.map((order) => [order.orderId, order]));
  const refunds = state.world.refunds.filter((refund) => refund.publishedAt <= now).map((refund) => refundTransaction(state.world, refund, now));
  const payments = state.world.shipments.filter((shipment) => shipment.publishedAt <= now).flatMap((shipment) => {
    const order = orders.get(shipment.orderId);
    // Multi-Channel orders bring fees but no payment.
    return order && order.channel === 'AMAZON' ? shipmentTransactions(state.world, shipment, order, now) : [];
  }).filter(({ publishedAt }) => publishedAt <= now).map(({ transaction }) => transaction);
  return [...refunds, ...payments].sort((a, b) => (a.postedDate === b.postedDate ? (a.transactionId < b.transactionId ? -1 : 1) : a.postedDate < b.postedDate ? -1 : 1));
}

function relatedIdentifier(query: URLSearchParams): { name: string; value: string } | null {
  const [name, value] = [query.get('relatedIdentifierName'), query.get('relatedIdentifierValue')];
  if (name === null && value === null) return null;
  if (name === null || value === null) throw invalid('relatedIdentifierName and relatedIdentifierValue go together.');
  if (name !== 'FINANCIAL_EVENT_GROUP_ID' && name !== 'ORDER_ID') throw invalid(`relatedIdentifierName cannot be ${name}.`);
  return { name, value };
}

function pageToken(query: URLSearchParams): PageToken | null {
  const text = query.get('nextToken');
  if (text === null) return null;
  const token = openToken<PageToken>(text, 'nextToken');
  if (token.query !== sameQuery(query)) throw invalid('nextToken must come with the arguments of the call that produced it.');
  return token;
}

function sameQuery(query: URLSearchParams): string {
  return [...query].filter(([name]) => name !== 'nextToken').map(([name, value]) => `${name}=${value}`).sort().join('&');
}
