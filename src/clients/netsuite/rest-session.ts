import { NoAnswer, type HttpAnswer, type HttpExchange, type HttpRequest } from '../http/http-exchange.ts';
import type { AccessTokens } from './access-token.ts';
import { errorSentence, readErrorBody } from './error-body.ts';
import { classifyRefusal } from './classify-refusal.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';
import type { SlotPool } from './slots.ts';

/** One call, for the log: no bodies, no secrets. */
export interface NetSuiteCall {
  method: string;
  path: string;
  status: number | null;
  milliseconds: number;
}

export interface RestSession {
  /** Sends one request below the account's address with a token, in a slot. @throws NoAnswer, NetSuiteFailure (token only) */
  send(request: RestRequest): Promise<HttpAnswer>;
  /** As `send`, and returns only 2xx. @throws NetSuiteFailure */
  read(request: RestRequest): Promise<HttpAnswer>;
}

export type RestRequest = Pick<HttpRequest, 'method' | 'headers' | 'body' | 'freshConnection'> & { path: string };

export interface RestSessionOptions {
  baseUrl: string;
  tokens: AccessTokens;
  exchange: HttpExchange;
  slots: SlotPool;
  now: () => number;
  log?: (call: NetSuiteCall) => void;
}

/** The account's address; ids stand in it in lower case with `-` for `_` (`1234567_SB1`), unless the account says otherwise. */
export function accountBaseUrl(account: string): string {
  return `https://${account.toLowerCase().replaceAll('_', '-')}.suitetalk.api.netsuite.com`;
}

export function createRestSession({ baseUrl, tokens, exchange, slots, now, log }: RestSessionOptions): RestSession {
  const base = baseUrl.replace(/\/+$/, '');

  const sendWith = async (token: string, request: RestRequest): Promise<HttpAnswer> => {
    const begun = now();
    let status: number | null = null;
    try {
      const answer = await exchange({
        method: request.method,
        url: base + request.path,
        headers: { accept: 'application/json', ...request.headers, authorization: `Bearer ${token}` },
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.freshConnection ? { freshConnection: true } : {}),
      });
      status = answer.status;
      return answer;
    } finally {
      log?.({ method: request.method, path: request.path, status, milliseconds: now() - begun });
    }
  };

  const send = async (request: RestRequest): Promise<HttpAnswer> => {
    const token = await tokens.current();
    return slots.withSlot(async () => {
      let answer = await sendWith(token, request);
      if (answer.status === 401) {
        // 401 means not executed, so that the same request may go once more with a new token.
        tokens.forget(token);
        answer = await sendWith(await tokens.current(), request);
      }
      // Before the slot goes to the next call.
      if (isConcurrencyRefusal(answer)) await slots.refused();
      return answer;
    });
  };

  return {
    send,
    async read(request) {
      const where = `${request.method} ${request.path.replace(/\?.*/, '')}`;
      let answer: HttpAnswer;
      try {
        answer = await send(request);
      } catch (error) {
        if (error instanceof NoAnswer)
          throw new NetSuiteFailure({ code: 'unavailable', where, what: error.message }, error);
        throw error;
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw failureOf(where, answer);
    },
  };
}

function isConcurrencyRefusal({ status, text }: HttpAnswer): boolean {
  if (status < 400 || status >= 500) return false;
  const body = status === 429 ? null : readErrorBody(status, text);
  return status === 429 || (body !== null && classifyRefusal(body) === 'throttled');
}

function failureOf(where: string, { status, text }: HttpAnswer): NetSuiteFailure {
  const body = readErrorBody(status, text);
  const what = body ? errorSentence(body) : `HTTP ${status}`;
  if (status === 401) return new NetSuiteFailure({ code: 'auth', where, what, status });
  if (status === 429) return new NetSuiteFailure({ code: 'throttled', where, what, status });
  if (status >= 500 || !body) return new NetSuiteFailure({ code: 'unavailable', where, what, status });
  const refusal = classifyRefusal(body);
  const code =
    refusal === 'throttled' || refusal === 'not-found' || refusal === 'bug'
      ? refusal
      : refusal === 'role' || status === 403
        ? 'auth'
        : 'rejected';
  return new NetSuiteFailure({ code, where, what, status });
}
