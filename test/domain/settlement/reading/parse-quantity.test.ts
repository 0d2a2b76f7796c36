import { expect, test } from '@jest/globals';
import { parseQuantityBytes } from '../../../../src/domain/settlement/reading/parse-quantity.ts';

const quantity = (text: string) => {
  const bytes = new TextEncoder().encode(`\t${text}\t`);
  return parseQuantityBytes(bytes, 1, bytes.length - 1);
};

test.each([
  ['1', 1],
  ['12', 12],
  ['-3', -3],
  ['007', 7],
  ['999999999', 999_999_999],
  ['2.0', 2],
  ['2,00', 2],
  ['-4.000', -4],
])('the quantity %s is %d', (text, value) => {
  expect(quantity(text)).toBe(value);
});

test.each(['', '-', '+1', '1.5', '1.', '.0', '2.0.0', '1 2', 'two', '1234567890', '0000000001', '1e3', '--1', '٣'])(
  '"%s" is no quantity',
  (text) => {
    expect(quantity(text)).toBeNull();
  },
);
