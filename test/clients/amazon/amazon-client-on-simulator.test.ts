import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import type { AmazonClient } from '../../../src/clients/amazon/amazon-client.ts';
import type { AmazonCall } from '../../../src/clients/amazon/selling-partner-call.ts';
import { createAmazonClient } from '../../../src/clients/amazon/create-amazon-client.ts';
import { order, SETTLEMENT_TEXT, smallWorld } from '../../simulators/amazon/small-world.ts';
import { startAt, type Started } from '../../simulators/amazon/started-simulator.ts';

let started: Started;
let client: AmazonClient;
const NOW = '2026-03-20T00:00:00Z';

beforeEach(async () => {
  started = await startAt(NOW, { world: smallWorld() });
  const { url, lwaUrl, clientId, clientSecret, refreshToken } = started.simulator;
  client = createAmazonClient({
    region: 'na',
    endpoint: url,
    lwaUrl,
    clientId,
    clientSecret,
    refreshToken,
    marketplaceIds: ['ATVPDKIKX0DER'],
    timeoutMs: 2000,
  });
});
afterEach(() => started.simulator.close());

const fault = (kind: string, path: string) =>
  fetch(`${started.simulator.url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, match: { path } }),
  });

describe('orders', () => {
  test('are facts with line totals net of tax, and promotions of items and shipping are one negative amount', async () => {
    const { orders, nextToken, upTo, drift } = await client.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' });
    expect(nextToken).toBeNull();
    expect(drift).toEqual([]);
    expect(upTo).not.toBeNull();
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual(
      expect.arrayContaining([
        ['111-0000001-0000001', 'SHIPPED'],
        ['111-0000002-0000002', 'UNSHIPPED'],
        ['111-0000003-0000003', 'CANCELLED'],
      ]),
    );
    expect(orders.find(({ orderId }) => orderId === '111-0000002-0000002')).toEqual({
      orderId: '111-0000002-0000002',
      purchasedAt: '2026-03-02T12:00:00Z',
      updatedAt: '2026-03-02T12:00:00Z',
      status: 'UNSHIPPED',
      fulfilledBy: 'AMAZON',
      channel: 'AMAZON',
      marketplaceId: 'ATVPDKIKX0DER',
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      replaces: null,
      amazonCollectsTax: true,
      items: [
        {
          orderItemId: '1300077',
          sku: 'MUG',
          asin: 'B000000001',
          quantity: 3,
          amounts: { principal: 5000n, shipping: 599n, 'gift-wrap': 499n, promotion: -1099n },
          tax: { parts: { principal: 450n, shipping: 10n }, holdTax: false },
          amazonCollects: true,
        },
      ],
    });
  });

  test('hold no personal data', async () => {
    const { orders } = await client.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' });
    expect(
      JSON.stringify(orders, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toMatch(/Müller|Elm Street|buyers\.example/);
  });

  test('without a price have none, and a replacement names what it replaces', async () => {
    const order = async (id: string) => (await client.getOrder(id)).order;
    expect(await order('111-0000003-0000003')).toMatchObject({ currency: null, items: [{ amounts: null }] });
    expect(await order('111-0000004-0000004')).toMatchObject({ replaces: '111-0000001-0000001' });
    expect(await order('S01-0000005-0000005')).toMatchObject({
      channel: 'NON_AMAZON',
      marketplaceName: 'Non-Amazon US',
    });
  });

  test('that Amazon does not know are null', async () =>
    expect(await client.getOrder('111-9999999-9999999')).toEqual({ order: null, unread: [] }));

  test('come in pages, the last of which has no token', async () => {
    await started.simulator.close();
    const orders = Array.from({ length: 101 }, (_, index) => order(`111-0000${index + 100}-0000001`));
    started = await startAt(NOW, { world: smallWorld({ orders }) });
    const { url, lwaUrl, clientId, clientSecret, refreshToken } = started.simulator;
    client = createAmazonClient({
      region: 'na',
      endpoint: url,
      lwaUrl,
      clientId,
      clientSecret,
      refreshToken,
      marketplaceIds: ['ATVPDKIKX0DER'],
      timeoutMs: 2000,
    });
    const first = await client.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' });
    expect(first.orders).toHaveLength(100);
    const second = await client.searchOrders({
      lastUpdatedAfter: '2026-03-01T00:00:00Z',
      paginationToken: first.nextToken!,
    });
    expect(second.orders).toHaveLength(1);
    expect(second.nextToken).toBeNull();
  });
});

describe('refunds', () => {
  test('carry signed amounts without tax and fees', async () => {
    const { refunds, drift } = await client.listTransactions({ postedAfter: '2026-03-01T00:00:00Z' });
    expect(drift).toEqual([]);
    expect(refunds).toEqual([
      {
        orderId: '111-0000001-0000001',
        postedAt: '2026-03-08T09:30:00Z',
        transactionId: 'R-1',
        marketplaceName: 'Amazon.com',
        currency: 'USD',
        fulfilledBy: 'AMAZON',
        items: [
          {
            orderItemId: null,
            sku: 'MUG',
            quantity: 1,
            amounts: { principal: -3000n, promotion: 250n },
            tax: -210n,
            withheld: 210n,
          },
        ],
      },
    ]);
  });

  test('are found in a window of more than 180 days, which Amazon would answer with nothing', async () => {
    const found: string[] = [];
    let token: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<AmazonClient['listTransactions']>> = await client.listTransactions({
        postedAfter: '2025-01-01T00:00:00Z',
        ...(token ? { nextToken: token } : {}),
      });
      found.push(...page.refunds.map(({ transactionId }) => transactionId));
      token = page.nextToken;
      pages += 1;
    } while (token !== null);
    expect(found).toEqual(['R-1']);
    expect(pages).toBe(3);
  });
});

describe('the log', () => {
  test('hears of each call with the rate that the answer shows, which a refusal does not', async () => {
    const { url, lwaUrl, clientId, clientSecret, refreshToken } = started.simulator;
    const calls: AmazonCall[] = [];
    const logged = createAmazonClient({
      region: 'na',
      endpoint: url,
      lwaUrl,
      clientId,
      clientSecret,
      refreshToken,
      marketplaceIds: ['ATVPDKIKX0DER'],
      timeoutMs: 2000,
      log: (call) => calls.push(call),
    });
    await logged.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' });
    await fault('429', '/orders/2026-01-01/orders');
    await expect(logged.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'throttled',
    });
    expect(calls).toMatchObject([
      { operation: 'orders.searchOrders', status: 200, rate: 0.0056 },
      { operation: 'orders.searchOrders', status: 429, rate: null },
    ]);
  });
});

describe('reports', () => {
  test('of settlements are found and streamed, unpacked', async () => {
    const { reports } = await client.getReports({
      reportTypes: ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'],
      createdSince: '2026-03-01T00:00:00Z',
    });
    expect(reports[0]).toMatchObject({
      status: 'DONE',
      dataStart: '2026-03-01T08:00:00Z',
      dataEnd: '2026-03-15T07:00:00Z',
    });
    const bytes = await buffer(await client.openDocument(reports[0]!.reportDocumentId!));
    expect(bytes.toString('utf8')).toBe(SETTLEMENT_TEXT);
  });

  test('whose packed bytes end early break the stream', async () => {
    const { reports } = await client.getReports({
      reportTypes: ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'],
      createdSince: '2026-03-01T00:00:00Z',
    });
    for (const kind of ['truncated-gzip', 'reset-mid-body']) {
      await fault(kind, '/documents-store');
      const stream = await client.openDocument(reports[0]!.reportDocumentId!);
      await expect(buffer(stream)).rejects.toMatchObject({ name: 'AmazonFailure', code: 'unavailable' });
    }
  });

  test('of fulfilled shipments are made, awaited and read as shipments', async () => {
    const { reportId } = await client.createReport({
      reportType: 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL',
      marketplaceIds: ['ATVPDKIKX0DER'],
      dataStart: '2026-03-01T00:00:00Z',
      dataEnd: '2026-03-19T00:00:00Z',
    });
    let report = await client.getReport(reportId);
    for (let minute = 1; report.status !== 'DONE' && minute < 60; minute += 1) {
      started.at(`2026-03-20T00:${String(minute).padStart(2, '0')}:00Z`);
      report = await client.getReport(reportId);
    }
    const { shipments, drift } = await client.readShipments(report.reportDocumentId!);
    expect(drift).toEqual([]);
    expect(shipments).toEqual([
      {
        orderId: '111-0000001-0000001',
        shipmentId: 'B7aaa',
        shippedAt: '2026-03-03T10:00:00Z',
        marketplaceName: expect.stringMatching(/^amazon\.com$/i),
        currency: 'USD',
        shipTo: 'US',
        items: [{ orderItemId: '1300077', sku: 'MUG', quantity: 1, amounts: { principal: 3000n } }],
      },
    ]);
  });

  test("that may not be requested are rejected in Amazon's words", async () => {
    await expect(
      client.createReport({
        reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
        marketplaceIds: ['ATVPDKIKX0DER'],
        dataStart: '2026-03-01T00:00:00Z',
        dataEnd: '2026-03-02T00:00:00Z',
      }),
    ).rejects.toMatchObject({
      code: 'rejected',
      status: 400,
      what: expect.stringContaining('report type 1118 is not allowed'),
    });
  });
});

test('event groups are found once, however far back the window begins', async () => {
  expect(
    (await client.listEventGroups({ startedAfter: '2025-01-01T00:00:00Z' })).groups.filter(
      ({ id }) => id === 'GRP70001',
    ),
  ).toHaveLength(1);
});

test('event groups tell the transfer, its trace id and the exact total', async () => {
  const { groups } = await client.listEventGroups({ startedAfter: '2026-02-01T00:00:00Z' });
  expect(groups.find(({ id }) => id === 'GRP70001')).toMatchObject({
    closed: true,
    currency: 'USD',
    total: 2400n,
    start: '2026-03-01T08:00:00Z',
    end: '2026-03-15T07:00:00Z',
    transferStatus: 'Successful',
    traceId: '021000099887766',
    accountTail: '6017',
  });
});

test("the seller's marketplaces are named with their currency", async () => {
  expect(await client.marketplaceParticipations()).toEqual([
    { marketplaceId: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD' },
  ]);
});

describe('failures', () => {
  test('of the transport are told as what they are, once, and nothing is repeated', async () => {
    for (const [kind, expected] of [
      ['lost-before', { code: 'unavailable', retryable: true }],
      ['lost-after', { code: 'unavailable' }],
      ['500', { code: 'unavailable', status: 500 }],
      ['503', { code: 'unavailable' }],
    ] as const) {
      await fault(kind, '/orders/2026-01-01/orders/');
      await expect(client.getOrder('111-0000001-0000001')).rejects.toMatchObject(expected);
    }
    expect(await client.getOrder('111-0000001-0000001')).not.toBeNull();
  });

  test('of the quota say how long to wait: the rate that Amazon last showed for the operation', async () => {
    await client.getOrder('111-0000001-0000001');
    await fault('429', '/orders/2026-01-01/orders/');
    await expect(client.getOrder('111-0000001-0000001')).rejects.toMatchObject({
      code: 'throttled',
      retryAfterMs: 2000,
      retryable: true,
    });
  });

  test('of a token that has expired are mended by one new token', async () => {
    expect(await client.getOrder('111-0000001-0000001')).not.toBeNull();
    started.passReal(3700);
    const answers = await Promise.all(
      ['111-0000001-0000001', '111-0000002-0000002', '111-0000004-0000004'].map((id) => client.getOrder(id)),
    );
    expect(answers.every((answer) => answer !== null)).toBe(true);
  });

  test('of wrong credentials say so without showing them', async () => {
    const { url, lwaUrl, clientId, refreshToken } = started.simulator;
    const wrong = createAmazonClient({
      region: 'na',
      endpoint: url,
      lwaUrl,
      clientId,
      clientSecret: 'not-the-secret',
      refreshToken,
      marketplaceIds: [],
      timeoutMs: 2000,
    });
    const failure = await wrong.marketplaceParticipations().then(
      () => null,
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code: 'auth', where: 'token', what: expect.stringContaining('invalid_client') });
    expect(failure!.message).not.toContain('not-the-secret');
  });
});
