import { createHttpExchange, NoAnswer } from '../http/http-exchange.ts';
import { VendorClock } from '../http/vendor-clock.ts';
import { parseJson, parseJsonNumbersAsText } from '../http/json-text.ts';
import { createAccessTokens } from './access-token.ts';
import { readApplications, readHeldDocument } from './held-document.ts';
import { CHEAPEST } from './lookup-queries.ts';
import { createLookups } from './lookups.ts';
import type { JsonObject, NetSuiteClient, WriteOutcome } from './netsuite-client.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';
import { createStockReads } from './read-stock.ts';
import { accountBaseUrl, createRestSession, type NetSuiteCall, type RestRequest } from './rest-session.ts';
import type { SlotPool } from './slots.ts';
import { querySuiteQl, querySuiteQlPage } from './suiteql.ts';
import { writeJson } from './write-json.ts';
import { writeOutcomeOf } from './write-outcome.ts';

export interface NetSuiteClientOptions {
  /** Account id as NetSuite shows it: `1234567` or `1234567_SB1`. */
  account: string;
  /** Overrides the address made from the account id: Oracle advises to read it from the company's URLs, and a simulator has its own. */
  baseUrl?: string;
  tokenUrl?: string;
  clientId: string;
  certificateId: string;
  privateKeyPem: string;
  slots: SlotPool;
  /** Of one call. NetSuite itself may work for up to 15 minutes on one. */
  timeoutMs: number;
  /** Epoch milliseconds in the real world. */
  now: () => number;
  log?: (call: NetSuiteCall) => void;
  signal?: AbortSignal;
}

/** Client of one NetSuite account over SuiteTalk REST. It never repeats a write: see `WriteOutcome`. */
export function createNetSuiteClient(options: NetSuiteClientOptions): NetSuiteClient {
  const baseUrl = options.baseUrl ?? accountBaseUrl(options.account);
  const exchange = createHttpExchange({
    timeoutMs: options.timeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const tokens = createAccessTokens({
    tokenUrl: options.tokenUrl ?? `${baseUrl.replace(/\/+$/, '')}/services/rest/auth/oauth2/v1/token`,
    clientId: options.clientId,
    certificateId: options.certificateId,
    privateKeyPem: options.privateKeyPem,
    exchange,
    now: options.now,
  });
  const clock = new VendorClock();
  const session = createRestSession({
    baseUrl,
    tokens,
    exchange: clock.hearing(exchange),
    slots: options.slots,
    now: options.now,
    ...(options.log ? { log: options.log } : {}),
  });

  const write = async (
    request: Pick<RestRequest, 'method' | 'path'>,
    body: JsonObject,
    knownId: string | null,
  ): Promise<WriteOutcome> => {
    // Without this header a misspelt field is dropped with a warning (NSHELP section_156570709583).
    const headers = { 'content-type': 'application/json', 'x-netsuite-propertynamevalidation': 'error' };
    const text = writeJson(body);
    try {
      return writeOutcomeOf(await session.send({ ...request, headers, body: text, freshConnection: true }), knownId);
    } catch (error) {
      return unansweredOutcome(error);
    }
  };
  const suiteql = (query: string, params: readonly (string | number)[] = []) => querySuiteQl(session, query, params);

  const get: NetSuiteClient['get'] = async (type, id, { numbersAsText = false } = {}) => {
    const path = `${recordPath(type, id)}?expandSubResources=true`;
    try {
      const { text } = await session.read({ method: 'GET', path });
      return readRecord(text, type, numbersAsText);
    } catch (error) {
      if (error instanceof NetSuiteFailure && error.code === 'not-found') return null;
      throw error;
    }
  };

  return {
    create: (type, body) => write({ method: 'POST', path: recordPath(type) }, body, null),
    transform: (from, target, body) =>
      write({ method: 'POST', path: `${recordPath(from.type, from.id)}/!transform/${target}` }, body, null),
    patch: (type, id, body, { replace = [] } = {}) =>
      write(
        { method: 'PATCH', path: recordPath(type, id) + (replace.length > 0 ? `?replace=${replace.join(',')}` : '') },
        body,
        id,
      ),
    get,
    suiteql,
    skew: (ours) => clock.skew(ours),
    async hear() {
      await suiteql(CHEAPEST);
    },
    heldDocument: (id, optional) => readHeldDocument(suiteql, id, optional),
    applications: (type, id) => readApplications(get, type, id),
    lookups: createLookups(suiteql, options.now),
    stock: createStockReads(suiteql, (query, params) => querySuiteQlPage(session, query, params)),
  };
}

/** A write without an answer. Where no connection came about, or no token, NetSuite has not seen it. */
function unansweredOutcome(error: unknown): WriteOutcome {
  if (error instanceof NoAnswer)
    return error.sent ? { outcome: 'unknown', reason: error.message } : { outcome: 'throttled', reason: error.message };
  if (error instanceof NetSuiteFailure && error.retryable)
    return { outcome: 'throttled', reason: `${error.where}: ${error.what}` };
  if (error instanceof NetSuiteFailure)
    return { outcome: 'unauthorised', failure: { status: error.status ?? 401, title: error.what, details: [] } };
  throw error;
}

function recordPath(type: string, id?: string): string {
  // `eid:` keeps its colon: it stands for the internal id anywhere in an address (NSHELP section_156334828635).
  return `/services/rest/record/v1/${type}${id === undefined ? '' : `/${encodeURIComponent(id).replace('%3A', ':')}`}`;
}

function readRecord(text: string, type: string, numbersAsText: boolean): JsonObject {
  try {
    return (numbersAsText ? parseJsonNumbersAsText(text) : parseJson(text)) as JsonObject;
  } catch (error) {
    throw new NetSuiteFailure({ code: 'unavailable', where: `GET /${type}`, what: 'the answer is not JSON' }, error);
  }
}
