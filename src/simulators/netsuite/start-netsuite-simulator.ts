/** The NetSuite simulator: a SuiteTalk REST server on loopback with a real ledger under it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { RunningSimulator } from '../simulator.ts';
import { dayOf } from './calendar.ts';
import type { Company } from './company.ts';
import { EnteredLater } from './entered-later.ts';
import { writeJson } from './json.ts';
import { Books } from './ledger/books.ts';
import { mastersFromSeed } from './masters.ts';
import { bookOpeningStock } from './opening-stock.ts';
import { NO_ANSWER, RestService } from './rest-service.ts';
import type { Answer } from './routes/request.ts';
import type { NetSuiteSeed } from './seed.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { TokenDesk } from './token.ts';

export interface NetSuiteSimulatorOptions {
  seed: NetSuiteSeed;
  /** 0: any free port. */
  port: number;
  /** Host to listen on; loopback unless said otherwise. */
  host?: string;
  /** The address that clients use, where it is not the one listened on (containers). Tokens are asked for under it. */
  publicUrl?: string;
  clientId?: string;
  /** Certificate id to public key or certificate (PEM). Without any, a P-256 key pair is made. */
  certificates?: Record<string, string>;
  /** `custbody_…` and `custcol_…` fields that the account has. */
  customFields?: string[];
  switches?: Partial<Switches>;
  /** Where today and now come from; the real clock without it. Tokens always live in real time. */
  clock?: { now(): number; real(): number };
  /** One line per request. */
  log?: (line: string) => void;
}

export interface RunningNetSuiteSimulator extends RunningSimulator {
  account: string;
  clientId: string;
  certificateId: string;
  /** Of the key pair that was made; null when certificates were handed in. */
  privateKeyPem: string | null;
  tokenUrl: string;
}

export async function startNetSuiteSimulator(options: NetSuiteSimulatorOptions): Promise<RunningNetSuiteSimulator> {
  const host = options.host ?? '127.0.0.1';
  const clock = options.clock ?? { now: Date.now, real: Date.now };
  const company = openCompany(options, clock);
  const credentials = credentialsOf(options);
  // Idle connections are kept long: one that ends just as a client writes looks to it like a lost answer.
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = options.publicUrl ?? `http://${host}:${port}`;
  const tokenUrl = `${url}/services/rest/auth/oauth2/v1/token`;
  const tokens = new TokenDesk({
    tokenUrl,
    clientId: credentials.clientId,
    certificates: credentials.certificates,
    realNow: () => clock.real(),
  });
  const service = new RestService(company, tokens, new EnteredLater(company, options.seed));
  // Answers are dated by the clock that judges what they are about: an assertion's `iat` is one of real time.
  const dateOf = (path: string) => new Date(url + path === tokenUrl ? clock.real() : clock.now()).toUTCString();
  server.on('request', (request, response) => void serve(service, url, request, response, dateOf, options.log));
  return {
    url,
    port,
    tokenUrl,
    account: options.seed.account,
    clientId: credentials.clientId,
    certificateId: credentials.certificateId,
    privateKeyPem: credentials.privateKeyPem,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function openCompany(options: NetSuiteSimulatorOptions, clock: { now(): number }): Company {
  const switches = { ...defaultSwitches(), ...options.switches };
  const mandatory = Object.values(switches.mandatory)
    .flat()
    .map(({ field }) => field)
    .filter((field) => field.startsWith('cust'));
  const masters = mastersFromSeed(options.seed);
  const company: Company = {
    account: options.seed.account,
    masters,
    books: new Books(masters, switches.costing),
    switches,
    customFields: new Set([...(options.customFields ?? []), ...mandatory]),
    now: () => clock.now(),
    today: () => dayOf(clock.now()),
  };
  bookOpeningStock(company, options.seed);
  return company;
}

function credentialsOf(options: NetSuiteSimulatorOptions): {
  clientId: string;
  certificateId: string;
  certificates: Map<string, string>;
  privateKeyPem: string | null;
} {
  const clientId = options.clientId ?? randomBytes(32).toString('hex');
  const given = Object.entries(options.certificates ?? {});
  const first = given[0];
  if (first) return { clientId, certificateId: first[0], certificates: new Map(given), privateKeyPem: null };
  const certificateId = randomBytes(24).toString('base64url');
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { clientId, certificateId, certificates: new Map([[certificateId, publicKey]]), privateKeyPem: privateKey };
}

async function serve(
  service: RestService,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
  dateOf: (path: string) => string,
  log: ((line: string) => void) | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return; // the client left before it had sent everything
  }
  const address = new URL(request.url ?? '/', origin);
  response.setHeader('date', dateOf(address.pathname));
  const answer = await service.answer({
    method: request.method ?? 'GET',
    path: address.pathname,
    query: address.searchParams,
    headers: request.headers,
    text: Buffer.concat(chunks).toString('utf8'),
    origin,
  });
  log?.(`${request.method} ${request.url} ${answer === NO_ANSWER ? 'no answer' : answer.status}`);
  if (answer === NO_ANSWER) request.socket.destroy();
  else write(response, answer);
}

function write(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const media =
    status >= 400
      ? 'application/vnd.oracle.resource+json; type=error; charset=UTF-8'
      : 'application/vnd.oracle.resource+json; charset=UTF-8';
  response.writeHead(status, { ...headers, ...(body === undefined ? {} : { 'Content-Type': media }) });
  response.end(body === undefined ? undefined : writeJson(body));
}
