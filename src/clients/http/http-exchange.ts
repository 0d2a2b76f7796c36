import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { RequestError, TimeoutError, CancelError } from 'got';
import { bareCause } from './bare-cause.ts';

/** One HTTP request and its whole answer. Nothing is ever repeated here: who may repeat is decided above. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /**
   * Opens a connection of its own. A kept one may be closed by the other side at the very moment of sending, and then
   * nobody can tell whether the request was seen; for a write that doubt costs more than the handshake.
   */
  freshConnection?: boolean;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Decoded as UTF-8 from the joined bytes, so that a character split over two packets stays whole. */
  text: string;
}

export interface HttpExchangeOptions {
  /** Until the whole answer is there. */
  timeoutMs: number;
  /** Ends every call under way. */
  signal?: AbortSignal;
  maxBytes?: number;
}

export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** No answer: whether the request was executed is not known, unless `sent` is false. */
export class NoAnswer extends Error {
  /** False when no connection came about, so that the other side cannot have seen the request. */
  readonly sent: boolean;

  constructor(what: string, sent: boolean, cause: unknown) {
    super(what, { cause: bareCause(cause) });
    this.name = 'NoAnswer';
    this.sent = sent;
  }
}

export const USER_AGENT = 'Tieout/0.1 (Language=TypeScript; Platform=Node)';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** No connection came about. (A host can also become unreachable in the middle of a call, so that is not among them.) */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const FRESH_CONNECTIONS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

/** Sends requests with got: no retries, no redirects, bounded in time and size, any status is an answer. */
export function createHttpExchange({
  timeoutMs,
  signal,
  maxBytes = MAX_ANSWER_BYTES,
}: HttpExchangeOptions): HttpExchange {
  // Each call under way listens to it.
  if (signal) setMaxListeners(0, signal);
  return async ({ method, url, headers, body, freshConnection }) => {
    const call = got(url, {
      method,
      headers: { 'user-agent': USER_AGENT, ...headers },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
      ...(freshConnection ? { agent: FRESH_CONNECTIONS } : {}),
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      responseType: 'buffer',
    });
    const received = { tooLarge: false };
    void call.on('downloadProgress', ({ transferred }: { transferred: number }) => {
      if (transferred <= maxBytes) return;
      received.tooLarge = true;
      call.cancel('answer too large');
    });
    try {
      const answer = await call;
      return { status: answer.statusCode, headers: answer.headers, text: Buffer.from(answer.body).toString('utf8') };
    } catch (error) {
      throw noAnswer(error, timeoutMs, received.tooLarge ? maxBytes : null);
    }
  };
}

function noAnswer(error: unknown, timeoutMs: number, limit: number | null): unknown {
  if (limit !== null && error instanceof CancelError)
    return new NoAnswer(`the answer is larger than ${limit} bytes`, true, error);
  if (error instanceof TimeoutError) return new NoAnswer(`no answer within ${timeoutMs / 1000} s`, true, error);
  if (error instanceof RequestError)
    return new NoAnswer(`no answer (${error.code})`, !NEVER_SENT.has(error.code), error);
  return error;
}

/** A header that is sent once. */
export function headerOf(answer: HttpAnswer, name: string): string | null {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
