import { setMaxListeners } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

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
    super(what, { cause });
    this.name = 'NoAnswer';
    this.sent = sent;
  }
}

export const USER_AGENT = 'Tieout/0.1 (Language=TypeScript; Platform=Node)';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** No connection came about. (A host can also become unreachable in the middle of a call, so that is not among them.) */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);

const FRESH_CONNECTIONS = { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false }) };
const unzip = promisify(gunzip);

/**
 * Sends requests by Node's own client, which costs a third of what a client above it does: no retries, no redirects,
 * bounded in time and size, any status is an answer.
 */
export function createHttpExchange({ timeoutMs, signal, maxBytes = MAX_ANSWER_BYTES }: HttpExchangeOptions): HttpExchange {
  // Each call under way listens to it.
  if (signal) setMaxListeners(0, signal);
  return ({ method, url, headers, body, freshConnection = false }) => new Promise((resolve, reject) => {
    const protocol = url.startsWith('https:') ? 'https' : 'http';
    const end = (outcome: () => void) => {
      clearTimeout(timer);
      outcome();
    };
    const fail = (what: string, sent: boolean, cause: unknown) => end(() => {
      reject(new NoAnswer(what, sent, cause));
      call.destroy();
    });
    const onError = (error: NodeJS.ErrnoException) => fail(`no answer (${error.code})`, !NEVER_SENT.has(error.code ?? ''), error);
    const tooLarge = (cause: unknown = null) => fail(`the answer is larger than ${maxBytes} bytes`, true, cause);
    const onUnreadable = (error: NodeJS.ErrnoException) => (error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(error) : onError(error));
    const call = (protocol === 'https' ? https : http).request(url, {
      method, headers: { 'user-agent': USER_AGENT, 'accept-encoding': 'gzip', ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      ...(freshConnection ? { agent: FRESH_CONNECTIONS[protocol] } : {}), ...(signal ? { signal } : {}),
    }, (answer) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > maxBytes) tooLarge();
        else pieces.push(piece);
      });
      answer.on('error', onError);
      answer.on('end', () => {
        const { statusCode: status = 0, headers: answered } = answer;
        textOf(answer, Buffer.concat(pieces), maxBytes).then((text) => end(() => resolve({ status, headers: answered, text })), onUnreadable);
      });
    });
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`, true, null), timeoutMs);
    call.on('error', onError);
    call.end(body);
  });
}

/** @throws where it is not what it says, or unpacks to more than may be */
async function textOf({ headers }: IncomingMessage, bytes: Buffer, maxBytes: number): Promise<string> {
  const plain = headers['content-encoding'] === 'gzip' && bytes.length > 0 ? await unzip(bytes, { maxOutputLength: maxBytes }) : bytes;
  return plain.toString('utf8');
}

/** A header that is sent once. */
export function headerOf(answer: HttpAnswer, name: string): string | null {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
