/** What hangs on a failed call: neither a token nor the secret that fetched it, wherever one looks. */
import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { createAmazonClient } from '../../../src/clients/amazon/create-amazon-client.ts';
import { openDocument } from '../../../src/clients/amazon/open-document.ts';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { CallFailure } from '../../../src/clients/http/call-failure.ts';
import { createLocalSlots } from '../../../src/clients/netsuite/slots.ts';
import { sendJson, startServer, type Seen } from '../loopback-server.ts';

const [TOKEN, SECRET, REFRESH] = ['Atza|TOKEN-TOKEN', 'amzn1.oa2-cs.SECRET', 'Atzr|REFRESH'];
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

type Answer = (request: Seen, response: ServerResponse) => void;
async function server(token: Answer, rest: Answer): Promise<string> {
  const started = await startServer((request, response) =>
    (request.path.endsWith('token') ? token : rest)(request, response),
  );
  close = started.close;
  return started.url;
}
const tokenGiven: Answer = (_, response) =>
  sendJson(response, 200, { access_token: TOKEN, token_type: 'bearer', expires_in: 3600 });
const brokenToken: Answer = (_, response) => response.end(`{"access_token":"${TOKEN}`);
const brokenOff: Answer = (_, response) => response.destroy();
const garbage: Answer = (_, response) => response.end(`<${TOKEN}>`);
const silent: Answer = () => {};

const ofAmazon = async (url: string) =>
  createAmazonClient({
    region: 'na',
    endpoint: url,
    clientId: 'id',
    clientSecret: SECRET,
    refreshToken: REFRESH,
    marketplaceIds: ['ATVPDKIKX0DER'],
    timeoutMs: 300,
  }).getOrder('1');
const ofNetSuite = async (url: string) => {
  const client = createNetSuiteClient({
    account: '1234567_SB1',
    baseUrl: url,
    clientId: 'client-1',
    certificateId: 'cert-1',
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    slots: createLocalSlots(3),
    timeoutMs: 300,
    now: () => 1_800_000_000_000,
  });
  return client.suiteql('SELECT id FROM transaction ORDER BY id');
};
const ofDocument = async (url: string) => {
  const stream = await openDocument({ url: `${url}/document?X-Amz-Signature=${TOKEN}` }, 300);
  for await (const chunk of stream) void chunk;
};

test.each<[string, (url: string) => Promise<unknown>, Answer, Answer]>([
  ['Amazon, broken off', ofAmazon, tokenGiven, brokenOff],
  ['Amazon, silent', ofAmazon, tokenGiven, silent],
  ['Amazon, no JSON', ofAmazon, tokenGiven, garbage],
  ['Amazon, its token broken off', ofAmazon, brokenOff, silent],
  ['Amazon, a token that is no JSON', ofAmazon, brokenToken, silent],
  ['NetSuite, broken off', ofNetSuite, tokenGiven, brokenOff],
  ['NetSuite, silent', ofNetSuite, tokenGiven, silent],
  ['NetSuite, no JSON', ofNetSuite, tokenGiven, garbage],
  ['NetSuite, its token broken off', ofNetSuite, brokenOff, silent],
  ['NetSuite, a token that is no JSON', ofNetSuite, brokenToken, silent],
  ['a document, broken off', ofDocument, silent, brokenOff],
  ['a document, silent', ofDocument, silent, silent],
])('%s', async (_, call, token, rest) => {
  const error: unknown = await call(await server(token, rest)).catch((failed: unknown) => failed);
  expect(error).toBeInstanceOf(CallFailure);
  const texts = [...textsOf(error)].join('\n');
  expect(texts).not.toContain('TOKEN');
  for (const secret of [SECRET, REFRESH, 'client_assertion=']) expect(texts).not.toContain(secret);
});

/** Every text that hangs on a value, hidden properties and causes included. */
function textsOf(value: unknown, seen = new Set<unknown>()): Set<string> {
  const texts = new Set<string>();
  const look = (at: unknown): void => {
    if (typeof at === 'string') texts.add(at);
    if (at instanceof Uint8Array) return void texts.add(Buffer.from(at).toString('utf8'));
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null || seen.has(at)) return;
    seen.add(at);
    if (at instanceof Map || at instanceof Set) for (const entry of at as Iterable<unknown>) look(entry);
    // Built-ins lead to everything that is loaded.
    if (typeof at === 'function') return;
    for (const name of Reflect.ownKeys(at)) {
      const described = Object.getOwnPropertyDescriptor(at, name)!;
      look('value' in described ? described.value : undefined);
    }
  };
  look(value);
  return texts;
}
