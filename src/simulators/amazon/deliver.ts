/** How an answer goes out: whole, or struck by a fault. */
import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers.ts';
import { denied, notFound, quotaExceeded, Refusal } from './answers.ts';
import { accessDenied, DOCUMENT_PATH, noSuchKey } from './documents.ts';
import type { Change, Fault, Faults } from './faults.ts';
import { writeJson } from './json.ts';

export interface Exchange {
  method: string;
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
}

/** @param faults null for the simulator's own pages, which none strikes. Returns the kind of the fault that struck. */
export async function deliver(exchange: Exchange, faults: Faults | null, answer: () => Answer): Promise<string | null> {
  const { method, path } = exchange;
  const before = faults?.take(method, path) ?? null;
  if (before?.kind === 'lost-before') {
    exchange.request.socket.destroy();
    return before.kind;
  }
  const refusal = before && refusalOf(before, path);
  if (refusal) {
    send(exchange.response, refusal);
    return before.kind;
  }
  if (before?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, before.delayMs));
  const given = answer();
  const text = faults?.readsAnswers ? textOf(given) : '';
  const fault = before ?? faults?.takeHolding(method, path, text) ?? null;
  await deliverStruck(exchange, fault, changed(given, text, faults?.takeChanges(method, path, text) ?? []));
  return fault?.kind ?? null;
}

async function deliverStruck({ path, request, response }: Exchange, fault: Fault | null, given: Answer): Promise<void> {
  switch (fault?.kind) {
    case 'lost-after':
    case 'lost-before':
      request.socket.destroy();
      return;
    case 'reset-mid-body':
      breakOff(response, given);
      return;
    case 'small-chunks':
      return trickle(response, given);
    case 'truncated-gzip':
      send(response, { ...given, body: bytesOf(given).subarray(0, Math.floor(bytesOf(given).length / 2)) });
      return;
    default:
      send(response, (fault && refusalOf(fault, path)) ?? given);
  }
}

/** What a fault answers in the place of the answer; null for one that needs the answer itself. */
function refusalOf({ kind }: Fault, path: string): Answer | null {
  const isStored = path.startsWith(`${DOCUMENT_PATH}/`);
  switch (kind) {
    case '403':
      return isStored ? accessDenied('Request has expired') : denied('').answer();
    case '404':
      return isStored ? noSuchKey() : notFound('The resource was not found.').answer();
    case '429':
      return quotaExceeded.answer();
    case '500':
      return new Refusal(500, 'InternalFailure', 'We encountered an internal error. Please try again.').answer();
    case '503':
      return new Refusal(503, 'ServiceUnavailable', 'Service is temporarily unavailable. Please try again.').answer();
    default:
      return null;
  }
}

/** The answer's text, that of a document unpacked. */
function textOf(answer: Answer): string {
  const bytes = bytesOf(answer);
  return (isPacked(bytes) ? gunzipSync(bytes) : bytes).toString('latin1');
}

function changed(answer: Answer, text: string, changes: readonly Change[]): Answer {
  if (changes.length === 0) return answer;
  const other = changes.reduce((sum, { find, put }) => sum.replace(new RegExp(find), latin1(put)), text);
  const bytes = Buffer.from(other, 'latin1');
  return { ...answer, body: isPacked(bytesOf(answer)) ? gzipSync(bytes) : bytes };
}

/** Bytes are handled one character each, so that what is not changed stays as it is. */
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const isPacked = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export function send(response: ServerResponse, answer: Answer): void {
  const bytes = bytesOf(answer);
  response.writeHead(answer.status, { ...headersOf(answer), 'content-length': bytes.length });
  response.end(bytes);
}

/** Announces the whole body, sends half of it and breaks the connection. */
function breakOff(response: ServerResponse, answer: Answer): void {
  const bytes = bytesOf(answer);
  response.writeHead(answer.status, { ...headersOf(answer), 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

async function trickle(response: ServerResponse, answer: Answer): Promise<void> {
  const bytes = bytesOf(answer);
  response.writeHead(answer.status, { ...headersOf(answer), 'content-length': bytes.length });
  for (let at = 0; at < bytes.length; at += 7) {
    response.write(bytes.subarray(at, at + 7));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

function headersOf(answer: Answer): Record<string, string> {
  return { 'content-type': 'application/json', 'x-amzn-RequestId': randomUUID(), ...answer.headers };
}

function bytesOf(answer: Answer): Buffer {
  return Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body === null ? '' : writeJson(answer.body));
}
