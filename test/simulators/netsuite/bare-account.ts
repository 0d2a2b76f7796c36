import { createPrivateKey, sign } from 'node:crypto';
import {
  startNetSuiteSimulator,
  type NetSuiteSimulatorOptions,
  type RunningNetSuiteSimulator,
} from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { exampleSeed } from './example-seed.ts';

export type Body = Record<string, unknown>;
export interface Reply {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
  /** Id in `Location`. */ id: string;
}
export type Row = Record<string, string>;

/** A running simulator that is spoken to with bare fetch: no line of the product's client is in here. */
export interface BareAccount {
  simulator: RunningNetSuiteSimulator;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Posts and hands back the new id; throws with the answer when it was refused. */
  create(path: string, body: unknown): Promise<string>;
  query(q: string, params?: (string | number)[]): Promise<Row[]>;
  admin(method: string, path: string, body?: unknown): Promise<Reply>;
  id(table: 'account' | 'item' | 'customer' | 'vendor' | 'location', name: string): Promise<string>;
  close(): Promise<void>;
}

export async function openAccount(options: Partial<NetSuiteSimulatorOptions> = {}): Promise<BareAccount> {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const simulator = await startNetSuiteSimulator({
    seed: exampleSeed(),
    port: 0,
    clock: { now: () => now, real: Date.now },
    ...options,
  });
  const token = await tokenFor(simulator);
  const send = async (method: string, url: string, body: unknown, headers: Record<string, string>): Promise<Reply> => {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: text === '' ? {} : (JSON.parse(text) as Body),
      id: answer.headers.get('location')?.split('/').pop() ?? '',
    };
  };
  const call: BareAccount['call'] = (method, path, body, headers = {}) =>
    send(method, `${simulator.url}/services/rest${path}`, body, {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    });
  const query: BareAccount['query'] = async (q, params = []) => {
    const reply = await call('POST', '/query/v1/suiteql', { q, params }, { prefer: 'transient' });
    if (reply.status !== 200) throw new Error(reply.text);
    return (reply.body['items'] as (Row & { links: [] })[]).map(({ links: _links, ...row }) => row);
  };
  const names = { account: 'acctnumber', item: 'itemid', customer: 'entityid', vendor: 'entityid', location: 'name' };
  return {
    simulator,
    call,
    query,
    create: async (path, body) => {
      const reply = await call('POST', `/record/v1/${path}`, body, { 'X-NetSuite-PropertyNameValidation': 'error' });
      if (reply.status !== 204) throw new Error(`${path}: ${reply.text}`);
      return reply.id;
    },
    admin: (method, path, body) => send(method, `${simulator.url}${path}`, body, {}),
    id: async (table, name) =>
      (await query(`SELECT id FROM ${table} WHERE ${names[table]} = ?`, [name]))[0]?.['id'] ?? `no ${table} ${name}`,
    close: () => simulator.close(),
  };
}

/** An assertion signed with node:crypto alone; parts can be changed to see what the token endpoint refuses. */
export function assertion(simulator: RunningNetSuiteSimulator, change: { header?: Body; payload?: Body } = {}): string {
  const seconds = Math.floor(Date.now() / 1000);
  const part = (value: Body): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = part({ typ: 'JWT', alg: 'ES256', kid: simulator.certificateId, ...change.header });
  const payload = part({
    iss: simulator.clientId,
    scope: ['rest_webservices'],
    aud: simulator.tokenUrl,
    iat: seconds,
    exp: seconds + 300,
    ...change.payload,
  });
  const key = createPrivateKey(simulator.privateKeyPem ?? '');
  const signature = sign('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${header}.${payload}.${signature.toString('base64url')}`;
}

export function askForToken(simulator: RunningNetSuiteSimulator, clientAssertion: string): Promise<Response> {
  return fetch(simulator.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: clientAssertion,
    }),
  });
}

async function tokenFor(simulator: RunningNetSuiteSimulator): Promise<string> {
  const answer = (await (await askForToken(simulator, assertion(simulator))).json()) as { access_token: string };
  return answer.access_token;
}

/** The first error of an answer. */
export function errorOf(reply: Reply): { status: number; code: unknown; detail: unknown; path: unknown } {
  const [detail] = (reply.body['o:errorDetails'] ?? []) as Body[];
  return {
    status: reply.status,
    code: detail?.['o:errorCode'],
    detail: detail?.['detail'],
    path: detail?.['o:errorPath'],
  };
}
