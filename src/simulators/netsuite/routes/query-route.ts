import type { Company } from '../company.ts';
import { invalidParameter, malformed, Refusal } from '../refusal.ts';
import { runQuery } from '../suiteql/run-query.ts';
import { pageBody, pageOf } from './paging.ts';
import { bodyOf, prefers, type Answer, type ApiRequest } from './request.ts';

/** `POST /query/v1/suiteql` with `{q, params?}`; `Prefer: transient` is required. */
export function handleQuery(company: Company, request: ApiRequest): Answer {
  if (request.method !== 'POST') throw new Refusal(405, [{ code: 'INVALID_METHOD', detail: `The method ${request.method} is not allowed here.` }]);
  if (!prefers(request, 'transient')) {
    throw invalidParameter('Invalid or missing value for the header Prefer. Provide the value transient.', { header: 'Prefer' });
  }
  const page = pageOf(request.query);
  const { q, params = [] } = bodyOf(request);
  if (typeof q !== 'string' || !Array.isArray(params)) throw malformed();
  const bound = params.map((param: unknown) => {
    if (typeof param !== 'string' && typeof param !== 'number') throw malformed();
    return param;
  });
  const rows = runQuery(company, q, bound).map((row) => ({ links: [], ...row }));
  return { status: 200, body: pageBody(rows, page, `${request.origin}${request.path}`) };
}
