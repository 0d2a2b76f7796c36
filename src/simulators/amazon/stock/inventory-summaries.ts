import type { Answer } from '../answers.ts';
import { invalid } from '../answers.ts';
import { DAY, shifted } from '../instants.ts';
import type { ApiCall } from '../request.ts';
import { instantParam, limitedList, openToken, queryBeside, sealToken } from '../request.ts';
import { inventoryAt } from './inventory-at.ts';

const PAGE = 50;
const TOKEN_LIVES_MS = 30_000;
const EIGHTEEN_MONTHS = 548 * DAY;

interface PageToken {
  query: string;
  offset: number;
  made: number;
}

/**
 * GET /fba/inventory/v1/summaries of one marketplace: what its countries hold now, 50 SKUs a page, in the order of
 * SKUs. `pagination` stands beside `payload`. Its token dies after 30 seconds of real time and goes with the same
 * parameters; `startDateTime` makes `sellerSkus` and `sellerSku` be ignored and does not notice inbound units.
 */
export function getInventorySummaries({ state, now, query }: ApiCall): Answer {
  const marketplaceId = wantedMarketplace(query);
  const details = flag(query, 'details');
  const since = instantParam(query, 'startDateTime');
  if (since !== null && since < shifted(now, -EIGHTEEN_MONTHS))
    throw invalid('startDateTime must be no earlier than 18 months prior to the request.');
  const skus = limitedList(query, 'sellerSkus', 50);
  const sku = query.get('sellerSku');
  const chosen = since !== null ? null : skus.length > 0 ? new Set(skus) : sku !== null ? new Set([sku]) : null;

  const { snapshotKeeps } = state.stock.switches;
  const all = inventoryAt(state, { marketplaceId, now });
  const told = all
    .slice(0, Math.floor(all.length * snapshotKeeps))
    .filter(
      ({ summary, changedAt }) =>
        (chosen === null || chosen.has(summary.sellerSku)) && (since === null || changedAt >= since),
    );
  const offset = reached(query, state.clock.real());
  const more = offset + PAGE < told.length;
  return {
    status: 200,
    body: {
      payload: {
        granularity: { granularityType: 'Marketplace', granularityId: marketplaceId },
        inventorySummaries: told.slice(offset, offset + PAGE).map(({ summary }) => {
          const { inventoryDetails, ...rest } = summary;
          return details ? { ...rest, inventoryDetails } : rest;
        }),
      },
      ...(more && {
        pagination: {
          nextToken: sealToken({
            query: queryBeside(query, 'nextToken'),
            offset: offset + PAGE,
            made: state.clock.real(),
          } satisfies PageToken),
        },
      }),
    },
  };
}

function wantedMarketplace(query: URLSearchParams): string {
  if (query.get('granularityType') !== 'Marketplace') throw invalid('granularityType must be Marketplace.');
  const granularityId = query.get('granularityId');
  if (granularityId === null || granularityId === '') throw invalid('granularityId is required.');
  const [marketplaceId] = limitedList(query, 'marketplaceIds', 1);
  if (marketplaceId === undefined) throw invalid('marketplaceIds is required.');
  if (marketplaceId !== granularityId) throw invalid('granularityId and marketplaceIds must be the same marketplace.');
  return marketplaceId;
}

function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw invalid(`${name} must be true or false.`);
  return text === 'true';
}

function reached(query: URLSearchParams, realMs: number): number {
  const text = query.get('nextToken');
  if (text === null) return 0;
  const token = openToken<PageToken>(text, 'nextToken');
  if (realMs - token.made >= TOKEN_LIVES_MS) throw invalid('nextToken has expired.');
  if (token.query !== queryBeside(query, 'nextToken'))
    throw invalid('All parameters must be those of the request that gave the nextToken.');
  return token.offset;
}
