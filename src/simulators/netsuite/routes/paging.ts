import { invalidParameter } from '../refusal.ts';

export interface Page {
  limit: number;
  offset: number;
}

/** `limit` of at most 1000 (the default), `offset` a multiple of it (NetSuite: NSHELP section_156414087576). */
export function pageOf(query: URLSearchParams): Page {
  const limit = wholeNumber(query, 'limit', 1000);
  const offset = wholeNumber(query, 'offset', 0);
  if (limit < 1 || limit > 1000)
    throw invalidParameter('Invalid value for the query parameter limit. Provide a number between 1 and 1000.', {
      queryParam: 'limit',
    });
  if (offset % limit !== 0)
    throw invalidParameter('Invalid value for the query parameter offset. The offset must be divisible by the limit.', {
      queryParam: 'offset',
    });
  return { limit, offset };
}

/** One page of all rows, as NetSuite wraps it. */
export function pageBody<T>(
  rows: readonly T[],
  { limit, offset }: Page,
  self: string,
): {
  links: { rel: string; href: string }[];
  count: number;
  hasMore: boolean;
  items: T[];
  offset: number;
  totalResults: number;
} {
  const items = rows.slice(offset, offset + limit);
  const hasMore = offset + items.length < rows.length;
  const link = (rel: string, at: number): { rel: string; href: string } => ({
    rel,
    href: `${self}?limit=${limit}&offset=${at}`,
  });
  return {
    links: [link('self', offset), ...(hasMore ? [link('next', offset + limit)] : [])],
    count: items.length,
    hasMore,
    items,
    offset,
    totalResults: rows.length,
  };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d+$/.test(text))
    throw invalidParameter(`Invalid value for the query parameter ${name}. Provide a number.`, { queryParam: name });
  return Number(text);
}
