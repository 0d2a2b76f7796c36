import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SettlementParser } from '../../../src/domain/settlement/parse-settlement.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { fileText, parse, SUMMARY, V1_COLUMNS, V2_COLUMNS, v1Row, v2Row } from './settlement-file.ts';

const golden = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../golden/settlements/${name}`, import.meta.url)));

describe('a flat file V2', () => {
  test('gives its header from the summary row and its rows with every field', () => {
    const { header, list, rows, amounts, sum } = parse(golden('order-and-reserve-usd.txt'));
    expect(header).toEqual({
      settlementId: '26100000001',
      start: '2026-10-15T20:00:00Z',
      end: '2026-10-29T20:00:00Z',
      depositDate: '2026-10-31T20:00:00Z',
      total: 2002n,
      currency: 'USD',
      variant: 'V2',
      columns: 24,
    });
    expect({ rows, amounts, sum }).toEqual({ rows: 17, amounts: 17, sum: 2002n });
    expect(list[0]).toEqual({
      line: 3,
      ordinal: 0,
      transactionType: 'Order',
      amountType: 'ItemPrice',
      amountDescription: 'Principal',
      amount: 4000n,
      orderId: '113-1111111-2222222',
      merchantOrderId: '113-1111111-2222222',
      adjustmentId: null,
      shipmentId: 'Dk4pQ7mWx',
      marketplaceName: 'Amazon.com',
      fulfillmentId: 'AFN',
      postedAt: '2026-10-28T16:20:05Z',
      orderItemCode: '61200000000001',
      merchantAdjustmentItemId: null,
      sku: 'SKU-A',
      quantity: 1,
      promotionId: null,
    });
    expect(list[6]!.promotionId).toBe('Autumn sale, "5 off"');
  });

  test('is read with 23 columns in another order, decimal commas, dotted dates, CR LF and letters beyond ASCII', () => {
    const { header, list } = parse(golden('reserve-in-and-out-eur.txt'));
    expect(header).toMatchObject({ currency: 'EUR', total: 13180n, columns: 23, start: '2026-10-02T07:00:00Z' });
    expect(list.map((row) => row.amount)).toEqual([
      5000n,
      20000n,
      1600n,
      -1600n,
      -3000n,
      -1510n,
      -2000n,
      240n,
      -48n,
      -702n,
      1200n,
      -6000n,
    ]);
    expect(list[1]).toMatchObject({
      sku: 'TASSE-GRÜN',
      quantity: 4,
      postedAt: '2026-10-05T09:15:00Z',
      promotionId: null,
    });
  });

  test('of a Japanese account has no decimals and slashes in its dates', () => {
    const text = fileText(
      '1,480',
      [
        v2Row('1500', { 'posted-date-time': '2026/10/02 10:11:12 UTC' }),
        v2Row('-20', { 'posted-date-time': '2026/10/03 00:00:00 UTC' }),
      ],
      V2_COLUMNS,
      { currency: 'JPY' },
    );
    expect(parse(text).list.map(({ amount, postedAt }) => [amount, postedAt])).toEqual([
      [1500n, '2026-10-02T10:11:12Z'],
      [-20n, '2026-10-03T00:00:00Z'],
    ]);
  });

  test('takes the date where the instant is blank, if the date is one that can be read', () => {
    const { list } = parse(fileText('1.00', [v2Row('1.00', { 'posted-date-time': '', 'posted-date': '2026-10-02' })]));
    expect(list[0]!.postedAt).toBe('2026-10-02T00:00:00Z');
  });

  test('may repeat the currency on each row, leave out trailing empty fields, end in blanks and have blank lines', () => {
    const rows = [v2Row('1.50', { currency: 'USD' }), v2Row('-1.00    ')];
    const text = fileText('0.50', rows, V2_COLUMNS, { currency: 'USD' })
      .split('\n')
      .map((line, index) => (index === 0 ? line : line.replace(/\t+$/, '')))
      .join('\n');
    expect(parse(`\uFEFF${text}\n   \n\t\t\n`)).toMatchObject({ rows: 2, sum: 50n });
  });

  test('has no quoting: a quotation mark is a character like any other', () => {
    const { list } = parse(fileText('3.00', [v2Row('1.00', { sku: '"A' }), v2Row('2.00', { sku: 'B"' })]));
    expect(list.map((row) => row.sku)).toEqual(['"A', 'B"']);
  });

  test('may hold further columns, which are let be', () => {
    const { header, list } = parse(
      fileText(
        '1.00',
        [v2Row('1.00', { 'new-column': 'x', sku: 'S' })],
        [...V2_COLUMNS.slice(0, 3), 'new-column', ...V2_COLUMNS.slice(3)],
      ),
    );
    expect(header.columns).toBe(25);
    expect(list[0]).toMatchObject({ amount: 100n, sku: 'S' });
  });

  test('counts two equal rows as two: they are two units', () => {
    const row = v2Row('-5.00', { sku: 'S', 'order-id': '1' });
    expect(parse(fileText('-10.00', [row, row]))).toMatchObject({ rows: 2, sum: -1000n });
  });

  test('with a total of nothing and no rows is a settlement', () => {
    expect(parse(fileText('0.00', []))).toMatchObject({ rows: 0, sum: 0n });
  });

  test('without a line break at its end is whole when its last line has all fields', () => {
    expect(parse(fileText('1.00', [v2Row('1.00')]).trimEnd() + '\t'.repeat(6))).toMatchObject({ rows: 1 });
  });

  test('is read in the character set that the document names', () => {
    const bytes = Uint8Array.from(fileText('1.00', [v2Row('1.00', { sku: 'GR#N' })]), (character) =>
      character === '#' ? 0xdc : character.charCodeAt(0),
    );
    expect(parse(bytes, 7, 'windows-1252').list[0]!.sku).toBe('GRÜN');
  });

  test('reads the same in chunks of any size', () => {
    const file = golden('reserve-in-and-out-eur.txt');
    const whole = parse(file);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: file.length }), (size) => {
        expect(parse(file, size)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test('reads the same when its caller fills one buffer again and again', () => {
    const file = golden('order-and-reserve-usd.txt');
    const whole = parse(file);
    const buffer = Buffer.alloc(100);
    const list: SettlementRow[] = [];
    const parser = new SettlementParser({ onRow: (row) => list.push(row) });
    for (let at = 0; at < file.length; at += buffer.length) {
      const part = file.subarray(at, at + buffer.length);
      buffer.fill(120);
      buffer.set(part);
      parser.push(buffer.subarray(0, part.length));
    }
    expect(parser.finish().sum).toBe(2002n);
    expect(list).toEqual(whole.list);
  });

  test('adds what a plain reader adds, whatever the rows', () => {
    const cents = fc.integer({ min: -9_999_999, max: 9_999_999 });
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('.', ','),
        fc.integer({ min: 1, max: 300 }),
        (list, mark, chunk) => {
          const text = (minor: number) =>
            `${minor < 0 ? '-' : ''}${String(Math.floor(Math.abs(minor) / 100))}${mark}${String(Math.abs(minor) % 100).padStart(2, '0')}`;
          const total = list.reduce((sum, minor) => sum + minor, 0);
          const parsed = parse(
            fileText(
              text(total),
              list.map((minor) => v2Row(text(minor))),
            ),
            chunk,
          );
          expect(parsed.list.map((row) => row.amount)).toEqual(list.map(BigInt));
          expect(parsed.sum).toBe(BigInt(total));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a flat file V1', () => {
  test('becomes V2 keys, and the row of an item gives its quantity to the Principal', () => {
    const { header, rows, amounts, list } = parse(golden('negative-3-cad-v1.txt'));
    expect(header).toMatchObject({ variant: 'V1', columns: 36, total: 101608n, currency: 'CAD' });
    expect({ rows, amounts }).toEqual({ rows: 10, amounts: 9 });
    expect(
      list.map((row) => [row.transactionType, row.amountType, row.amountDescription, row.amount, row.quantity]),
    ).toEqual([
      ['other-transaction', 'other-transaction', 'Payable to Amazon', -6231n, null],
      ['other-transaction', 'other-transaction', 'Successful charge', 6231n, null],
      ['other-transaction', 'other-transaction', 'Micro Deposit', -1n, null],
      ['Order', 'ItemPrice', 'Principal', 152000n, 50],
      ['Order', 'ItemPrice', 'Shipping', 3000n, null],
      ['Order', 'ItemFees', 'Commission', -22800n, null],
      ['Order', 'ItemFees', 'FBAPerUnitFulfillmentFee', -25591n, null],
      ['Order', 'Promotion', 'Shipping', -3000n, null],
      ['Order', 'Promotion', 'Principal', -2000n, null],
    ]);
  });

  test('with 33 columns gives two amounts for a row of advertising with tax', () => {
    const { header, rows, amounts, list } = parse(golden('negative-1-cad-v1.txt'));
    expect(header.columns).toBe(33);
    expect({ rows, amounts }).toEqual({ rows: 3, amounts: 4 });
    expect(
      list
        .slice(2)
        .map((row) => [row.line, row.ordinal, row.transactionType, row.amountType, row.amountDescription, row.amount]),
    ).toEqual([
      [5, 0, 'ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount', -8929n],
      [5, 1, 'ServiceFee', 'Cost of Advertising', 'TaxAmount', -1071n],
    ]);
  });

  test.each([
    [
      'shipment fee',
      v1Row('Order', { 'shipment-fee-type': 'FBA transportation fee', 'shipment-fee-amount': '-1.00' }),
      ['Order', 'ShipmentFees', 'FBA transportation fee'],
    ],
    [
      'order fee',
      v1Row('Order', { 'order-fee-type': 'Some fee', 'order-fee-amount': '-1.00' }),
      ['Order', 'OrderFees', 'Some fee'],
    ],
    [
      'direct payment',
      v1Row('Order', { 'direct-payment-type': 'CollectOnDeliveryRevenue', 'direct-payment-amount': '-1.00' }),
      ['Order', 'DirectPayment', 'CollectOnDeliveryRevenue'],
    ],
    [
      'Easy Ship',
      v1Row('Amazon Easy Ship Charges', {
        'item-related-fee-type': 'Amazon Easy Ship Charges',
        'item-related-fee-amount': '-1.00',
      }),
      ['AmazonFees', 'Amazon Easy Ship Charges', 'Base fee'],
    ],
    [
      'SAFE-T',
      v1Row('SAFE-T Reimbursement', { 'price-type': 'SAFE-T Reimbursement', 'other-amount': '-1.00' }),
      ['SAFE-T Reimbursement', 'other-transaction', 'SAFE-T Reimbursement'],
    ],
    [
      'reversal',
      v1Row('Storage Fee - Reversal', { 'other-amount': '-1.00' }),
      ['other-transaction - Reversal', 'other-transaction', 'Storage Fee'],
    ],
    [
      'fee with a reason',
      v1Row('Vine', { 'other-fee-amount': '-1.00', 'other-fee-reason-description': 'Enrollment' }),
      ['Vine', 'other-transaction', 'Enrollment'],
    ],
    ['fee without a reason', v1Row('Vine', { 'other-fee-amount': '-1.00' }), ['Vine', 'other-transaction', 'Vine']],
    ['miscellaneous fee', v1Row('Odd', { 'misc-fee-amount': '-1.00' }), ['Odd', 'other-transaction', 'Odd']],
    [
      'reimbursement',
      v1Row('WAREHOUSE_DAMAGE', { 'other-amount': '-1.00' }),
      ['other-transaction', 'FBA Inventory Reimbursement', 'WAREHOUSE_DAMAGE'],
    ],
    [
      'claw-back',
      v1Row('MISSING_FROM_INBOUND_CLAWBACK', { 'other-amount': '-1.00' }),
      ['other-transaction', 'FBA Inventory Reimbursement', 'MISSING_FROM_INBOUND_CLAWBACK'],
    ],
    [
      'inbound carrier',
      v1Row('Inbound Transportation Fee', { 'other-amount': '-1.00' }),
      ['other-transaction', 'other-transaction', 'FBAInboundTransportationFee'],
    ],
  ])('names a %s as V2 does', (_, row, key) => {
    const { list } = parse(fileText('-1.00', [row], V1_COLUMNS));
    expect(list.map((found) => [found.transactionType, found.amountType, found.amountDescription])).toEqual([key]);
  });

  test('keeps the quantities of two items of one order apart', () => {
    const item = (code: string, cells: Record<string, string>) =>
      v1Row('Order', { 'order-id': '1', 'order-item-code': code, ...cells });
    const { list } = parse(
      fileText(
        '3.00',
        [
          item('a', { sku: 'A', 'quantity-purchased': '2' }),
          item('a', { 'price-type': 'Principal', 'price-amount': '1.00' }),
          item('b', { sku: 'B', 'quantity-purchased': '3' }),
          item('b', { 'price-type': 'Principal', 'price-amount': '2.00' }),
        ],
        V1_COLUMNS,
      ),
    );
    expect(list.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['A', 2],
      ['B', 3],
    ]);
  });

  test('does not lend a quantity to another order', () => {
    const { list } = parse(
      fileText(
        '1.00',
        [
          v1Row('Order', { 'order-id': '1', sku: 'A', 'quantity-purchased': '2' }),
          v1Row('Order', { 'order-id': '2', 'price-type': 'Principal', 'price-amount': '1.00' }),
        ],
        V1_COLUMNS,
      ),
    );
    expect(list[0]).toMatchObject({ sku: null, quantity: null });
  });
});

test('the header is handed over once, before the rows', () => {
  const { seen, header } = parse(fileText('1.00', [v2Row('1.00')]));
  expect(seen).toEqual([header]);
  expect(header.settlementId).toBe(SUMMARY['settlement-id']);
});
