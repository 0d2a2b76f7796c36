import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import {
  createNetSuiteClient,
  type NetSuiteClientOptions,
} from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { accountBaseUrl } from '../../../src/clients/netsuite/rest-session.ts';
import { createLocalSlots, type SlotPool } from '../../../src/clients/netsuite/slots.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import { sendJson, startServer, type Seen } from '../loopback-server.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: typeof ec.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const TOKEN_PATH = '/services/rest/auth/oauth2/v1/token';
const error = (status: number, code: string, detail: string) => ({
  type: '',
  title: 'Bad Request',
  status,
  'o:errorDetails': [{ detail, 'o:errorCode': code }],
});

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** An account that hands out tokens `t1`, `t2`, … and leaves the rest to the test. */
async function account(
  answer: (request: Seen, response: ServerResponse) => void,
  options: Partial<NetSuiteClientOptions> = {},
) {
  let tokens = 0;
  const server = await startServer((request, response) => {
    if (request.path === TOKEN_PATH)
      return sendJson(response, 200, { access_token: `t${(tokens += 1)}`, expires_in: 3600, token_type: 'bearer' });
    answer(request, response);
  });
  closers.push(server.close);
  const client = createNetSuiteClient({
    account: '1234567_SB1',
    baseUrl: server.url,
    clientId: 'client-1',
    certificateId: 'cert-1',
    privateKeyPem: pemOf(ec.privateKey),
    slots: createLocalSlots(3),
    timeoutMs: 2000,
    now: () => 1_800_000_000_000,
    ...options,
  });
  return {
    client,
    server,
    tokenCalls: () => server.seen.filter(({ path }) => path === TOKEN_PATH),
    calls: () => server.seen.filter(({ path }) => path !== TOKEN_PATH),
  };
}
const created = (response: ServerResponse, id: string) =>
  response.writeHead(204, { location: `http://x/services/rest/record/v1/journalEntry/${id}` }).end();

describe('the token', () => {
  test('is asked for with an ES256 assertion whose claims are what NetSuite demands', async () => {
    const { client, server, tokenCalls } = await account((_, response) => created(response, '1'));
    await client.create('journalEntry', {});
    const form = new URLSearchParams(tokenCalls()[0]!.body);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const assertion = form.get('client_assertion')!;
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES256', kid: 'cert-1', typ: 'JWT' });
    const { payload } = await jwtVerify(assertion, ec.publicKey, { currentDate: new Date(1_800_000_000_000) });
    expect(payload).toEqual({
      iss: 'client-1',
      aud: server.url + TOKEN_PATH,
      scope: ['rest_webservices'],
      iat: 1_800_000_000,
      exp: 1_800_000_300,
    });
  });

  test('is signed with PS256 for an RSA key of 3072 bits, and a shorter one is refused', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const { client, tokenCalls } = await account((_, response) => created(response, '1'), {
      privateKeyPem: pemOf(rsa.privateKey),
    });
    await client.create('journalEntry', {});
    expect(decodeProtectedHeader(new URLSearchParams(tokenCalls()[0]!.body).get('client_assertion')!).alg).toBe(
      'PS256',
    );
    const short = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await expect(account(() => {}, { privateKeyPem: pemOf(short.privateKey) })).rejects.toThrow(
      'RSA of 3072 or 4096 bits',
    );
  });

  test('is fetched once for calls that start together', async () => {
    const { client, tokenCalls } = await account((_, response) => created(response, '1'));
    await Promise.all(Array.from({ length: 5 }, () => client.create('journalEntry', {})));
    expect(tokenCalls()).toHaveLength(1);
  });

  test('is renewed after four fifths of its life', async () => {
    let now = 1_800_000_000_000;
    const { client, tokenCalls } = await account((_, response) => created(response, '1'), { now: () => now });
    await client.create('journalEntry', {});
    now += 2879_000;
    await client.create('journalEntry', {});
    expect(tokenCalls()).toHaveLength(1);
    now += 1000;
    await client.create('journalEntry', {});
    expect(tokenCalls()).toHaveLength(2);
  });

  test('is renewed once after a 401, and the call repeated with the new one', async () => {
    const { client, calls } = await account((request, response) =>
      request.headers.authorization === 'Bearer t1'
        ? sendJson(response, 401, error(401, 'INVALID_LOGIN', 'Invalid login attempt.'))
        : created(response, '7'),
    );
    expect(await client.create('journalEntry', {})).toEqual({ outcome: 'posted', id: '7' });
    expect(calls().map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  test('that a second 401 refuses ends a write as unauthorised and a read as a failure', async () => {
    const { client, calls } = await account((_, response) =>
      sendJson(response, 401, error(401, 'INVALID_LOGIN', 'Invalid login attempt.')),
    );
    expect(await client.create('journalEntry', {})).toMatchObject({
      outcome: 'unauthorised',
      failure: { status: 401, details: [{ code: 'INVALID_LOGIN' }] },
    });
    expect(calls()).toHaveLength(2);
    await expect(client.get('invoice', '1')).rejects.toMatchObject({ code: 'auth', what: 'Invalid login attempt.' });
  });

  test('that cannot be had because the credentials are wrong leaves a write unauthorised and unsent', async () => {
    const server = await startServer((_, response) =>
      sendJson(response, 400, { error: 'invalid_request', error_description: 'unknown certificate' }),
    );
    closers.push(server.close);
    const client = createNetSuiteClient({
      account: '1',
      baseUrl: server.url,
      clientId: 'c',
      certificateId: 'k',
      privateKeyPem: pemOf(ec.privateKey),
      slots: createLocalSlots(1),
      timeoutMs: 2000,
      now: Date.now,
    });
    expect(await client.create('journalEntry', {})).toMatchObject({
      outcome: 'unauthorised',
      failure: { title: 'credentials refused: unknown certificate' },
    });
    expect(server.seen.map(({ path }) => path)).toEqual([TOKEN_PATH]);
  });
});

describe('a write', () => {
  test('sends its amounts digit by digit and asks NetSuite to refuse unknown fields', async () => {
    const { client, calls } = await account((_, response) => created(response, '4711'));
    expect(
      await client.create('journalEntry', {
        externalId: 'AMZ_us_JE_1_1',
        line: { items: [{ debit: decimal('12.30') }] },
      }),
    ).toEqual({ outcome: 'posted', id: '4711' });
    expect(calls()[0]).toMatchObject({
      method: 'POST',
      path: '/services/rest/record/v1/journalEntry',
      body: '{"externalId":"AMZ_us_JE_1_1","line":{"items":[{"debit":12.30}]}}',
      headers: { 'x-netsuite-propertynamevalidation': 'error' },
    });
  });

  test('that could not even be connected was not executed', async () => {
    const { client, server } = await account((_, response) => created(response, '1'));
    await client.create('journalEntry', {});
    await server.close();
    expect(await client.create('journalEntry', {})).toEqual({
      outcome: 'throttled',
      reason: 'no answer (ECONNREFUSED)',
    });
  });

  test('for which no token is to be had was not executed', async () => {
    const server = await startServer((_, response) => void response.writeHead(503).end());
    closers.push(server.close);
    const client = createNetSuiteClient({
      account: '1',
      baseUrl: server.url,
      clientId: 'c',
      certificateId: 'k',
      privateKeyPem: pemOf(ec.privateKey),
      slots: createLocalSlots(1),
      timeoutMs: 2000,
      now: () => 0,
    });
    expect(await client.create('journalEntry', {})).toEqual({ outcome: 'throttled', reason: 'token: HTTP 503' });
    expect(server.seen).toHaveLength(1);
  });

  test('goes to the address of a transform or of a change', async () => {
    const { client, calls } = await account((request, response) =>
      request.method === 'PATCH' ? response.writeHead(204).end() : created(response, '9'),
    );
    await client.transform({ type: 'salesOrder', id: '12' }, 'itemFulfillment', {});
    expect(await client.patch('customerPayment', 'eid:AMZ_us_PAY_1_1', {}, { replace: ['apply'] })).toEqual({
      outcome: 'posted',
      id: 'eid:AMZ_us_PAY_1_1',
    });
    expect(calls().map(({ path }) => path)).toEqual([
      '/services/rest/record/v1/salesOrder/12/!transform/itemFulfillment',
      '/services/rest/record/v1/customerPayment/eid:AMZ_us_PAY_1_1?replace=apply',
    ]);
  });

  test('whose connection breaks off after it was sent is unknown, and is not sent again', async () => {
    const { client, calls } = await account((_, response) => void response.destroy());
    expect(await client.create('journalEntry', {})).toMatchObject({ outcome: 'unknown' });
    expect(calls()).toHaveLength(1);
  });

  test('that is not answered in time is unknown', async () => {
    const { client } = await account(() => {}, { timeoutMs: 150 });
    expect(await client.create('journalEntry', {})).toEqual({ outcome: 'unknown', reason: 'no answer within 0.15 s' });
  });

  test.each([
    [
      '429',
      (response: ServerResponse) =>
        sendJson(
          response,
          429,
          error(429, 'CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.'),
        ),
      { outcome: 'throttled' },
    ],
    [
      '500',
      (response: ServerResponse) =>
        sendJson(response, 500, error(500, 'UNEXPECTED_ERROR', 'An unexpected error occurred. Error ID: abc')),
      { outcome: 'unknown' },
    ],
    [
      'a 503 page of a proxy',
      (response: ServerResponse) => void response.writeHead(503).end('<html>'),
      { outcome: 'unknown' },
    ],
    [
      "a 400 that is not NetSuite's",
      (response: ServerResponse) => void response.writeHead(400).end('<html>'),
      { outcome: 'unknown' },
    ],
    [
      '204 without a Location',
      (response: ServerResponse) => void response.writeHead(204).end(),
      { outcome: 'unknown' },
    ],
    [
      '202, the receipt of a job',
      (response: ServerResponse) => void response.writeHead(202, { location: 'http://x/job/1' }).end(),
      { outcome: 'unknown' },
    ],
    [
      '201 with a Location',
      (response: ServerResponse) => void response.writeHead(201, { location: 'http://x/invoice/5' }).end(),
      { outcome: 'posted', id: '5' },
    ],
    [
      '"already exists"',
      (response: ServerResponse) =>
        sendJson(
          response,
          400,
          error(400, 'USER_ERROR', 'Error while accessing a resource. This record already exists.'),
        ),
      { outcome: 'duplicate' },
    ],
    [
      'a closed period',
      (response: ServerResponse) =>
        sendJson(
          response,
          400,
          error(400, 'USER_ERROR', 'The transaction date is not within an open accounting period.'),
        ),
      { outcome: 'rejected', class: 'period' },
    ],
    [
      'a missing permission',
      (response: ServerResponse) => sendJson(response, 403, error(403, 'USER_ERROR', 'Permission Violation: no')),
      { outcome: 'rejected', class: 'role' },
    ],
    [
      'any other 403',
      (response: ServerResponse) => sendJson(response, 403, error(403, 'X', 'Forbidden')),
      { outcome: 'unauthorised' },
    ],
  ] as [string, (response: ServerResponse) => void, object][])('answered with %s', async (_, answer, outcome) => {
    const { client, calls } = await account((_request, response) => answer(response));
    expect(await client.create('journalEntry', {})).toMatchObject(outcome);
    expect(calls()).toHaveLength(1);
  });
});

describe('a read', () => {
  test('of a record expands its sublists, and can keep amounts as text', async () => {
    const { client, calls } = await account((_, response) =>
      sendJson(response, 200, '{"id":"5","total":65.90,"apply":{"items":[{"amount":10.10}]}}'),
    );
    expect(await client.get('customerPayment', 'eid:AMZ_us_PAY_1_1', { numbersAsText: true })).toEqual({
      id: '5',
      total: '65.90',
      apply: { items: [{ amount: '10.10' }] },
    });
    expect(await client.get('customerPayment', '5')).toMatchObject({ total: 65.9 });
    expect(calls()[0]!.path).toBe(
      '/services/rest/record/v1/customerPayment/eid:AMZ_us_PAY_1_1?expandSubResources=true',
    );
  });

  test('of a record that is not there is null', async () => {
    const { client } = await account((_, response) =>
      sendJson(response, 404, error(404, 'NONEXISTENT_ID', 'Record does not exist.')),
    );
    expect(await client.get('invoice', '404')).toBeNull();
  });

  test('fails as throttled, unavailable or rejected', async () => {
    let answer = (response: ServerResponse) =>
      sendJson(response, 429, error(429, 'CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded.'));
    const { client } = await account((_, response) => answer(response));
    await expect(client.get('invoice', '1')).rejects.toMatchObject({ code: 'throttled', retryable: true });
    answer = (response) => sendJson(response, 500, error(500, 'UNEXPECTED_ERROR', 'Error ID: 1'));
    await expect(client.get('invoice', '1')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    answer = (response) => sendJson(response, 400, error(400, 'USER_ERROR', 'Something is wrong.'));
    await expect(client.suiteql('SELECT 1')).rejects.toMatchObject({
      code: 'rejected',
      where: 'POST /services/rest/query/v1/suiteql',
      retryable: false,
    });
  });

  test('of a server that is not there is unavailable', async () => {
    const { client, server } = await account(() => {});
    await server.close();
    await expect(client.suiteql('SELECT 1')).rejects.toMatchObject({
      code: 'unavailable',
      what: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('SuiteQL', () => {
  test('reads all pages with bound parameters; values are text, links and nulls are left out', async () => {
    const page = (first: number, rows: number, hasMore: boolean) =>
      `{"links":[],"count":${rows},"hasMore":${hasMore},"offset":${first},"totalResults":1001,"items":[${Array.from({ length: rows }, (_, index) => `{"links":[],"id":"${first + index}","amount":12.10,"memo":null}`).join(',')}]}`;
    const { client, calls } = await account((request, response) =>
      sendJson(response, 200, request.path.endsWith('offset=0') ? page(0, 1000, true) : page(1000, 1, false)),
    );
    const rows = await client.suiteql('SELECT id FROM transaction WHERE entity = ? AND memo = ?', [901, "O'Neil"]);
    expect(rows).toHaveLength(1001);
    expect(rows[1000]).toEqual({ id: '1000', amount: '12.10' });
    expect(calls().map(({ path }) => path)).toEqual([
      '/services/rest/query/v1/suiteql?limit=1000&offset=0',
      '/services/rest/query/v1/suiteql?limit=1000&offset=1000',
    ]);
    expect(JSON.parse(calls()[0]!.body)).toEqual({
      q: 'SELECT id FROM transaction WHERE entity = ? AND memo = ?',
      params: ['901', "O'Neil"],
    });
    expect(calls()[0]!.headers.prefer).toBe('transient');
  });
});

test('an account has its own address, in which its id stands in lower case', () => {
  expect(accountBaseUrl('1234567_SB1')).toBe('https://1234567-sb1.suitetalk.api.netsuite.com');
});

describe('slots', () => {
  test('bound how many calls run at once', async () => {
    let running = 0;
    let most = 0;
    const { client } = await account(
      (_, response) => {
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          created(response, '1');
        }, 10);
      },
      { slots: createLocalSlots(2) },
    );
    await Promise.all(Array.from({ length: 8 }, () => client.create('journalEntry', {})));
    expect(most).toBe(2);
  });

  test('are given back by a call that fails', async () => {
    const slots = createLocalSlots(1);
    await expect(slots.withSlot(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.withSlot(() => Promise.resolve('yes'))).toBe('yes');
  });

  test.each([
    ['429', 429, error(429, 'CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.')],
    ['429 with a page of a proxy', 429, 'slow down'],
    [
      'the concurrency code in another status',
      400,
      error(400, 'CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.'),
    ],
    ['the request limit of a script', 400, error(400, 'SSS_REQUEST_LIMIT_EXCEEDED', 'Request limit exceeded')],
  ])('hear of %s while the refused call still has its slot', async (_what, status, body) => {
    const { client, heard } = await recording(status, body);
    expect(await client.create('journalEntry', {})).toMatchObject({ outcome: 'throttled' });
    await expect(client.suiteql('SELECT 1')).rejects.toMatchObject({ code: 'throttled' });
    expect(heard).toEqual(['taken', 'refused', 'given back', 'taken', 'refused', 'given back']);
  });

  test.each([
    ['a rejected document', 400, error(400, 'USER_ERROR', 'Please enter value(s) for: Subsidiary')],
    ['a server in trouble', 503, 'busy'],
  ])('hear nothing of %s', async (_what, status, body) => {
    const { client, heard } = await recording(status, body);
    await client.create('journalEntry', {});
    expect(heard).toEqual(['taken', 'given back']);
  });
});

/** A client whose slots write down what happens to them, before an account with one answer. */
async function recording(status: number, body: unknown) {
  const heard: string[] = [];
  const slots: SlotPool = {
    async withSlot(call) {
      heard.push('taken');
      try {
        return await call();
      } finally {
        heard.push('given back');
      }
    },
    async refused() {
      heard.push('refused');
    },
  };
  const { client } = await account((_, response) => sendJson(response, status, body), { slots });
  return { client, heard };
}
