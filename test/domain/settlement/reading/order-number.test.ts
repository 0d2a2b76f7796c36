import { expect, test } from '@jest/globals';
import { OrderNumber } from '../../../../src/domain/settlement/reading/order-number.ts';

function numberOf(text: string): { high: number; low: number; text: string } | null {
  const number = new OrderNumber();
  return number.readText(text) ? { high: number.high, low: number.low, text: number.text } : null;
}

test("an order id of Amazon's shape is its digits, and comes back with its zeros", () => {
  expect(numberOf('113-1234567-8901234')).toEqual({ high: 113123456, low: 78901234, text: '113-1234567-8901234' });
  expect(numberOf('000-0000000-0000001')).toEqual({ high: 0, low: 1, text: '000-0000000-0000001' });
  expect(numberOf('999-9999999-9999999')).toEqual({ high: 999999999, low: 99999999, text: '999-9999999-9999999' });
});

test.each([
  '',
  '7',
  '113-1234567-890123',
  '113-1234567-89012345',
  'S01-1234567-8901234',
  '113 1234567-8901234',
  '113-1234567.8901234',
  '113-123456x-8901234',
  '113-1234567-890123\u0130',
])('%p is none', (text) => {
  expect(numberOf(text)).toBeNull();
});

test('it is read where it stands, and nothing beyond counts', () => {
  const bytes = new TextEncoder().encode('9113-1234567-89012345');
  const number = new OrderNumber();
  expect([number.read(bytes, 1, 20), number.text]).toEqual([true, '113-1234567-8901234']);
  expect([number.read(bytes, 0, 19), number.read(bytes, 2, 21), number.text]).toEqual([
    false,
    false,
    '113-1234567-8901234',
  ]);
});
