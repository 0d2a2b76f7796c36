/** Documents of a refund: worked cases. */
import { describe, expect, test } from '@jest/globals';
import type { RefundAmounts, RefundFact, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { planRefund } from '../../../src/domain/orders/refund.ts';
import type { BilledSale, ReturnedLine } from '../../../src/domain/orders/whole-units.ts';

const ORDER = '113-4000001-0000001';
const AT = '2026-10-17T15:00:00Z';
const shipped = (
  shipmentId: string,
  quantity: number,
  principal: bigint,
  item = '88001',
  sku = 'TILE',
): ShipmentFact => ({
  orderId: ORDER,
  shipmentId,
  shippedAt: '2026-10-07T15:00:00Z',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  items: [{ orderItemId: item, sku, quantity, amounts: { principal } }],
});
const refundOf = (...sets: [RefundAmounts, (string | null)?, string?][]): RefundFact => ({
  orderId: ORDER,
  postedAt: AT,
  transactionId: 'T1',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  items: sets.map(([amounts, orderItemId = null, sku = 'TILE']) => ({ orderItemId, sku, quantity: 1, amounts })),
});
const sold = (shipments: ShipmentFact[], returned: ReturnedLine[] = []): BilledSale => ({
  shipments,
  returned,
});
const plan = (refund: RefundFact, sale: BilledSale | null) => {
  const { lines, total, returnAuthorisation, creditMemo, invoice, takesBack } = planRefund(
    'us',
    refund,
    sale,
    'America/Los_Angeles',
  );
  return {
    lines: lines.map(({ tag, goods, quantity, amount }) => [tag, goods ? quantity : null, amount]),
    total,
    documents: [returnAuthorisation, creditMemo, invoice].flatMap((document) => document?.memo ?? []),
    takesBack,
  };
};
const KEY = `${ORDER}-20261017T150000`;

describe('units refunded in the same second', () => {
  const pans = sold([shipped('Pb', 2, 2000n, '87002', 'PAN')]);
  test.each([
    ['named by their order item', '87002'],
    ['named by their SKU alone', null],
  ])('are one return and one memo of their sum, %s', (_, item) => {
    expect(plan(refundOf([{ principal: -1000n }, item, 'PAN'], [{ principal: -1000n }, item, 'PAN']), pans)).toEqual({
      lines: [['87002 principal', 2, 2000n]],
      total: 2000n,
      documents: [`RA ${KEY} 1`, `CM ${KEY} 1`],
      takesBack: [],
    });
  });
  test('are whole by their sum though none is by itself, and by themselves though their sum is not', () => {
    expect(
      plan(refundOf([{ principal: -400n }, '87002', 'PAN'], [{ principal: -600n }, '87002', 'PAN']), pans).lines,
    ).toEqual([['87002 principal', 1, 1000n]]);
    expect(
      plan(refundOf([{ principal: -1000n }, '87002', 'PAN'], [{ principal: -250n }, '87002', 'PAN']), pans).lines,
    ).toEqual([
      ['87002 principal', 1, 1000n],
      ['87002 other', null, 250n],
    ]);
  });
  test('are not more than were sold', () => {
    expect(
      plan(
        refundOf(
          [{ principal: -1000n }, '87002', 'PAN'],
          [{ principal: -1000n }, '87002', 'PAN'],
          [{ principal: -1000n }, '87002', 'PAN'],
        ),
        pans,
      ).lines,
    ).toEqual([
      ['87002 principal', 2, 2000n],
      ['87002 other', null, 1000n],
    ]);
  });
});

describe('whole units of a line that does not divide', () => {
  const tiles = sold([shipped('Sa', 2, 667n), shipped('Sb', 1, 333n)]);
  test.each([
    [333n, 1],
    [334n, 1],
    [666n, 2],
    [667n, 2],
    [1000n, 3],
  ])('%s is what %i of three for 10.00 were billed', (amount, units) => {
    expect(plan(refundOf([{ principal: -amount }, '88001']), tiles).lines).toEqual([
      ['88001 principal', units, amount],
    ]);
  });
  test.each([332n, 335n, 668n, 999n, 1001n])('%s is what none of them were', (amount) => {
    expect(plan(refundOf([{ principal: -amount }, '88001']), tiles).lines).toEqual([['88001 other', null, amount]]);
  });
  test('nor is an amount between two prices of one line', () => {
    const dearer = sold([shipped('Sa', 1, 1000n), shipped('Sb', 1, 2000n)]);
    expect(plan(refundOf([{ principal: -1500n }, '88001']), dearer).documents).toEqual([`CM ${KEY} 1`]);
    expect(plan(refundOf([{ principal: -2000n }, '88001']), dearer).lines).toEqual([['88001 principal', 1, 2000n]]);
  });
  test('with points that Amazon takes back: 334 less 3 is a memo of 331', () => {
    expect(plan(refundOf([{ principal: -334n, points: 3n }, '88001']), sold([shipped('JPb', 3, 1000n)]))).toMatchObject(
      {
        lines: [
          ['88001 principal', 1, 334n],
          ['88001 points', null, -3n],
        ],
        total: 331n,
      },
    );
  });
});

describe('a refund that Amazon takes back', () => {
  const book = shipped('Nc', 1, 5000n, '90003', 'BOOK');
  const back: ReturnedLine = {
    authorisation: 'AMZ_us_RA_1',
    orderItemId: '90003',
    sku: 'BOOK',
    quantity: 1,
    amount: 5000n,
  };
  test('is an invoice of its own with the goods on the refund item, and closes the return of just that amount', () => {
    expect(plan(refundOf([{ principal: 5000n }, null, 'BOOK']), sold([book], [back]))).toEqual({
      lines: [['refund-1 other', null, -5000n]],
      total: -5000n,
      documents: [`INV ${KEY} 1`],
      takesBack: [{ authorisation: 'AMZ_us_RA_1', tag: '90003 principal' }],
    });
  });
  test('in part closes no return', () => {
    expect(plan(refundOf([{ principal: 2000n }, '90003', 'BOOK']), sold([book], [back]))).toMatchObject({
      documents: [`INV ${KEY} 1`],
      takesBack: [],
    });
  });
  test('beside a refund of more is a line of its memo', () => {
    const more = sold([book, shipped('Nd', 1, 9000n, '90004', 'LAMP')], [back]);
    expect(
      plan(refundOf([{ principal: 5000n }, '90003', 'BOOK'], [{ principal: -9000n }, '90004', 'LAMP']), more),
    ).toMatchObject({
      lines: [
        ['90003 other', null, -5000n],
        ['90004 principal', 1, 9000n],
      ],
      total: 4000n,
      documents: [`RA ${KEY} 1`, `CM ${KEY} 1`],
      takesBack: [{ authorisation: 'AMZ_us_RA_1', tag: '90003 principal' }],
    });
  });
});

describe('what is kept of a refund', () => {
  const lid = sold([shipped('Pc', 1, 3000n, '87003', 'LID')]);
  test.each([
    ['less than it', 600n, 2400n, [`RA ${KEY} 1`, `CM ${KEY} 1`]],
    [
      'all of it: a memo of nothing, since goods and fee are on accounts of their own',
      3000n,
      0n,
      [`RA ${KEY} 1`, `CM ${KEY} 1`],
    ],
    ['more than it: an invoice, as for one that is taken back', 3200n, -200n, [`INV ${KEY} 1`]],
  ])('is %s', (_, fee, total, documents) => {
    expect(plan(refundOf([{ principal: -3000n, other: fee }, '87003', 'LID']), lid)).toMatchObject({
      total,
      documents,
    });
  });
  test('a refund of nothing at all has no line', () => {
    expect(plan(refundOf([{ principal: 0n }, '87003', 'LID']), lid)).toMatchObject({ lines: [], total: 0n });
  });
});

describe('units of a sale whose prices hold a tax', () => {
  // Told at 48.00 a unit, billed at 40.00: two of them.
  const sale: BilledSale = { ...sold([shipped('Pb', 2, 8000n)]), told: [shipped('Pb', 2, 9600n)] };
  const units = (amounts: RefundAmounts, gross?: bigint) =>
    planRefund(
      'uk',
      {
        ...refundOf(),
        items: [
          { orderItemId: '88001', sku: 'TILE', quantity: 1, amounts, ...(gross ? { grossPrincipal: gross } : {}) },
        ],
      },
      sale,
      'Europe/London',
    ).lines.map(({ tag, goods, quantity, amount }) => [tag, goods ? quantity : null, amount]);

  test('are told net where Amazon tells the tax beside them, whoever owes it', () => {
    expect(units({ principal: -4000n })).toEqual([['88001 principal', 1, 4000n]]);
    expect(units({ principal: -4800n })).toEqual([['88001 other', null, 4800n]]);
  });
  test('are told with it where Amazon calculates none', () => {
    expect(units({ principal: -4000n }, -4800n)).toEqual([['88001 principal', 1, 4000n]]);
    expect(units({ principal: -3333n }, -4000n)).toEqual([['88001 other', null, 3333n]]);
  });
});
