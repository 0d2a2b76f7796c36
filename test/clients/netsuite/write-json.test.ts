import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimal, writeJson } from '../../../src/clients/netsuite/write-json.ts';

describe('the JSON of a request', () => {
  test('writes amounts digit by digit', () => {
    expect(
      writeJson({
        line: {
          items: [
            { account: { id: '712' }, debit: decimal('12.30') },
            { account: { id: '118' }, credit: decimal('12345678901234567.89') },
          ],
        },
      }),
    ).toBe(
      '{"line":{"items":[{"account":{"id":"712"},"debit":12.30},{"account":{"id":"118"},"credit":12345678901234567.89}]}}',
    );
  });

  test('writes whole numbers, words, truth and nothing as JSON does', () => {
    expect(writeJson({ quantity: 3, memo: 'a "quoted" Ü\n', approved: true, line: null })).toBe(
      '{"quantity":3,"memo":"a \\"quoted\\" Ü\\n","approved":true,"line":null}',
    );
  });

  test.each([0.1 + 0.2, Number.NaN, Infinity, 2 ** 60])('refuses the JavaScript number %s', (number) => {
    expect(() => writeJson({ amount: number })).toThrow('not a whole number');
  });

  test.each(['12,30', '1e3', '', '.5', '007', '12.', '+1', '0x10'])('refuses "%s" as a decimal', (text) => {
    expect(() => decimal(text)).toThrow('not a plain decimal');
    expect(() => writeJson({ amount: { decimal: text } })).toThrow('not a plain decimal');
  });

  test('agrees with JSON.stringify on everything else', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((name) => name !== 'decimal' && name !== '__proto__'),
          tie('value'),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) =>
        expect(JSON.parse(writeJson(value as never))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });
});
