import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { order, smallWorld } from './small-world.ts';

interface Money {
  amount: string;
  currencyCode: string;
}
interface OrderAnswer {
  orderId: string;
  lastUpdatedTime: string;
  fulfillment?: { fulfillmentStatus: string };
  proceeds?: { grandTotal: Money };
  buyer?: object;
  associatedOrders?: object[];
  salesChannel: { channelName: string };
  orderItems: {
    product: { price?: { unitPrice: Money } };
    proceeds?: { proceedsTotal: Money; breakdowns: { type: string; subtotal: Money }[] };
  }[];
}
interface Page {
  orders: OrderAnswer[];
  pagination?: { nextToken: string };
  lastUpdatedBefore?: string;
  createdBefore?: string;
}

const SEARCH = '/orders/2026-01-01/orders';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-03-02T10:30:00Z', { world: smallWorld() });
});
afterEach(() => started.simulator.close());

describe("an order's life", () => {
  test('begins pending, without any price', async () => {
    const { order: found } = await started.json<{ order: OrderAnswer }>(
      `${SEARCH}/111-0000001-0000001?includedData=FULFILLMENT,PROCEEDS`,
    );
    expect(found.fulfillment?.fulfillmentStatus).toBe('PENDING');
    expect(found.proceeds).toBeUndefined();
    expect(found.orderItems[0]?.proceeds).toBeUndefined();
    expect(found.orderItems[0]?.product.price).toBeUndefined();
  });

  test('goes on to unshipped, with its price, and shipped', async () => {
    started.at('2026-03-02T11:00:00Z');
    const path = `${SEARCH}/111-0000001-0000001?includedData=FULFILLMENT,PROCEEDS`;
    const unshipped = (await started.json<{ order: OrderAnswer }>(path)).order;
    expect(unshipped).toMatchObject({
      fulfillment: { fulfillmentStatus: 'UNSHIPPED' },
      proceeds: { grandTotal: { amount: '30.00', currencyCode: 'USD' } },
    });
    started.at('2026-03-03T10:00:00Z');
    const shipped = (await started.json<{ order: OrderAnswer }>(path)).order;
    expect(shipped).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      lastUpdatedTime: '2026-03-03T10:00:00Z',
      orderItems: [{ fulfillment: { quantityFulfilled: 1, quantityUnfulfilled: 0 } }],
    });
  });

  test('may end while it is pending, and then it never had a price', async () => {
    started.at('2026-03-02T20:00:00Z');
    const { order: found } = await started.json<{ order: OrderAnswer }>(
      `${SEARCH}/111-0000003-0000003?includedData=FULFILLMENT,PROCEEDS,CANCELLATION`,
    );
    expect(found.fulfillment?.fulfillmentStatus).toBe('CANCELLED');
    expect(found.proceeds).toBeUndefined();
  });

  test('is unknown before it exists', async () => {
    const response = await started.get(`${SEARCH}/111-0000002-0000002`);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-ratelimit-limit')).toBe('0.5');
  });
});

describe('what an order says', () => {
  test('line totals by kind; the discount is positive and the total subtracts it', async () => {
    started.at('2026-03-05T00:00:00Z');
    const { order: found } = await started.json<{ order: OrderAnswer }>(
      `${SEARCH}/111-0000002-0000002?includedData=PROCEEDS,TAX`,
    );
    expect(found.orderItems[0]?.proceeds).toEqual({
      // 50.00 + 5.99 + 4.99 + 4.60 − 10.99
      proceedsTotal: { amount: '54.59', currencyCode: 'USD' },
      breakdowns: [
        { type: 'ITEM', subtotal: { amount: '50.00', currencyCode: 'USD' } },
        { type: 'SHIPPING', subtotal: { amount: '5.99', currencyCode: 'USD' } },
        { type: 'GIFT_WRAP', subtotal: { amount: '4.99', currencyCode: 'USD' } },
        {
          type: 'TAX',
          subtotal: { amount: '4.60', currencyCode: 'USD' },
          detailedBreakdowns: [
            { subtype: 'ITEM', value: { amount: '4.50', currencyCode: 'USD' } },
            { subtype: 'SHIPPING', value: { amount: '0.10', currencyCode: 'USD' } },
          ],
        },
        {
          type: 'DISCOUNT',
          subtotal: { amount: '10.99', currencyCode: 'USD' },
          detailedBreakdowns: [
            { subtype: 'ITEM', value: { amount: '5.00', currencyCode: 'USD' } },
            { subtype: 'SHIPPING', value: { amount: '5.99', currencyCode: 'USD' } },
          ],
        },
      ],
    });
    expect(found.orderItems[0]).toMatchObject({
      tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }] },
    });
  });

  test('a unit price that times the quantity is not the line total', async () => {
    started.at('2026-03-05T00:00:00Z');
    const { order: found } = await started.json<{ order: OrderAnswer }>(`${SEARCH}/111-0000002-0000002`);
    expect(found.orderItems[0]?.product.price?.unitPrice.amount).toBe('16.67');
  });

  test('only the blocks that were asked for', async () => {
    started.at('2026-03-05T00:00:00Z');
    const bare = (await started.json<{ order: OrderAnswer }>(`${SEARCH}/111-0000002-0000002`)).order;
    for (const block of ['buyer', 'recipient', 'proceeds', 'fulfillment', 'packages'])
      expect(bare).not.toHaveProperty(block);
    for (const block of ['proceeds', 'fulfillment', 'promotion', 'tax'])
      expect(bare.orderItems[0]).not.toHaveProperty(block);
    const full = (
      await started.json<{ order: OrderAnswer }>(
        `${SEARCH}/111-0000002-0000002?includedData=BUYER,RECIPIENT&includedData=PROMOTION`,
      )
    ).order;
    expect(full).toMatchObject({
      buyer: { buyerName: 'Zoë Müller' },
      recipient: { deliveryAddress: { city: 'Boise' } },
      orderItems: [{ promotion: {} }],
    });
    expect(full.buyer).not.toHaveProperty('buyerEmail');
    expect((await started.get(`${SEARCH}/111-0000002-0000002?includedData=EVERYTHING`)).status).toBe(400);
  });

  test('replacements name their original, Multi-Channel orders their channel, merchant orders their packages', async () => {
    started.at('2026-03-08T00:00:00Z');
    const { orders } = await started.json<Page>(`${SEARCH}?createdAfter=2026-03-06T00:00:00Z&includedData=PACKAGES`);
    expect(
      orders.map(({ orderId, associatedOrders, salesChannel }) => [
        orderId,
        associatedOrders,
        salesChannel.channelName,
      ]),
    ).toEqual([
      [
        '111-0000004-0000004',
        [{ orderId: '111-0000001-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' }],
        'AMAZON',
      ],
      ['S01-0000005-0000005', undefined, 'NON_AMAZON'],
      ['111-0000006-0000006', undefined, 'AMAZON'],
    ]);
    expect(orders[2]).toMatchObject({
      packages: [{ packageReferenceId: '1', packageItems: [{ orderItemId: '1300077', quantity: 1 }] }],
    });
  });
});

describe('the search', () => {
  test.each([
    ['nothing', ''],
    ['both kinds of time', '?createdAfter=2026-03-01T00:00:00Z&lastUpdatedAfter=2026-03-01T00:00:00Z'],
    ['mixed pairs', '?createdAfter=2026-03-01T00:00:00Z&lastUpdatedBefore=2026-03-02T00:00:00Z'],
    ['an end one minute ago', '?lastUpdatedAfter=2026-03-01T00:00:00Z&lastUpdatedBefore=2026-03-02T10:29:00Z'],
    ['an end before its beginning', '?lastUpdatedAfter=2026-03-01T00:00:00Z&lastUpdatedBefore=2026-02-01T00:00:00Z'],
    ['no date', '?createdAfter=yesterday'],
    ['101 results a page', '?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=101'],
    ['an unknown status', '?createdAfter=2026-03-01T00:00:00Z&fulfillmentStatuses=Shipped'],
  ])('refuses %s with 400 InvalidInput', async (_, query) => {
    const response = await started.get(`${SEARCH}${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'InvalidInput' }] });
  });

  test('an end two minutes ago is allowed, and is the usual one', async () => {
    const given = await started.json<Page>(
      `${SEARCH}?lastUpdatedAfter=2026-03-01T00:00:00Z&lastUpdatedBefore=2026-03-02T10:28:00Z`,
    );
    const usual = await started.json<Page>(`${SEARCH}?lastUpdatedAfter=2026-03-01T00:00:00Z`);
    expect(given).toEqual(usual);
    expect(usual.lastUpdatedBefore).toBe('2026-03-02T10:28:00Z');
  });

  test('an order that changed a minute ago is not found yet', async () => {
    started.at('2026-03-02T12:01:00Z');
    const ids = async (): Promise<string[]> =>
      (await started.json<Page>(`${SEARCH}?lastUpdatedAfter=2026-03-02T11:30:00Z`)).orders.map(
        ({ orderId }) => orderId,
      );
    expect(await ids()).toEqual([]);
    started.at('2026-03-02T12:02:00Z');
    expect(await ids()).toEqual(['111-0000002-0000002']);
  });

  test('filters by status, who sends it and marketplace', async () => {
    started.at('2026-03-08T00:00:00Z');
    const ids = async (query: string): Promise<string[]> =>
      (await started.json<Page>(`${SEARCH}?createdAfter=2026-03-01T00:00:00Z&${query}`)).orders.map(
        ({ orderId }) => orderId,
      );
    expect(await ids('fulfillmentStatuses=SHIPPED')).toEqual(['111-0000001-0000001', '111-0000006-0000006']);
    expect(await ids('fulfilledBy=MERCHANT')).toEqual(['111-0000006-0000006']);
    expect(await ids('marketplaceIds=A2EUQ1WTGCTBG2')).toEqual([]);
  });

  test('has no pagination on its last page', async () => {
    started.at('2026-03-08T00:00:00Z');
    const first = await started.json<Page>(`${SEARCH}?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=4`);
    expect(first.orders).toHaveLength(4);
    const last = await started.json<Page>(
      `${SEARCH}?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=4&paginationToken=${first.pagination?.nextToken}`,
    );
    expect(last.orders.map(({ orderId }) => orderId)).toEqual(['S01-0000005-0000005', '111-0000006-0000006']);
    expect(last).not.toHaveProperty('pagination');
  });

  test('takes a token only with the same parameters, and for 24 hours', async () => {
    started.at('2026-03-08T00:00:00Z');
    const token = (await started.json<Page>(`${SEARCH}?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=1`))
      .pagination?.nextToken;
    expect((await started.get(`${SEARCH}?createdAfter=2026-03-02T00:00:00Z&paginationToken=${token}`)).status).toBe(
      400,
    );
    expect(
      (
        await started.get(
          `${SEARCH}?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=9&includedData=PROCEEDS&paginationToken=${token}`,
        )
      ).status,
    ).toBe(200);
    expect((await started.get(`${SEARCH}?createdAfter=2026-03-01T00:00:00Z&paginationToken=nonsense`)).status).toBe(
      400,
    );
    started.passReal(86_401);
    await started.renew();
    expect((await started.get(`${SEARCH}?createdAfter=2026-03-01T00:00:00Z&paginationToken=${token}`)).status).toBe(
      400,
    );
  });

  test('loses an order that changes while somebody pages, and finds it again from the returned bound on', async () => {
    const world = smallWorld({
      orders: [
        order('1', { history: [{ at: '2026-03-02T09:00:00Z', status: 'UNSHIPPED' }] }),
        order('2', {
          history: [
            { at: '2026-03-02T09:30:00Z', status: 'UNSHIPPED' },
            { at: '2026-03-02T10:31:00Z', status: 'SHIPPED' },
          ],
        }),
        order('3', { history: [{ at: '2026-03-02T09:40:00Z', status: 'UNSHIPPED' }] }),
      ],
    });
    const own = await startAt('2026-03-02T10:30:00Z', { world });
    const query = `${SEARCH}?lastUpdatedAfter=2026-03-02T00:00:00Z&maxResultsPerPage=1`;
    const first = await own.json<Page>(query);
    own.at('2026-03-02T10:40:00Z');
    const second = await own.json<Page>(`${query}&paginationToken=${first.pagination?.nextToken}`);
    expect([...first.orders, ...second.orders].map(({ orderId }) => orderId)).toEqual(['1', '3']);
    const next = await own.json<Page>(`${SEARCH}?lastUpdatedAfter=${second.lastUpdatedBefore}`);
    expect(next.orders.map(({ orderId }) => orderId)).toEqual(['2']);
    await own.simulator.close();
  });
});
