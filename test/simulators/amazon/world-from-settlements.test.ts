import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { amount, v1Text, v2Text } from './settlement-texts.ts';
import type { Cells } from './settlement-texts.ts';

const summary = (over: Cells = {}): Cells => ({
  'settlement-id': '901',
  'settlement-start-date': '2026-06-01 07:00:00 UTC',
  'settlement-end-date': '2026-06-15 07:00:00 UTC',
  'deposit-date': '2026-06-17 07:00:00 UTC',
  'total-amount': '100.00',
  currency: 'USD',
  ...over,
});
const world = (rows: readonly Cells[], over: Cells = {}, options = {}) =>
  worldFromSettlements([{ name: 'a.txt', bytes: v2Text([summary(over), ...rows]) }], options);

describe('orders and shipments from a V2 report', () => {
  const rows = [
    amount('Order', '111-0000001-0000001', 'S1', '2026-06-03 10:00:00 UTC', 'MUG', 'ItemPrice', 'Principal', '40.00', {
      'quantity-purchased': '2',
    }),
    amount('Order', '111-0000001-0000001', 'S1', '2026-06-03 10:00:00 UTC', 'MUG', 'ItemPrice', 'Shipping', '5.99'),
    amount('Order', '111-0000001-0000001', 'S1', '2026-06-03 10:00:00 UTC', 'MUG', 'ItemPrice', 'Tax', '3.30'),
    amount(
      'Order',
      '111-0000001-0000001',
      'S1',
      '2026-06-03 10:00:00 UTC',
      'MUG',
      'ItemWithheldTax',
      'MarketplaceFacilitatorTax-Principal',
      '-3.30',
    ),
    amount('Order', '111-0000001-0000001', 'S1', '2026-06-03 10:00:00 UTC', 'MUG', 'Promotion', 'Shipping', '-5.99', {
      'promotion-id': 'Free, quick',
    }),
    amount('Order', '111-0000001-0000001', 'S1', '2026-06-03 10:00:00 UTC', 'MUG', 'ItemFees', 'Commission', '-6.00', {
      'quantity-purchased': '2',
    }),
    amount('Order', '111-0000001-0000001', 'S2', '2026-06-05 18:00:00 UTC', 'MUG', 'ItemPrice', 'Principal', '19.99', {
      'quantity-purchased': '1',
    }),
    amount('Order', '111-0000002-0000002', '', '2026-06-06 11:00:00 UTC', 'POT', 'ItemPrice', 'Principal', '30.00', {
      'fulfillment-id': 'MFN',
    }),
    amount('Order', 'S01-3', 'S3', '2026-06-07 11:00:00 UTC', 'POT', 'ItemPrice', 'Principal', '0.00', {
      'marketplace-name': 'Non-Amazon US',
      'quantity-purchased': '1',
    }),
    amount('Order', '111-0000004-0000004', 'S4', '2026-06-08 11:00:00 UTC', 'POT', 'ItemFees', 'Commission', '-0.50'),
  ];
  const { orders, shipments, marketplaces, catalogue, settlements } = world(rows);

  test('one order per order id with a sale row, line totals added over its shipments, the quantity from the Principal rows', () => {
    expect(orders.map(({ orderId }) => orderId)).toEqual(['111-0000001-0000001', '111-0000002-0000002', 'S01-3']);
    expect(orders[0]?.items).toEqual([
      expect.objectContaining({
        sku: 'MUG',
        quantity: 3,
        principal: '59.99',
        shipping: '5.99',
        promotion: '0.00',
        shippingPromotion: '-5.99',
        tax: '3.30',
        taxWithheld: true,
      }),
    ]);
  });

  test('one shipment per order and shipment id, published an hour after it was posted', () => {
    expect(
      shipments.map(({ orderId, shipmentId, shippedAt, publishedAt, items }) => [
        orderId,
        shipmentId,
        shippedAt,
        publishedAt,
        items[0]?.quantity,
        items[0]?.principal,
      ]),
    ).toEqual([
      ['111-0000001-0000001', 'S1', '2026-06-03T10:00:00Z', '2026-06-03T11:00:00Z', 2, '40.00'],
      ['111-0000001-0000001', 'S2', '2026-06-05T18:00:00Z', '2026-06-05T19:00:00Z', 1, '19.99'],
      ['S01-3', 'S3', '2026-06-07T11:00:00Z', '2026-06-07T12:00:00Z', 1, '0.00'],
    ]);
  });

  test('an order is made a day before it ships, and is partly shipped between its shipments', () => {
    expect(orders[0]?.history).toEqual([
      { at: '2026-06-02T10:00:00Z', status: 'UNSHIPPED' },
      { at: '2026-06-03T10:00:00Z', status: 'PARTIALLY_SHIPPED' },
      { at: '2026-06-05T18:00:00Z', status: 'SHIPPED' },
    ]);
  });

  test("MFN is the merchant's and in no shipment report; Non-Amazon and S01- are Multi-Channel", () => {
    expect(orders.map(({ fulfilledBy, channel, marketplaceName }) => [fulfilledBy, channel, marketplaceName])).toEqual([
      ['AMAZON', 'AMAZON', 'Amazon.com'],
      ['MERCHANT', 'AMAZON', 'Amazon.com'],
      ['AMAZON', 'NON_AMAZON', 'Non-Amazon US'],
    ]);
  });

  test('a unit costs 40 % of its lowest price; names come from the SKU, so the world is the same each time', () => {
    expect(catalogue.map(({ sku, unitCost, inNetSuite }) => [sku, unitCost, inNetSuite])).toEqual([
      ['MUG', '8.00', true],
      ['POT', '12.00', true],
    ]);
    expect(world(rows)).toEqual(world(rows));
    expect(marketplaces).toEqual([{ id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD', countryCode: 'US' }]);
  });

  test('the report is served as given, 25 minutes after its end, and its group pays on the deposit date', () => {
    expect(settlements).toEqual([
      expect.objectContaining({
        settlementId: '901',
        publishedAt: '2026-06-15T07:25:00Z',
        total: '100.00',
        bytes: v2Text([summary(), ...rows]),
        gzip: false,
        group: expect.objectContaining({
          traceId: expect.stringMatching(/^\d{15}$/),
          transfers: [
            { at: '2026-06-15T07:00:00Z', status: 'Processing' },
            { at: '2026-06-17T07:00:00Z', status: 'Successful' },
          ],
        }),
      }),
    ]);
    const packed = worldFromSettlements([{ name: 'a.gz', bytes: gzipSync(v2Text([summary(), ...rows])) }]);
    expect(packed.settlements[0]).toMatchObject({ gzip: true });
    expect(Buffer.from(packed.settlements[0]?.bytes ?? []).equals(Buffer.from(v2Text([summary(), ...rows])))).toBe(
      true,
    );
  });
});

test('a report in UTF-16 with its mark, or with CR line ends, makes the same world as the plain one', () => {
  const text = new TextDecoder().decode(
    v2Text([
      summary(),
      amount('Order', '111-1', 'S1', '2026-06-03 10:00:00 UTC', 'GRÜN', 'ItemPrice', 'Principal', '100.00', {
        'quantity-purchased': '1',
      }),
    ]),
  );
  const worldOf = (bytes: Uint8Array) => ({ ...worldFromSettlements([{ name: 'a.txt', bytes }]), settlements: [] });
  const plain = worldOf(new TextEncoder().encode(text));
  expect(plain.orders).toHaveLength(1);
  const utf16 = () => Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const bytes of [
    utf16(),
    utf16().swap16(),
    Buffer.from(text.replace(/\r?\n/g, '\r')),
    Buffer.from(`\ufeff${text}`.replace(/\r?\n/g, '\r'), 'utf16le'),
  ])
    expect(worldOf(bytes)).toEqual(plain);
});

test('an amount that comes later for a shipment, in another file too, brings no unit and no shipment', () => {
  const file = (id: string, rows: readonly Cells[]) => ({
    name: id,
    bytes: v2Text([summary({ 'settlement-id': id }), ...rows]),
  });
  const { orders, shipments } = worldFromSettlements([
    file('901', [
      amount(
        'Order',
        '111-0000001-0000001',
        'S1',
        '2026-06-03 10:00:00 UTC',
        'MUG',
        'ItemPrice',
        'Principal',
        '40.00',
        { 'quantity-purchased': '2' },
      ),
    ]),
    file('902', [
      amount('Order', '111-0000001-0000001', 'S1', '2026-06-20 10:00:00 UTC', 'MUG', 'ItemPrice', 'Shipping', '2.00'),
      amount('Order', '111-0000001-0000001', '', '2026-06-21 10:00:00 UTC', 'MUG', 'ItemPrice', 'Shipping', '3.00'),
    ]),
  ]);
  expect(orders[0]).toMatchObject({
    items: [{ quantity: 2, principal: '40.00', shipping: '5.00' }],
    history: [{ status: 'UNSHIPPED' }, { at: '2026-06-03T10:00:00Z', status: 'SHIPPED' }],
  });
  expect(shipments).toEqual([
    expect.objectContaining({
      shipmentId: 'S1',
      items: [expect.objectContaining({ quantity: 2, principal: '40.00', shipping: '5.00' })],
    }),
  ]);
});

describe('refunds', () => {
  test('one per order and instant, of orders that no file knows too; claims look like refunds', () => {
    const { refunds, orders } = world([
      amount(
        'Refund',
        '111-0000009-0000009',
        '',
        '2026-06-04 12:00:00 UTC',
        'MUG',
        'ItemPrice',
        'Principal',
        '-20.00',
        { 'merchant-adjustment-item-id': 'A1' },
      ),
      amount(
        'Refund',
        '111-0000009-0000009',
        '',
        '2026-06-04 12:00:00 UTC',
        'MUG',
        'ItemFees',
        'RefundCommission',
        '-0.60',
        { 'merchant-adjustment-item-id': 'A1' },
      ),
      amount('Refund', '111-0000009-0000009', '', '2026-06-05 12:00:00 UTC', 'MUG', 'ItemPrice', 'Goodwill', '-2.00'),
      amount(
        'A-to-z Guarantee Refund',
        '111-0000008-0000008',
        '',
        '2026-06-06 12:00:00 UTC',
        'POT',
        'ItemPrice',
        'Principal',
        '-30.00',
      ),
      amount(
        'Order_Retrocharge',
        '111-0000007-0000007',
        '',
        '2026-06-06 12:00:00 UTC',
        'POT',
        'ItemPrice',
        'Tax',
        '1.00',
      ),
    ]);
    expect(orders).toEqual([]);
    expect(
      refunds.map(({ orderId, postedAt, publishedAt, items }) => [
        orderId,
        postedAt,
        publishedAt,
        items[0]?.principal,
        items[0]?.goodwill,
        items[0]?.fees,
      ]),
    ).toEqual([
      [
        '111-0000009-0000009',
        '2026-06-04T12:00:00Z',
        '2026-06-04T13:00:00Z',
        '-20.00',
        '0.00',
        [{ type: 'RefundCommission', amount: '-0.60' }],
      ],
      ['111-0000009-0000009', '2026-06-05T12:00:00Z', '2026-06-05T13:00:00Z', '0.00', '-2.00', []],
      ['111-0000008-0000008', '2026-06-06T12:00:00Z', '2026-06-06T13:00:00Z', '-30.00', '0.00', []],
    ]);
  });
});

describe('the ways of writing numbers and dates', () => {
  test('decimal commas and dotted dates of a euro file', () => {
    const { orders, settlements, bankLines } = world(
      [
        amount('Order', '305-1', 'S1', '03.06.2026 10:00:00 UTC', 'MUG', 'ItemPrice', 'Principal', '1.141,18', {
          'marketplace-name': 'Amazon.de',
        }),
      ],
      {
        'settlement-start-date': '01.06.2026 07:00:00 UTC',
        'settlement-end-date': '14.06.2026 22:30:00 UTC',
        'deposit-date': '16.06.2026 22:30:00 UTC',
        'total-amount': '1141,18',
        currency: 'EUR',
      },
    );
    expect(settlements[0]).toMatchObject({ total: '1141.18', start: '2026-06-01T07:00:00Z' });
    expect(orders[0]).toMatchObject({
      marketplaceId: 'A1PA6795UKMFR9',
      currency: 'EUR',
      items: [{ principal: '1141.18' }],
    });
    // 22:30 UTC is half past midnight in Berlin.
    expect(bankLines.map(({ date }) => date)).toEqual(['2026-06-17']);
  });

  test('yen without decimals and slashed dates', () => {
    const { orders } = world(
      [
        amount('Order', '250-1', 'S1', '2026/06/03 10:00:00 UTC', 'MUG', 'ItemPrice', 'Principal', '2480', {
          'marketplace-name': 'Amazon.co.jp',
        }),
        amount('Order', '250-1', 'S1', '2026/06/03 10:00:00 UTC', 'MUG', 'Points', 'PointsGranted', '-25', {
          'marketplace-name': 'Amazon.co.jp',
        }),
      ],
      {
        'settlement-start-date': '2026/06/01 07:00:00 UTC',
        'settlement-end-date': '2026/06/15 07:00:00 UTC',
        'deposit-date': '2026/06/17 07:00:00 UTC',
        'total-amount': '2455',
        currency: 'JPY',
      },
    );
    expect(orders[0]?.items[0]).toMatchObject({ principal: '2480', points: '-25' });
  });

  test("refuses what is no settlement report, with the file's name", () => {
    expect(() =>
      worldFromSettlements([{ name: 'orders.txt', bytes: new TextEncoder().encode('amazon-order-id\tsku\n1\tMUG\n') }]),
    ).toThrow('orders.txt is not a settlement report');
  });
});

describe('V1 reports, and the bank', () => {
  const v1Summary = (id: string, start: string, end: string, total: string): Cells => ({
    'settlement-id': id,
    'settlement-start-date': `${start}+00:00`,
    'settlement-end-date': `${end}+00:00`,
    'deposit-date': `${end.replace('-15T', '-17T').replace('-29T', '-31T')}+00:00`,
    'total-amount': total,
    currency: 'CAD',
  });
  const other = (type: string, at: string, value: string): Cells => ({
    'transaction-type': type,
    'posted-date': `${at}+00:00`,
    'other-amount': `${value}    `,
  });
  const sale = (over: Cells): Cells => ({
    'transaction-type': 'Order',
    'order-id': '701-1',
    'shipment-id': 'B1',
    'marketplace-name': 'Amazon.ca',
    'fulfillment-id': 'AFN',
    'posted-date': '2026-05-03T06:30:00+00:00',
    'order-item-code': '55',
    sku: 'MUG',
    ...over,
  });
  const first = v1Text([
    v1Summary('801', '2026-05-01T07:00:00', '2026-05-15T07:00:00', '45.71'),
    sale({ 'quantity-purchased': '3' }),
    sale({ 'price-type': 'Principal', 'price-amount': '60.00' }),
    sale({ 'item-related-fee-type': 'Commission', 'item-related-fee-amount': '-9.00' }),
    {
      'transaction-type': 'ServiceFee',
      'posted-date': '2026-05-04T08:00:00+00:00',
      'item-related-fee-type': 'Cost of Advertising',
      'item-related-fee-amount': '-5.00',
      'other-fee-amount': '-0.30',
      'other-fee-reason-description': 'TaxAmount',
    },
    other('Successful charge', '2026-05-01T06:20:00', '12.34'),
    other('Payable to Amazon', '2026-05-01T05:00:00', '-12.34'),
    other('Micro Deposit', '2026-05-02T03:00:00', '-0.01'),
  ]);
  const second = v1Text([
    v1Summary('802', '2026-05-15T07:00:00', '2026-05-29T07:00:00', '45.71'),
    other(
      'Transfer of funds unsuccessful: Amazon has cancelled your transfer of funds.',
      '2026-05-18T07:00:00',
      '45.71',
    ),
  ]);

  test('the quantity stands on a row of its own, and the old report type is kept', () => {
    const { orders, settlements } = worldFromSettlements([{ name: 'v1.txt', bytes: first }]);
    expect(orders[0]).toMatchObject({ marketplaceId: 'A2EUQ1WTGCTBG2', items: [{ quantity: 3, principal: '60.00' }] });
    expect(settlements[0]).toMatchObject({
      reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE',
      group: { beginningBalance: '-12.34' },
    });
  });

  test("payouts and micro deposits reach the bank, charges the card, dated in the marketplace's time zone", () => {
    const { bankLines } = worldFromSettlements([{ name: 'v1.txt', bytes: first }]);
    expect(bankLines.map(({ account, date, amount: value, currency }) => [account, date, value, currency])).toEqual([
      ['bank', '2026-05-17', '45.71', 'CAD'],
      ['card', '2026-04-30', '-12.34', 'CAD'],
      ['bank', '2026-05-01', '0.01', 'CAD'],
    ]);
  });

  test('a payout that a later file returns never reached the bank, and its transfer failed', () => {
    const { bankLines, settlements } = worldFromSettlements([
      { name: 'b.txt', bytes: second },
      { name: 'a.txt', bytes: first },
    ]);
    expect(
      bankLines.filter(({ account, amount: value }) => account === 'bank' && value === '45.71').map(({ date }) => date),
    ).toEqual(['2026-05-31']);
    expect(settlements.map(({ settlementId, group }) => [settlementId, group.transfers.at(-1)?.status])).toEqual([
      ['801', 'Failed'],
      ['802', 'Successful'],
    ]);
  });

  test('an account with a statement of its own gets no invented lines', () => {
    const accounts = (options: object): string[] =>
      worldFromSettlements([{ name: 'a.txt', bytes: first }], options).bankLines.map(({ account }) => account);
    expect(accounts({ bank: new Uint8Array() })).toEqual(['card']);
    expect(accounts({ card: new Uint8Array() })).toEqual(['bank', 'bank']);
  });

  test('a total below zero pays nothing: no line, no trace, an unknown transfer', () => {
    const { bankLines, settlements } = world([], { 'total-amount': '-29.99' });
    expect(bankLines).toEqual([]);
    expect(settlements[0]?.group).toMatchObject({
      traceId: null,
      accountTail: null,
      transfers: [{ status: 'Unknown' }],
    });
  });

  test('the same settlement given twice counts once', () => {
    const twice = worldFromSettlements([
      { name: 'a.txt', bytes: first },
      { name: 'again.txt', bytes: first },
    ]);
    expect(twice.settlements).toHaveLength(1);
    expect(twice.bankLines).toHaveLength(3);
  });
});
