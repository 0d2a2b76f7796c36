import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MarketplaceTax, type TaxResidual } from '../../../src/domain/journal/marketplace-tax.ts';
import { SeenOrders, type SeenOrder } from '../../../src/domain/journal/seen-orders.ts';

interface TaxRow {
  orderId: string | null;
  amount: number;
  withheld: boolean;
}

function taxOf(rows: readonly TaxRow[]): MarketplaceTax {
  const tax = new MarketplaceTax();
  for (const { orderId, amount, withheld } of rows) tax.add(orderId, amount, withheld);
  return tax;
}

const row = (orderId: string | null, amount: number, withheld = false): TaxRow => ({ orderId, amount, withheld });
const byId = (orders: TaxResidual[]) => orders.sort((a, b) => (String(a.orderId) < String(b.orderId) ? -1 : 1));
const A = '113-1111111-2222222';
const B = '113-1111111-2222223';

describe('marketplace tax', () => {
  test('washes where an order comes to zero, and what is left stands by order', () => {
    const tax = taxOf([row(A, 280), row(A, -280, true), row(B, 100), row(null, 7)]);
    expect([tax.washes(A), tax.washes(B), tax.washes(null)]).toEqual([true, false, false]);
    expect(tax.residuals()).toEqual([
      { orderId: B, amount: 100n, rows: 1, withheldRow: false },
      { orderId: null, amount: 7n, rows: 1, withheldRow: false },
    ]);
    expect(tax.washedRows()).toBe(2);
  });

  test('an order that washed and is named again keeps its rows and what they said, and stands where it was opened again', () => {
    const tax = taxOf([row(A, 280), row(A, -280, true), row(B, 100), row(A, 50)]);
    expect(tax.residuals()).toEqual([
      { orderId: B, amount: 100n, rows: 1, withheldRow: false },
      { orderId: A, amount: 50n, rows: 3, withheldRow: true },
    ]);
  });

  test('is by order what a plain sum is, for orders in any order, of any shape and many rows', () => {
    const ids = fc.constantFrom(
      A,
      B,
      '999-9999999-9999999',
      '000-0000000-0000000',
      'S01-1234567-1234567',
      '113-1111111-222222x',
      '7',
      '',
      null,
    );
    const rows = fc.array(
      fc.record({ orderId: ids, amount: fc.constantFrom(1, -1, 2, -2, 0), withheld: fc.boolean() }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        const plain = new Map<string | null, TaxResidual>();
        for (const { orderId, amount, withheld } of list) {
          const order = plain.get(orderId) ?? { orderId, amount: 0n, rows: 0, withheldRow: false };
          plain.set(orderId, {
            orderId,
            amount: order.amount + BigInt(amount),
            rows: order.rows + 1,
            withheldRow: order.withheldRow || withheld,
          });
        }
        const left = [...plain.values()].filter(({ amount }) => amount !== 0n);
        const tax = taxOf(list);
        expect(byId(tax.residuals())).toEqual(byId(left));
        expect(tax.washedRows()).toBe(list.length - left.reduce((sum, order) => sum + order.rows, 0));
        for (const [orderId, { amount }] of plain) expect(tax.washes(orderId)).toBe(amount === 0n);
      }),
    );
  });
});

describe('orders that were seen', () => {
  const digits = (index: number) => ({ high: (index * 104_729) % 1_000_000_000, low: index % 100_000_000 });

  test('are each found again, also when their digits are close and the table has grown many times', () => {
    const seen = new SeenOrders();
    const order = (index: number): SeenOrder =>
      index % 16 === 0 ? 'open' : { rows: index % 16, withheldRow: index % 2 === 0 };
    for (let index = 0; index < 50_000; index += 1) seen.put(digits(index), order(index));
    const wrong = Array.from({ length: 50_000 }, (_, index) => index).filter(
      (index) => JSON.stringify(seen.get(digits(index))) !== JSON.stringify(order(index)),
    );
    expect(wrong).toEqual([]);
    expect(seen.get(digits(50_000))).toBeNull();
    expect(seen.get({ high: 0, low: 1 })).toBeNull();
  });

  test('are what was said of them last', () => {
    const seen = new SeenOrders();
    for (const order of [{ rows: 2, withheldRow: true }, 'open', { rows: 3, withheldRow: false }] as const) {
      expect(seen.put({ high: 999_999_999, low: 99_999_999 }, order)).toBe(true);
      expect(seen.get({ high: 999_999_999, low: 99_999_999 })).toEqual(order);
    }
  });

  test('are not those with more rows than an entry holds', () => {
    const seen = new SeenOrders();
    expect(seen.put(digits(1), { rows: 16, withheldRow: true })).toBe(false);
    expect(seen.get(digits(1))).toBeNull();
  });
});
