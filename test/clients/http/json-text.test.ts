import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonNumbersAsText, plainDecimal } from '../../../src/clients/http/json-text.ts';

describe('JSON with numbers as text', () => {
  test('keeps every digit of an amount, zeros at the end included', () => {
    expect(parseJsonNumbersAsText('{"a": 12.30, "b": [-0.10, 90071992547409931.07]}')).toEqual({
      a: '12.30',
      b: ['-0.10', '90071992547409931.07'],
    });
  });

  test('leaves numbers inside strings alone, quotes and backslashes included', () => {
    expect(parseJsonNumbersAsText(String.raw`{"note": "he said \"1.50\" \\", "n": 2, "1": true}`)).toEqual({
      note: 'he said "1.50" \\',
      n: '2',
      1: true,
    });
  });

  test('refuses what is not JSON', () => {
    expect(() => parseJsonNumbersAsText('{"a": 1')).toThrow(SyntaxError);
    expect(() => parseJsonNumbersAsText('<html>502</html>')).toThrow(SyntaxError);
  });

  test.each([
    ['1.5E7', '15000000'],
    ['-1.25e-1', '-0.125'],
    ['1.234567E+7', '12345670'],
    ['5e0', '5'],
    ['1.0E-2', '0.01'],
    ['0.0E0', '0'],
    ['12.30', '12.30'],
  ])('writes %s out as %s', (token, plain) => expect(plainDecimal(token)).toBe(plain));

  test('strings survive whatever stands in them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (value) => {
        expect(parseJsonNumbersAsText(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
