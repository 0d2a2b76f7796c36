import type { GetOrderResponse, SearchOrdersResponse } from '@sp-api-sdk/orders-api-2026-01-01';
import type { WorldOrder } from './world.ts';
import type { Answer } from './answers.ts';
import { invalid, notFound } from './answers.ts';
import { INCLUDED_DATA, momentOf, orderView } from './order-view.ts';
import type { IncludedData, OrderMoment } from './order-view.ts';
import type { ApiCall } from './request.ts';
import {
  instantParam,
  limitedList,
  listOf,
  numberParam,
  openToken,
  queryBeside,
  refuseYoungerThanTwoMinutes,
  sealToken,
  twoMinutesAgo,
} from './request.ts';
import { DAY } from './instants.ts';

const STATUSES = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
];

interface PageToken {
  query: string;
  upper: string;
  after: [string, string];
  made: number;
}

/**
 * GET /orders/2026-01-01/orders. Pages run by the time of the order's last change (or creation) up to a bound that
 * the first page fixes: an order that changes while somebody pages drops out here and comes again in the next search.
 */
export function searchOrders({ state, now, query }: ApiCall): Answer {
  const window = searchWindow(query, now);
  const marketplaceIds = limitedList(query, 'marketplaceIds', 50);
  const statuses = knownValues(query, 'fulfillmentStatuses', STATUSES);
  const fulfilledBy = knownValues(query, 'fulfilledBy', ['MERCHANT', 'AMAZON']);
  const included = includedData(query);
  const pageSize = numberParam(query, 'maxResultsPerPage', 1, 100, 100);
  const token = pageToken(query, state.clock.real());
  const upper = token?.upper ?? window.upper;
  const at = (moment: OrderMoment): string => (window.by === 'created' ? moment.createdTime : moment.lastUpdatedTime);

  const found = state.world.orders
    .map((order) => ({ order, moment: momentOf(order, now) }))
    .filter((entry): entry is { order: WorldOrder; moment: OrderMoment } => entry.moment !== null)
    .filter(
      ({ order, moment }) =>
        at(moment) >= window.lower &&
        at(moment) <= upper &&
        (marketplaceIds.length === 0 || marketplaceIds.includes(order.marketplaceId)) &&
        (statuses.length === 0 || statuses.includes(moment.status)) &&
        (fulfilledBy.length === 0 || fulfilledBy.includes(order.fulfilledBy)),
    )
    .sort((a, b) => compare([at(a.moment), a.order.orderId], [at(b.moment), b.order.orderId]))
    .filter(({ order, moment }) => token === null || compare([at(moment), order.orderId], token.after) > 0);

  const page = found.slice(0, pageSize);
  const last = page.at(-1);
  const more = last !== undefined && found.length > page.length;
  const next: PageToken | null = more
    ? {
        query: queryBeside(query, ...FREE_IN_PAGES),
        upper,
        after: [at(last.moment), last.order.orderId],
        made: state.clock.real(),
      }
    : null;
  return {
    status: 200,
    body: {
      orders: page.map(({ order, moment }) =>
        orderView(order, moment, state.shipmentsByOrder.get(order.orderId) ?? [], included),
      ),
      ...(next && { pagination: { nextToken: sealToken(next) } }),
      ...(window.by === 'created' ? { createdBefore: upper } : { lastUpdatedBefore: upper }),
    } satisfies SearchOrdersResponse,
  };
}

/** GET /orders/2026-01-01/orders/{orderId} */
export function getOrder({ state, now, params, query }: ApiCall): Answer {
  const order = state.ordersById.get(params['orderId'] ?? '');
  const moment = order ? momentOf(order, now) : null;
  if (!order || !moment) throw notFound(`Order ${params['orderId']} was not found.`);
  const view = orderView(order, moment, state.shipmentsByOrder.get(order.orderId) ?? [], includedData(query));
  return { status: 200, body: { order: view } satisfies GetOrderResponse };
}

function searchWindow(
  query: URLSearchParams,
  now: string,
): { by: 'created' | 'updated'; lower: string; upper: string } {
  const [createdAfter, createdBefore] = [instantParam(query, 'createdAfter'), instantParam(query, 'createdBefore')];
  const [updatedAfter, updatedBefore] = [
    instantParam(query, 'lastUpdatedAfter'),
    instantParam(query, 'lastUpdatedBefore'),
  ];
  if ((createdAfter === null) === (updatedAfter === null))
    throw invalid('Exactly one of createdAfter and lastUpdatedAfter is required.');
  if (createdAfter !== null && updatedBefore !== null)
    throw invalid('lastUpdatedBefore cannot be used with createdAfter.');
  if (updatedAfter !== null && createdBefore !== null)
    throw invalid('createdBefore cannot be used with lastUpdatedAfter.');
  const [lower, before, name] =
    createdAfter !== null
      ? [createdAfter, createdBefore, 'createdBefore']
      : [updatedAfter ?? '', updatedBefore, 'lastUpdatedBefore'];
  refuseYoungerThanTwoMinutes(before, name, now);
  if (before !== null && before < lower) throw invalid(`${name} must be equal to or after the start of the range.`);
  return { by: createdAfter !== null ? 'created' : 'updated', lower, upper: before ?? twoMinutesAgo(now) };
}

/** The page size and the included data may change from page to page. */
const FREE_IN_PAGES = ['paginationToken', 'maxResultsPerPage', 'includedData'];

function pageToken(query: URLSearchParams, realMs: number): PageToken | null {
  const text = query.get('paginationToken');
  if (text === null) return null;
  const token = openToken<PageToken>(text, 'paginationToken');
  if (realMs - token.made > DAY) throw invalid('paginationToken has expired.');
  if (token.query !== queryBeside(query, ...FREE_IN_PAGES))
    throw invalid('All parameters must be those of the request that gave the paginationToken.');
  return token;
}

function knownValues(query: URLSearchParams, name: string, known: readonly string[]): string[] {
  const values = listOf(query, name);
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined) throw invalid(`${name} has an invalid value: ${unknown}.`);
  return values;
}

function includedData(query: URLSearchParams): Set<IncludedData> {
  return new Set(knownValues(query, 'includedData', INCLUDED_DATA) as IncludedData[]);
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1;
}
