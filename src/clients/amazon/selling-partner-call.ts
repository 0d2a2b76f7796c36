import type { SellingPartner } from 'amazon-sp-api';
import { z } from 'zod';
import { instantOf, type Instant } from '../../domain/money/instant.ts';
import { headerOf, type HttpAnswer } from '../http/http-exchange.ts';
import { parseJson, parseJsonNumbersAsText } from '../http/json-text.ts';
import { dateOf } from '../http/vendor-clock.ts';
import { AmazonFailure } from './amazon-failure.ts';
import type { PackageAnswer } from './safe-transport.ts';

/** One operation of the package's tables, in one version of its API. */
export interface Operation {
  name: string;
  version: string;
  /** A read that the package's tables lack. */
  untabled?: { path: string; restoreSeconds: number };
}
export interface Parameters {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** One call, for the log: no bodies, no secrets. */
export interface AmazonCall {
  operation: string;
  status: number;
  requestId: string | null;
  /** Calls a second that the operation's quota refills by, where the answer showed it. */
  rate: number | null;
}

/** What an answer holds, and Amazon's time when it gave it (its `Date` header); null where something took that out. */
export interface Dated<T> {
  data: T;
  at: Instant | null;
}

/** Calls an operation; the answer's JSON has its numbers as text. @throws AmazonFailure */
export type CallOperation = <T>(
  operation: Operation,
  parameters: Parameters,
  schema: z.ZodType<T>,
) => Promise<Dated<T>>;

const errorForm = z.looseObject({
  errors: z
    .array(
      z.looseObject({ code: z.string().default(''), message: z.string().default(''), details: z.string().nullish() }),
    )
    .min(1),
});
type VendorError = z.output<typeof errorForm>['errors'][number];

export function createCaller(partner: SellingPartner, log?: (call: AmazonCall) => void): CallOperation {
  /** Seconds until one call's worth of quota has refilled, as answers have shown it; a seller's rate may be better than the documented one. */
  const shownRestore = new Map<string, number>();

  const attempt = async ({ name, version, untabled }: Operation, parameters: Parameters): Promise<PackageAnswer> => {
    try {
      // The package writes into what it is given, so each call gets its own copy.
      const answer: unknown = await partner.callAPI({
        // The package's types want an operation in any case; it goes by the path where there is one.
        operation: name,
        ...(untabled && { api_path: untabled.path, method: 'GET' as const, restore_rate: untabled.restoreSeconds }),
        ...structuredClone(parameters),
        options: { version, raw_result: true },
      });
      return answer as PackageAnswer;
    } catch (error) {
      if (error instanceof AmazonFailure) throw error;
      throw new AmazonFailure(
        { code: 'bug', where: name, what: error instanceof Error ? error.message : String(error) },
        error,
      );
    }
  };

  return async (operation, parameters, schema) => {
    let answer = await attempt(operation, parameters);
    if (tokenHasExpired(answer)) {
      // Somebody else may have renewed it in the meantime.
      if (partner.access_token === answer.token) await partner.refreshAccessToken();
      answer = await attempt(operation, parameters);
    }
    const requestId = headerOf(httpOf(answer), 'x-amzn-requestid');
    const rate = rateShown(answer);
    log?.({ operation: operation.name, status: answer.statusCode, requestId, rate });
    if (rate !== null) shownRestore.set(operation.name, 1 / rate);
    const json = requireSuccess(operation.name, answer, shownRestore.get(operation.name) ?? answer.restoreSeconds);
    const parsed = schema.safeParse(json);
    const date = dateOf(httpOf(answer));
    if (parsed.success) return { data: parsed.data, at: date === null ? null : instantOf(date) };
    const [issue] = parsed.error.issues;
    throw new AmazonFailure({
      code: 'bug',
      where: operation.name,
      status: answer.statusCode,
      ...(requestId ? { requestId } : {}),
      what: `the answer is not what Amazon's model says: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    });
  };
}

const httpOf = (answer: PackageAnswer): HttpAnswer => ({
  status: answer.statusCode,
  headers: answer.headers,
  text: answer.body,
});

/** `x-amzn-RateLimit-Limit` is calls a second; it is not to be trusted on 429, 401 and 403 (Amazon: SP-API guide, *Usage plans and rate limits*). */
function rateShown(answer: PackageAnswer): number | null {
  if (answer.statusCode >= 300) return null;
  const rate = Number(headerOf(httpOf(answer), 'x-amzn-ratelimit-limit'));
  return rate > 0 ? rate : null;
}

/** An expired token is 403, not 401 (Amazon: SP-API guide, *Authorization errors*). */
function tokenHasExpired(answer: PackageAnswer): boolean {
  return answer.statusCode === 403 && /access token.*expired/i.test(vendorError(answer)?.details ?? '');
}

function vendorError(answer: PackageAnswer): VendorError | null {
  try {
    return errorForm.parse(parseJson(answer.body)).errors[0] ?? null;
  } catch {
    return null;
  }
}

function requireSuccess(where: string, answer: PackageAnswer, restoreSeconds: number | null): unknown {
  const status = answer.statusCode;
  const requestId = headerOf(httpOf(answer), 'x-amzn-requestid');
  const error = vendorError(answer);
  const what = error ? [error.code, error.message, error.details].filter(Boolean).join(': ') : `HTTP ${status}`;
  const facts = { where, what, status, ...(requestId ? { requestId } : {}) };
  if (status === 429)
    throw new AmazonFailure({
      ...facts,
      code: 'throttled',
      ...(restoreSeconds ? { retryAfterMs: Math.ceil(restoreSeconds * 1000) } : {}),
    });
  if (status >= 500 || status < 200) throw new AmazonFailure({ ...facts, code: 'unavailable' });
  if (status === 401 || status === 403) throw new AmazonFailure({ ...facts, code: 'auth' });
  if (status === 404) throw new AmazonFailure({ ...facts, code: 'not-found' });
  if (status >= 300 || error) throw new AmazonFailure({ ...facts, code: 'rejected' });
  try {
    return parseJsonNumbersAsText(answer.body);
  } catch (cause) {
    throw new AmazonFailure({ ...facts, code: 'unavailable', what: 'the answer is not JSON' }, cause);
  }
}
