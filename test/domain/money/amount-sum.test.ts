import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AmountSum, type Minor } from '../../../src/domain/money/amount-sum.ts';

const LARGEST = 999_999_999_999_999;
const minor = fc.oneof<fc.Arbitrary<Minor>[]>(
  fc.integer({ min: -LARGEST, max: LARGEST }),
  fc.constantFrom(LARGEST, -LARGEST, 0, -0, 2 ** 30),
  fc.bigInt(),
);

test('a sum is exact, whatever is added in whatever order', () => {
  fc.assert(
    fc.property(fc.array(minor, { maxLength: 60 }), (amounts) => {
      const sum = new AmountSum();
      let exact = 0n;
      for (const amount of amounts) {
        sum.add(amount);
        exact += BigInt(amount);
        expect(sum.isZero).toBe(exact === 0n);
      }
      expect(sum.total).toBe(exact);
      expect(sum.total).toBe(exact);
    }),
  );
});

test('a sum does not round where ten large amounts pass the exact range of a number', () => {
  const sum = new AmountSum();
  for (let count = 0; count < 9; count += 1) sum.add(LARGEST - 1);
  sum.add(LARGEST);
  expect(sum.total).toBe(9_999_999_999_999_981n);
});

test('twenty thousand of the largest amounts leave the exact range of a number, and the sum does not', () => {
  const sum = new AmountSum();
  for (let count = 0; count < 20_000; count += 1) sum.add(LARGEST);
  expect(sum.total).toBe(19_999_999_999_999_980_000n);
});
