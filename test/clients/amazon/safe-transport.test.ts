import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAmazonClient, type AmazonClientOptions } from '../../../src/clients/amazon/create-amazon-client.ts';
import { sendJson, startServer, type Seen } from '../loopback-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function amazon(
  answer: (request: Seen, response: ServerResponse) => void,
  options: Partial<AmazonClientOptions> = {},
) {
  const server = await startServer((request, response) => {
    if (request.path === '/auth/o2/token')
      return sendJson(response, 200, { access_token: 'Atza|1', token_type: 'bearer', expires_in: 3600 });
    answer(request, response);
  });
  closers.push(server.close);
  const client = createAmazonClient({
    region: 'na',
    endpoint: server.url,
    clientId: 'id',
    clientSecret: 'secret',
    refreshToken: 'Atzr|1',
    marketplaceIds: ['ATVPDKIKX0DER'],
    timeoutMs: 500,
    ...options,
  });
  return {
    client,
    server,
    tokens: () => server.seen.filter(({ path }) => path === '/auth/o2/token'),
    calls: () => server.seen.filter(({ path }) => path !== '/auth/o2/token'),
  };
}

const orderJson = (over: object = {}) => ({
  order: {
    orderId: '1',
    createdTime: '2026-10-01T07:00:00.123Z',
    lastUpdatedTime: '2026-10-01T07:00:00Z',
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'M', marketplaceName: 'Amazon.de' },
    fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'AMAZON' },
    orderItems: [],
    ...over,
  },
});

describe('beneath the package', () => {
  test('calls that start together share one token', async () => {
    const { client, tokens } = await amazon((_, response) => sendJson(response, 200, orderJson()));
    await Promise.all(Array.from({ length: 6 }, () => client.getOrder('1')));
    expect(tokens()).toHaveLength(1);
  });

  test("a call carries the token and our name, to the path and with the parameters of Amazon's model", async () => {
    const { client, calls } = await amazon((_, response) => sendJson(response, 200, { orders: [] }));
    await client.searchOrders({
      lastUpdatedAfter: '2026-10-01T00:00:00Z',
      marketplaceIds: ['A', 'B'],
      paginationToken: 'x=/',
    });
    const url = new URL(calls()[0]!.path, 'http://x');
    expect(url.pathname).toBe('/orders/2026-01-01/orders');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      lastUpdatedAfter: '2026-10-01T00:00:00Z',
      marketplaceIds: 'A,B',
      includedData: 'PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,TAX',
      maxResultsPerPage: '100',
      paginationToken: 'x=/',
    });
    expect(calls()[0]!.headers).toMatchObject({
      'x-amz-access-token': 'Atza|1',
      'user-agent': 'Tieout/0.1 (Language=TypeScript; Platform=Node)',
    });
  });

  test('a character whose bytes arrive in two packets stays whole', async () => {
    const text = Buffer.from(
      JSON.stringify(
        orderJson({ salesChannel: { channelName: 'AMAZON', marketplaceId: 'M', marketplaceName: 'Müller' } }),
      ),
    );
    const cut = text.indexOf(0xc3) + 1;
    const { client } = await amazon(async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(text.subarray(0, cut));
      await pause(20);
      response.end(text.subarray(cut));
    });
    expect((await client.getOrder('1')).order?.marketplaceName).toBe('Müller');
  });

  test.each([
    [
      'a 500 whose JSON names no errors',
      (response: ServerResponse) => sendJson(response, 500, { message: 'Internal' }),
      { code: 'unavailable', status: 500 },
    ],
    [
      'a page that is not JSON',
      (response: ServerResponse) => void response.writeHead(200).end('<html>'),
      { code: 'unavailable' },
    ],
    ['silence', () => {}, { code: 'unavailable', what: 'no answer within 0.5 s' }],
    ['a broken connection', (response: ServerResponse) => void response.destroy(), { code: 'unavailable' }],
    [
      'a missing role',
      (response: ServerResponse) =>
        sendJson(response, 403, {
          errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }],
        }),
      { code: 'auth', status: 403 },
    ],
    [
      'a field that the model requires and that is not there',
      (response: ServerResponse) => sendJson(response, 200, { orderId: '1' }),
      { code: 'bug' },
    ],
    [
      'a quota that is used up, without any rate told',
      (response: ServerResponse) =>
        sendJson(response, 429, {
          errors: [
            { code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.', details: '' },
          ],
        }),
      { code: 'throttled', retryAfterMs: 2000 },
    ],
  ] as [string, (response: ServerResponse) => void, object][])(
    '%s is a failure after one call',
    async (_, answer, expected) => {
      const { client, calls } = await amazon((_request, response) => answer(response));
      await expect(client.getOrder('1')).rejects.toMatchObject(expected);
      expect(calls()).toHaveLength(1);
    },
  );

  test('what nobody knows in an answer is told, of whichever call', async () => {
    const heard: string[] = [];
    const { client } = await amazon(
      (request, response) =>
        sendJson(
          response,
          200,
          request.path.includes('/orders/1') ? orderJson({ mood: 'x' }) : { orders: [orderJson({ mood: 'x' }).order] },
        ),
      { onDrift: ({ what }) => heard.push(what) },
    );
    await client.getOrder('1');
    expect((await client.searchOrders({ lastUpdatedAfter: '2026-10-01T00:00:00Z' })).drift).toEqual([
      { where: 'order', what: 'unknown field mood' },
    ]);
    expect(heard).toEqual(['unknown field mood', 'unknown field mood']);
  });

  test('a token that stays expired ends the call after one new token', async () => {
    const { client, calls, tokens } = await amazon((_, response) =>
      sendJson(response, 403, {
        errors: [
          {
            code: 'Unauthorized',
            message: 'Access to requested resource is denied.',
            details: 'The access token you provided has expired.',
          },
        ],
      }),
    );
    await expect(client.getOrder('1')).rejects.toMatchObject({ code: 'auth' });
    expect([calls().length, tokens().length]).toEqual([2, 2]);
  });

  test('a signal ends what is under way', async () => {
    const ending = new AbortController();
    const { client } = await amazon(() => ending.abort(), { signal: ending.signal, timeoutMs: 30_000 });
    await expect(client.getOrder('1')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a document', () => {
  const withDocument = (serve: (response: ServerResponse) => void, details: object = {}) =>
    amazon((request, response) =>
      request.path.startsWith('/reports/')
        ? sendJson(response, 200, {
            reportDocumentId: 'd',
            url: `http://${request.headers.host}/store/d?sig=1`,
            ...details,
          })
        : serve(response),
    );
  const read = async (client: Awaited<ReturnType<typeof amazon>>['client']) =>
    (await buffer(await client.openDocument('d'))).toString('utf8');

  test('is fetched without the headers of the API', async () => {
    const { client, calls } = await withDocument((response) => response.writeHead(200).end('a\tb\n'));
    expect(await read(client)).toBe('a\tb\n');
    expect(calls()[1]!.path).toBe('/store/d?sig=1');
    expect(calls()[1]!.headers).not.toHaveProperty('x-amz-access-token');
  });

  test.each([
    ['the API says that it is packed', {}, { compressionAlgorithm: 'GZIP' }],
    ['the store says so', { 'content-encoding': 'gzip' }, {}],
    ['both say so', { 'content-encoding': 'gzip' }, { compressionAlgorithm: 'GZIP' }],
  ] as [string, Record<string, string>, object][])('is unpacked once when %s', async (_, headers, details) => {
    const { client } = await withDocument(
      (response) => response.writeHead(200, headers).end(gzipSync('Größe\n')),
      details,
    );
    expect(await read(client)).toBe('Größe\n');
  });

  test.each([
    ['cp1252', Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65, 0x20, 0x80]), 'Größe €'],
    ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['UTF-8', Buffer.from('Größe'), 'Größe'],
  ])('in %s comes out as UTF-8, wherever the packets are cut', async (charset, bytes, text) => {
    const { client } = await withDocument(async (response) => {
      response.writeHead(200, { 'content-type': `text/plain;charset=${charset}` });
      response.write(bytes.subarray(0, 3));
      await pause(20);
      response.end(bytes.subarray(3));
    });
    expect(await read(client)).toBe(text);
  });

  test('whose packed bytes end early is an error, though the length is as announced', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    const { client } = await withDocument((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length - 20)),
    );
    await expect(read(client)).rejects.toMatchObject({ name: 'AmazonFailure', code: 'unavailable' });
  });

  test('whose plain bytes end early is an error', async () => {
    const { client } = await withDocument((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(read(client)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('whose address has expired is to be asked for again', async () => {
    const { client } = await withDocument((response) =>
      response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>'),
    );
    await expect(read(client)).rejects.toMatchObject({ code: 'unavailable', what: 'the address has expired' });
  });
});
