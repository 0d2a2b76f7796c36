import { describe, expect, test } from '@jest/globals';
import { decimalOf, digitsOf, minorOf, sumOf } from '../../../src/simulators/amazon/decimal.ts';
import { JsonDecimal, writeJson } from '../../../src/simulators/amazon/json.ts';

describe("the simulator's own decimals", () => {
  test.each([
    ['12.34', 1234n],
    ['-0.05', -5n],
    ['7', 700n],
    ['.5', 50n],
    ['+1.10', 110n],
    ['0.00', 0n],
    ['90071992547409.93', 9007199254740993n],
    ['1.500', 150n],
  ])('reads %s as %s cents', (text, minor) => {
    expect(minorOf(text, 2)).toBe(minor);
  });

  test.each(['', '.', '1,20', '1.2.3', 'abc', '--1', '1.005'])('refuses "%s"', (text) => {
    expect(() => minorOf(text, 2)).toThrow();
  });

  test("writes the currency's digits, with a sign only below zero", () => {
    expect([
      decimalOf(5n, 2),
      decimalOf(-5n, 2),
      decimalOf(123456n, 2),
      decimalOf(0n, 2),
      decimalOf(-2480n, 0),
    ]).toEqual(['0.05', '-0.05', '1234.56', '0.00', '-2480']);
    expect([digitsOf('USD'), digitsOf('JPY')]).toEqual([2, 0]);
  });

  test('adds what a binary fraction cannot', () => {
    expect(sumOf(['0.10', '0.20', '-0.30', '0.07'], 'USD')).toBe('0.07');
  });
});

describe('JSON with exact numbers', () => {
  test('writes a decimal as a number with its own digits, and the rest as usual', () => {
    expect(writeJson({ a: new JsonDecimal('-12.30'), b: ['x"y', 1, true, null], c: undefined, d: { e: 'ü' } })).toBe(
      '{"a":-12.30,"b":["x\\"y",1,true,null],"d":{"e":"ü"}}',
    );
  });

  test('refuses what would not be a JSON number', () => {
    for (const text of ['1,5', '.5', '5.', 'NaN', '']) expect(() => new JsonDecimal(text)).toThrow();
  });
});
