import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { DemoClock } from '../clock.ts';
import type { RunningSimulator } from '../simulator.ts';
import type { Answer } from './answers.ts';
import { denied, quotaExceeded, Refusal } from './answers.ts';
import { Control } from './control.ts';
import { deliver, send } from './deliver.ts';
import { DOCUMENT_HOST, DOCUMENT_PATH, openDocument } from './documents.ts';
import { Faults } from './faults.ts';
import { lwaToken } from './lwa.ts';
import type { Credentials } from './lwa.ts';
import { OPERATIONS } from './operations.ts';
import { Quota } from './quota.ts';
import { AmazonState } from './state.ts';
import type { AmazonWorld } from './world.ts';

export interface AmazonSimulatorOptions {
  world: AmazonWorld;
  /** 0 takes a free port. */
  port: number;
  clock: DemoClock;
  clientId?: string;
  clientSecret?: string;
  refreshToken?: string;
  /** How many times the documented rate a seller's quotas refill; Amazon grants some sellers more (SP-API guide, *Usage plans and rate limits*). */
  rateTimes?: number;
  /** Operations for which the application has no role: they answer 403 without details. */
  withoutRole?: readonly string[];
  log?: (line: string) => void;
}

export interface RunningAmazonSimulator extends RunningSimulator, Credentials {
  lwaUrl: string;
  sellerId: string;
  marketplaceIds: string[];
}

interface Incoming {
  method: string;
  path: string;
  host: string;
  query: URLSearchParams;
  text: string;
  request: IncomingMessage;
}

const LWA_HOST = 'api.amazon.com';

/** Starts Amazon's side on loopback: LWA, SP-API, the document store, and the simulator's own pages. */
export async function startAmazonSimulator(options: AmazonSimulatorOptions): Promise<RunningAmazonSimulator> {
  const credentials: Credentials = {
    clientId: options.clientId ?? 'amzn1.application-oa2-client.simulated',
    clientSecret: options.clientSecret ?? 'amzn1.oa2-cs.v1.simulated',
    refreshToken: options.refreshToken ?? 'Atzr|simulated',
  };
  const state = new AmazonState(options.world, options.clock);
  const faults = new Faults();
  const control = new Control(state, faults);
  const quota = new Quota(options.clock);

  const answerTo = (incoming: Incoming): Answer => {
    const { method, path, host, query, text, request } = incoming;
    if (path === '/auth/o2/token' && method === 'POST') return lwaToken(state, credentials, formOrJson(text));
    if (host === LWA_HOST)
      return new Refusal(404, 'NotFound', `${method} ${path} is not part of Login with Amazon.`).answer();
    if (path.startsWith(`${DOCUMENT_PATH}/`) && method === 'GET')
      return openDocument(state, path.slice(DOCUMENT_PATH.length + 1), request.headers);
    if (host.startsWith('sandbox.'))
      return new Refusal(501, 'NotImplemented', "The simulator does not build Amazon's sandbox.").answer();
    const own = host.endsWith('.amazon.com') ? null : control.answer(method, path, query, parsed(text));
    if (own) return own;
    return callOperation(incoming);
  };

  const callOperation = ({ method, path, host, query, text, request }: Incoming): Answer => {
    const operation = OPERATIONS.find((candidate) => candidate.method === method && candidate.pattern.test(path));
    if (!operation)
      return new Refusal(501, 'NotImplemented', `The simulator does not build ${method} ${path}.`).answer();
    const rate = operation.rate * (options.rateTimes ?? 1);
    const rateHeader = { 'x-amzn-RateLimit-Limit': String(rate) };
    try {
      checkToken(state, request.headers['x-amz-access-token']);
      if (options.withoutRole?.includes(operation.name)) throw denied('');
      if (!quota.take(operation.name, rate, operation.burst)) throw quotaExceeded;
      state.calls.set(operation.name, (state.calls.get(operation.name) ?? 0) + 1);
      const params = Object.fromEntries(
        Object.entries(operation.pattern.exec(path)?.groups ?? {}).map(([name, value]) => [
          name,
          decodeURIComponent(value),
        ]),
      );
      const documentBase = host.endsWith('.amazon.com')
        ? `https://${DOCUMENT_HOST}${DOCUMENT_PATH}`
        : `${url}${DOCUMENT_PATH}`;
      const answer = operation.run({ state, now: state.now(), params, query, body: parsed(text), documentBase });
      return { ...answer, headers: { ...rateHeader, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The rate is told on 200, 400 and 404, never on 403 and 429.
      return { ...error.answer(), ...([400, 404].includes(error.status) && { headers: rateHeader }) };
    }
  };

  const server = createServer((request, response) => {
    // A vendor's server dates its answers by its own clock (RFC 9110, 6.6.1), which here is the demo's.
    response.setHeader('date', new Date(state.clock.now()).toUTCString());
    void readIncoming(request)
      .then(async (incoming) => {
        const { method, path } = incoming;
        const struck = await deliver({ method, path, request, response }, isOwnPage(incoming) ? null : faults, () =>
          answerTo(incoming),
        );
        options.log?.(`${method} ${path}${struck === null ? '' : ` fault=${struck}`}`);
      })
      .catch((error: unknown) => {
        options.log?.(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        if (!response.headersSent)
          send(
            response,
            new Refusal(500, 'InternalFailure', 'The simulator failed. This is a fault of the simulator.').answer(),
          );
        else response.destroy();
      });
  });
  const port = await listening(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    lwaUrl: `${url}/auth/o2/token`,
    ...credentials,
    sellerId: options.world.sellerId,
    marketplaceIds: options.world.marketplaces.map((marketplace) => marketplace.id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function checkToken(state: AmazonState, token: string | string[] | undefined): void {
  if (typeof token !== 'string' || token === '') throw denied('Access token is missing in the request header.');
  const found = state.tokenState(token);
  if (found === 'expired') throw denied('The access token you provided has expired.');
  if (found === 'unknown') throw denied('The access token you provided is revoked, malformed or invalid.');
}

async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const address = new URL(request.url ?? '/', 'http://simulator');
  const host = (request.headers.host ?? '').split(':')[0]?.toLowerCase() ?? '';
  return {
    method: request.method ?? 'GET',
    path: address.pathname,
    host,
    query: address.searchParams,
    text: Buffer.concat(chunks).toString('utf8'),
    request,
  };
}

function isOwnPage({ path }: Incoming): boolean {
  return /^\/(clock|faults|admin|bank)(\/|$)/.test(path);
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function formOrJson(text: string): Record<string, string> {
  const json = parsed(text);
  return json !== null && typeof json === 'object'
    ? (json as Record<string, string>)
    : Object.fromEntries(new URLSearchParams(text));
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
