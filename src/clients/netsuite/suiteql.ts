import { z } from 'zod';
import { parseJsonNumbersAsText } from '../http/json-text.ts';
import type { SuiteQlRow } from './netsuite-client.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';
import type { RestSession } from './rest-session.ts';

/** The greatest page; the offset must be a multiple of it (NSHELP section_156414087576). */
const PAGE = 1000;
/** SuiteQL gives no more than this in all (NSHELP section_157909186990). */
const MAX_ROWS = 100_000;
const WHERE = 'POST /suiteql';

const pageForm = z.looseObject({ hasMore: z.boolean(), items: z.array(z.record(z.string(), z.unknown())) });

/**
 * All rows of a query, page by page. Values are text, a null column is absent. Parameters are always bound.
 * @throws NetSuiteFailure
 */
export async function querySuiteQl(
  session: RestSession,
  query: string,
  params: readonly (string | number)[],
): Promise<SuiteQlRow[]> {
  const all: SuiteQlRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    if (offset >= MAX_ROWS)
      throw new NetSuiteFailure({
        code: 'bug',
        where: WHERE,
        what: `more than ${MAX_ROWS} rows: read by keyset (WHERE id > ? ORDER BY id)`,
      });
    const { rows, hasMore } = await querySuiteQlPage(session, query, params, offset);
    all.push(...rows);
    if (!hasMore) return all;
  }
}

export interface SuiteQlPage {
  rows: SuiteQlRow[];
  hasMore: boolean;
}
export type Query = (query: string, params?: readonly string[]) => Promise<SuiteQlRow[]>;
/** The first page of a query. */
export type QueryPage = (query: string, params: readonly string[]) => Promise<SuiteQlPage>;

/** One page, for what is read by keyset. @throws NetSuiteFailure */
export async function querySuiteQlPage(
  session: RestSession,
  query: string,
  params: readonly (string | number)[],
  offset = 0,
): Promise<SuiteQlPage> {
  const answer = await session.read({
    method: 'POST',
    path: `/services/rest/query/v1/suiteql?limit=${PAGE}&offset=${offset}`,
    headers: { 'content-type': 'application/json', prefer: 'transient' },
    body: JSON.stringify({ q: query, ...(params.length > 0 ? { params: params.map(String) } : {}) }),
  });
  const { items, hasMore } = readPage(answer.text);
  return { rows: items.map(rowOf), hasMore };
}

function readPage(text: string) {
  try {
    return pageForm.parse(parseJsonNumbersAsText(text));
  } catch (error) {
    throw new NetSuiteFailure({ code: 'unavailable', where: WHERE, what: 'the answer is not a page of rows' }, error);
  }
}

function rowOf(item: Record<string, unknown>): SuiteQlRow {
  const row: SuiteQlRow = {};
  for (const [name, value] of Object.entries(item)) {
    if (name !== 'links' && value !== null && value !== undefined) row[name] = String(value);
  }
  return row;
}
