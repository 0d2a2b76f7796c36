import type { Company } from '../company.ts';
import { invalidParameter, malformed, Refusal } from '../refusal.ts';
import { runQuery, type ResultRow } from '../suiteql/run-query.ts';
import { pageBody, pageOf } from './paging.ts';
import { bodyOf, prefers, type Answer, type ApiRequest } from './request.ts';

interface KeptResult {
  key: string;
  version: number;
  rows: ResultRow[];
}
const KEPT_RESULTS = 8;

/** `POST /query/v1/suiteql`. Later pages of a query are cut from its first run while the books stay as they are. */
export class QueryRoute {
  readonly #company: Company;
  #kept: KeptResult[] = [];

  constructor(company: Company) {
    this.#company = company;
  }

  /** Body `{q, params?}`; `Prefer: transient` is required (NetSuite: NSHELP section_157909186990). */
  handle(request: ApiRequest): Answer {
    if (request.method !== 'POST')
      throw new Refusal(405, [{ code: 'INVALID_METHOD', detail: `The method ${request.method} is not allowed here.` }]);
    if (!prefers(request, 'transient')) {
      throw invalidParameter('Invalid or missing value for the header Prefer. Provide the value transient.', {
        header: 'Prefer',
      });
    }
    const page = pageOf(request.query);
    const { q, params = [] } = bodyOf(request);
    if (typeof q !== 'string' || !Array.isArray(params)) throw malformed();
    const bound = params.map((param: unknown) => {
      if (typeof param !== 'string' && typeof param !== 'number') throw malformed();
      return param;
    });
    const body = pageBody(this.#rows(q, bound, page.offset), page, `${request.origin}${request.path}`);
    return {
      status: 200,
      headers: { 'Preference-Applied': 'transient' },
      body: { ...body, items: body.items.map((row) => ({ links: [], ...row })) },
    };
  }

  #rows(q: string, params: (string | number)[], offset: number): ResultRow[] {
    const key = JSON.stringify([q, params]);
    const { version } = this.#company.books;
    const kept = offset > 0 ? this.#kept.find((result) => result.key === key && result.version === version) : undefined;
    if (kept) return kept.rows;
    const rows = runQuery(this.#company, q, params);
    this.#kept = [{ key, version, rows }, ...this.#kept.filter((result) => result.key !== key)].slice(0, KEPT_RESULTS);
    return rows;
  }
}
