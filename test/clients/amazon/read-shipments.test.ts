import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { DriftNotes } from '../../../src/clients/amazon/read-payload.ts';
import { readShipments } from '../../../src/clients/amazon/read-shipments.ts';

const HEADER = [
  'amazon-order-id',
  'shipment-id',
  'amazon-order-item-id',
  'shipment-date',
  'buyer-name',
  'sku',
  'product-name',
  'quantity-shipped',
  'currency',
  'item-price',
  'item-tax',
  'shipping-price',
  'shipping-tax',
  'gift-wrap-price',
  'gift-wrap-tax',
  'ship-country',
  'item-promotion-discount',
  'ship-promotion-discount',
  'sales-channel',
];
type Cells = Partial<Record<string, string>>;
const ROW: Cells = {
  'amazon-order-id': '113-1',
  'shipment-id': 'S1',
  'amazon-order-item-id': '11',
  'shipment-date': '2026-10-28T14:05:00-07:00',
  'buyer-name': 'Zoë "Z" Müller',
  sku: 'SKU-A',
  'product-name': 'Mug\u2028blue',
  'quantity-shipped': '1',
  currency: 'USD',
  'item-price': '40.00',
  'item-tax': '4.80',
  'shipping-price': '5.99',
  'shipping-tax': '0.60',
  'gift-wrap-tax': '0.00',
  'ship-country': 'us',
  'gift-wrap-price': '',
  'item-promotion-discount': '-5.00',
  'ship-promotion-discount': '5.99',
  'sales-channel': 'Amazon.com',
};
const file = (rows: Cells[], header = HEADER) =>
  [header.join('\t'), ...rows.map((row) => header.map((name) => ({ ...ROW, ...row })[name] ?? '').join('\t'))].join(
    '\r\n',
  );

async function read(text: string, chunk = 7) {
  const bytes = Buffer.from(text);
  const drift = new DriftNotes();
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  return { ...(await readShipments(Readable.from(chunks), drift)), drift: drift.all };
}

describe('the fulfilled-shipments report', () => {
  test('tells a place outside of the VAT area of its country by the postcode, and keeps nothing else of it', async () => {
    const header = [...new Set([...HEADER, 'ship-postal-code'])];
    const { shipments } = await read(file([{ 'ship-country': 'ES', 'ship-postal-code': ' 35001 ' }], header));
    expect(shipments[0]!.shipTo).toBe('IC');
    expect(JSON.stringify(shipments, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      '35001',
    );
  });

  test('gives line totals, promotions as one amount below zero, and the instant in UTC', async () => {
    const { shipments, drift } = await read(file([{}]));
    expect(drift).toEqual([]);
    expect(shipments).toEqual([
      {
        orderId: '113-1',
        shipmentId: 'S1',
        shippedAt: '2026-10-28T21:05:00Z',
        marketplaceName: 'Amazon.com',
        currency: 'USD',
        shipTo: 'US',
        items: [
          {
            orderItemId: '11',
            sku: 'SKU-A',
            quantity: 1,
            amounts: { principal: 4000n, shipping: 599n, promotion: -1099n },
            taxes: { principal: 480n, shipping: 60n },
          },
        ],
      },
    ]);
  });

  test('groups rows by order and shipment; without a shipment id by the instant', async () => {
    const { shipments } = await read(
      file([
        {},
        { 'amazon-order-item-id': '12', sku: 'SKU-B' },
        { 'shipment-id': 'S2' },
        { 'amazon-order-id': '113-2', 'shipment-id': '' },
        { 'amazon-order-id': '113-2', 'shipment-id': '', 'amazon-order-item-id': '13' },
        { 'amazon-order-id': '113-2', 'shipment-id': '', 'shipment-date': '2026-10-29T00:00:00Z' },
      ]),
    );
    expect(shipments.map(({ orderId, shipmentId, items }) => [orderId, shipmentId, items.length])).toEqual([
      ['113-1', 'S1', 2],
      ['113-1', 'S2', 1],
      ['113-2', null, 2],
      ['113-2', null, 1],
    ]);
  });

  test('is read by header name, quotes are characters, blank lines and a missing end are nothing', async () => {
    const turned = [...HEADER].reverse();
    expect((await read(`\uFEFF${file([{ sku: '"SKU' }], turned)}\r\n\r\n`)).shipments[0]!.items[0]!.sku).toBe('"SKU');
  });

  test('names a column that nobody knows', async () => {
    expect((await read(file([{}], [...HEADER, 'mood']))).drift).toEqual([
      { where: 'fulfilled shipments report', what: 'unknown column mood' },
    ]);
  });

  test.each([
    [
      'columns are missing',
      file(
        [],
        HEADER.filter((name) => name !== 'currency'),
      ),
      'columns are missing: currency',
    ],
    ['it is empty', '', 'the report is empty'],
  ])('is refused with its place when %s', async (_, text, what) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'bug', what: expect.stringContaining(what) });
  });

  test.each<[string, Cells, string, string]>([
    ['an amount', { 'item-price': '1,234.00' }, 'item-price', 'is not an amount in "USD"'],
    ['an instant without a zone', { 'shipment-date': '2026-10-28T14:05:00' }, 'shipment-date', 'is not an instant'],
    ['a quantity with decimals', { 'quantity-shipped': '1.0' }, 'quantity-shipped', 'is not a whole number'],
    ['no SKU', { sku: '' }, 'sku', 'is empty'],
  ])(
    'with a row that has %s leaves out its shipment as a whole and reads the others',
    async (_, cells, column, why) => {
      const { shipments, refused } = await read(
        file([{ 'amazon-order-item-id': '12' }, cells, { 'shipment-id': 'S2' }, { 'amazon-order-id': '113-2' }]),
      );
      expect(shipments.map(({ orderId, shipmentId }) => [orderId, shipmentId])).toEqual([
        ['113-1', 'S2'],
        ['113-2', 'S1'],
      ]);
      expect(refused).toMatchObject([
        { line: 3, column, text: cells[column], why, orderId: '113-1', shipmentId: 'S1' },
      ]);
    },
  );

  test('leaves out an order whose row does not say of which shipment it is, and a shipment whose row names no order', async () => {
    const { shipments, refused } = await read(
      file([
        { 'amazon-order-id': '', 'shipment-id': 'S1' },
        {},
        { 'amazon-order-id': '113-2', 'shipment-id': 'S2' },
        { 'amazon-order-id': '113-2', 'shipment-id': '', 'quantity-shipped': 'x' },
        { 'amazon-order-id': '113-3', 'shipment-id': 'S3' },
      ]),
    );
    expect(shipments.map(({ orderId }) => orderId)).toEqual(['113-3']);
    expect(refused.map(({ line, orderId, shipmentId }) => [line, orderId, shipmentId])).toEqual([
      [2, null, 'S1'],
      [5, '113-2', null],
    ]);
  });

  test('leaves out a row that breaks off: what it lacks is not zero; a file that does is refused', async () => {
    const cut = file([{}, { 'amazon-order-id': '113-2' }]).slice(0, -40);
    await expect(read(cut)).rejects.toMatchObject({ what: 'the file ends within the row of line 3: it is cut off' });
    const { shipments, refused } = await read(`${cut}\r\n`);
    expect(shipments.map(({ orderId }) => orderId)).toEqual(['113-1']);
    expect(refused).toMatchObject([{ line: 3, column: 'sales-channel', why: 'is missing: the row breaks off' }]);
  });

  test('holds no text that cannot be kept', async () => {
    const { shipments } = await read(file([{ sku: 'SKU\0A' }]));
    expect(shipments[0]!.items[0]!.sku).toBe('SKU\ufffdA');
  });
});
