import { expect, test } from '@jest/globals';
import { taxOfNobody, type LeftTax } from '../../../src/domain/tax/tax-of-nobody.ts';

const left = (orderId: string | null, jurisdiction: string, amount: bigint): LeftTax => ({
  orderId,
  jurisdiction,
  amount,
});

test('tax of nobody is told by country, with why no document has it', () => {
  expect(
    taxOfNobody(
      [left('404-1', 'FR', 1000n), left('404-2', 'FR', 250n), left('304-1', 'DE', -400n), left(null, 'IT', 7n)],
      ['DE'],
      'EUR',
    ),
  ).toEqual({
    what: 'tax that nobody withheld stands on sales-tax-payable: −4.00 EUR of DE, that no document carries (order 304-1); 12.50 EUR of FR, which is not among tax.registrations (order 404-1 and 1 more); 0.07 EUR of IT, which is not among tax.registrations (rows without an order)',
    words: ['404-1 FR 10.00', '404-2 FR 2.50', '304-1 DE -4.00', '(none named) IT 0.07'],
    amount: 857n,
  });
});

test('a sale and another one’s refund do not make up for each other', () => {
  expect(taxOfNobody([left('404-1', 'FR', 1000n), left('404-2', 'FR', -1000n)], ['GB'], 'EUR')).toMatchObject({
    words: ['404-1 FR 10.00', '404-2 FR -10.00'],
    amount: 0n,
  });
});

test('none is left where nothing stands there', () => {
  expect(taxOfNobody([], ['GB'], 'EUR')).toBeNull();
});
