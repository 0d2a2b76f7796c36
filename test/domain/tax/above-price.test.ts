import { describe, expect, test } from '@jest/globals';
import { givesBackTooMuchTax, taxAbovePrice } from '../../../src/domain/tax/above-price.ts';

const item = (amounts: object, taxes?: object) => ({ orderItemId: '1', amounts, taxes });
const refunded = (amounts: object, tax?: bigint) => ({
  orderItemId: '1',
  sku: 'POT',
  quantity: 1,
  amounts,
  ...(tax === undefined ? {} : { tax }),
});

describe('tax above its price', () => {
  test('is found part by part, with what was told', () => {
    expect(taxAbovePrice([item({ principal: 1500n, shipping: 600n }, { principal: 200n, shipping: 2000n })])).toEqual({
      orderItemId: '1',
      price: 600n,
      tax: 2000n,
    });
    expect(taxAbovePrice([item({ principal: 1500n }, { principal: -1n })])).not.toBeNull();
    expect(taxAbovePrice([item({}, { principal: 1n })])).not.toBeNull();
  });
  test('is none where the price holds it, at whatever rate, and where none is told', () => {
    for (const [price, tax] of [
      [1500n, 1500n],
      [1500n, 0n],
      [0n, 0n],
      [-600n, -100n],
    ])
      expect(taxAbovePrice([item({ principal: price }, { principal: tax })])).toBeNull();
    expect(taxAbovePrice([item({ principal: 1500n })])).toBeNull();
    expect(taxAbovePrice([{ orderItemId: '1', amounts: null, taxes: { principal: 1n } }])).toBeNull();
  });
});

test('a refund may give back tax alone, and no more of it than price beside a price', () => {
  expect(givesBackTooMuchTax(refunded({ principal: -2500n }, -500n))).toBe(false);
  expect(givesBackTooMuchTax(refunded({}, -500n))).toBe(false);
  expect(givesBackTooMuchTax(refunded({ principal: 2500n }, 500n))).toBe(false);
  expect(givesBackTooMuchTax(refunded({ principal: -100n }, -500n))).toBe(true);
  expect(givesBackTooMuchTax(refunded({ principal: -2500n }, 500n))).toBe(true);
});
