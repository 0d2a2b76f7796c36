import type { AmazonWorld, WorldOrder, WorldOrderItem, WorldShipment } from '../../../src/simulators/amazon/world.ts';

/** A world small enough to be known by heart: amounts and instants here are what the tests expect. */

export const SETTLEMENT_TEXT = [
  'settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tamount-type\tamount-description\tamount\tposted-date-time',
  '70001\t2026-03-01 08:00:00 UTC\t2026-03-15 07:00:00 UTC\t2026-03-17 07:00:00 UTC\t24.00\tUSD',
  '70001\t\t\t\t\t\tOrder\t111-0000001-0000001\tItemPrice\tPrincipal\t30.00\t2026-03-03 10:00:00 UTC',
  '70001\t\t\t\t\t\tOrder\t111-0000001-0000001\tItemFees\tCommission\t-6.00\t2026-03-03 10:00:00 UTC',
  '',
].join('\n');

export function item(sku: string, over: Partial<WorldOrderItem> = {}): WorldOrderItem {
  return {
    orderItemId: `1${sku.length}000${sku.charCodeAt(0)}`,
    sku,
    asin: 'B000000001',
    title: `Thing ${sku}`,
    quantity: 1,
    principal: '30.00',
    shipping: '0.00',
    giftWrap: '0.00',
    promotion: '0.00',
    shippingPromotion: '0.00',
    tax: '0.00',
    shippingTax: '0.00',
    taxWithheld: false,
    ...over,
  };
}

export function order(orderId: string, over: Partial<WorldOrder> = {}): WorldOrder {
  return {
    orderId,
    marketplaceId: 'ATVPDKIKX0DER',
    marketplaceName: 'Amazon.com',
    channel: 'AMAZON',
    fulfilledBy: 'AMAZON',
    currency: 'USD',
    replaces: null,
    buyer: {
      name: 'Zoë Müller',
      email: 'zoe@buyers.example',
      address: { line1: '12 Elm Street', city: 'Boise', state: 'ID', postalCode: '83702', countryCode: 'US' },
    },
    items: [item('MUG')],
    history: [
      { at: '2026-03-02T10:00:00Z', status: 'PENDING' },
      { at: '2026-03-02T11:00:00Z', status: 'UNSHIPPED' },
      { at: '2026-03-03T10:00:00Z', status: 'SHIPPED' },
    ],
    ...over,
  };
}

export function shipment(
  orderId: string,
  shipmentId: string,
  shippedAt: string,
  over: Partial<WorldShipment['items'][number]> = {},
): WorldShipment {
  return {
    orderId,
    shipmentId,
    shippedAt,
    publishedAt: '2026-03-03T12:00:00Z',
    carrier: 'UPS',
    trackingNumber: 'TBA1',
    fulfillmentCenter: 'PDX9',
    items: [
      {
        shipmentItemId: 'SI1',
        orderItemId: '1300077',
        sku: 'MUG',
        quantity: 1,
        principal: '30.00',
        shipping: '0.00',
        giftWrap: '0.00',
        promotion: '0.00',
        shippingPromotion: '0.00',
        tax: '0.00',
        shippingTax: '0.00',
        ...over,
      },
    ],
  };
}

export function smallWorld(over: Partial<AmazonWorld> = {}): AmazonWorld {
  return {
    title: 'small',
    sellerId: 'A1SMALL',
    marketplaces: [{ id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD', countryCode: 'US' }],
    catalogue: [{ sku: 'MUG', asin: 'B000000001', title: 'Thing MUG', upc: null, unitCost: '9.00', inNetSuite: true }],
    orders: [
      order('111-0000001-0000001'),
      order('111-0000002-0000002', {
        items: [
          item('MUG', {
            quantity: 3,
            principal: '50.00',
            shipping: '5.99',
            giftWrap: '4.99',
            promotion: '-5.00',
            shippingPromotion: '-5.99',
            tax: '4.50',
            shippingTax: '0.10',
            taxWithheld: true,
          }),
        ],
        history: [{ at: '2026-03-02T12:00:00Z', status: 'UNSHIPPED' }],
      }),
      order('111-0000003-0000003', {
        history: [
          { at: '2026-03-02T13:00:00Z', status: 'PENDING' },
          { at: '2026-03-02T19:00:00Z', status: 'CANCELLED' },
        ],
      }),
      order('111-0000004-0000004', {
        replaces: '111-0000001-0000001',
        items: [item('MUG', { principal: '0.00' })],
        history: [{ at: '2026-03-06T10:00:00Z', status: 'UNSHIPPED' }],
      }),
      order('S01-0000005-0000005', {
        channel: 'NON_AMAZON',
        marketplaceName: 'Non-Amazon US',
        items: [item('MUG', { principal: '0.00' })],
        history: [{ at: '2026-03-06T11:00:00Z', status: 'UNSHIPPED' }],
      }),
      order('111-0000006-0000006', {
        fulfilledBy: 'MERCHANT',
        history: [
          { at: '2026-03-06T12:00:00Z', status: 'UNSHIPPED' },
          { at: '2026-03-07T12:00:00Z', status: 'SHIPPED' },
        ],
      }),
    ],
    shipments: [shipment('111-0000001-0000001', 'B7aaa', '2026-03-03T10:00:00Z')],
    refunds: [
      {
        orderId: '111-0000001-0000001',
        transactionId: 'R-1',
        postedAt: '2026-03-08T09:30:00Z',
        publishedAt: '2026-03-10T09:00:00Z',
        marketplaceId: 'ATVPDKIKX0DER',
        marketplaceName: 'Amazon.com',
        currency: 'USD',
        items: [
          {
            orderItemId: '1300077',
            sku: 'MUG',
            quantity: 1,
            principal: '-30.00',
            shipping: '0.00',
            giftWrap: '0.00',
            promotion: '2.50',
            goodwill: '0.00',
            restockingFee: '0.00',
            returnShipping: '0.00',
            tax: '-2.10',
            taxWithheld: '2.10',
            fees: [
              { type: 'Commission', amount: '4.50' },
              { type: 'RefundCommission', amount: '-0.90' },
            ],
          },
        ],
      },
    ],
    settlements: [
      {
        settlementId: '70001',
        reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
        publishedAt: '2026-03-15T07:25:00Z',
        start: '2026-03-01T08:00:00Z',
        end: '2026-03-15T07:00:00Z',
        depositDate: '2026-03-17T07:00:00Z',
        currency: 'USD',
        total: '24.00',
        bytes: new TextEncoder().encode(SETTLEMENT_TEXT),
        gzip: true,
        listedTwice: true,
        group: {
          id: 'GRP70001',
          traceId: '021000099887766',
          accountTail: '6017',
          beginningBalance: '-3.10',
          transfers: [
            { at: '2026-03-15T07:05:00Z', status: 'Processing' },
            { at: '2026-03-17T15:00:00Z', status: 'Successful' },
          ],
        },
      },
    ],
    bankLines: [
      {
        account: 'bank',
        date: '2026-03-17',
        publishedAt: '2026-03-17T15:00:00Z',
        amount: '24.00',
        currency: 'USD',
        description: 'AMAZON.COM MKTPL',
        transactionId: '021000099887766',
      },
      {
        account: 'bank',
        date: '2026-03-04',
        publishedAt: '2026-03-04T15:00:00Z',
        amount: '-18.20',
        currency: 'USD',
        description: 'KILN & CLAY, "Portland"',
        transactionId: 'X1',
      },
      {
        account: 'card',
        date: '2026-03-05',
        publishedAt: '2026-03-05T15:00:00Z',
        amount: '-7.00',
        currency: 'USD',
        description: 'FUEL',
        transactionId: 'C1',
      },
    ],
    ...over,
  };
}
