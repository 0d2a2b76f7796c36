/** The figures of the VAT report: by the worked example of tax.md, worked out by hand. */
import { describe, expect, test } from '@jest/globals';
import { sellerSums, ukBoxes, vatLines } from '../../../src/domain/tax/vat-lines.ts';
import { fact, INV_A, INV_B, itemTax, NOVEMBER, OCTOBER } from './worked-example.ts';

const GB = { jurisdiction: 'GB', collector: 'seller', currency: 'GBP' };

describe('the worked example', () => {
  test('October: 150.00 with 30.00 at 20 %, 50.00 at zero; boxes 1 and 6', () => {
    expect(vatLines(OCTOBER)).toEqual([
      { ...GB, case: 'taxed', rate: 2000n, type: 'invoice', count: 2, net: 15_000n, tax: 3_000n, gross: 18_000n },
      { ...GB, case: 'zero', rate: 0n, type: 'invoice', count: 1, net: 5_000n, tax: 0n, gross: 5_000n },
    ]);
    expect(ukBoxes(OCTOBER, null)).toEqual({ box1: 3_000n, box4: null, box6: 20_000n, box7: null });
  });

  test('November: the credit memo takes back 25.00 with 5.00', () => {
    expect(vatLines(NOVEMBER)).toEqual([
      { ...GB, case: 'taxed', rate: 2000n, type: 'credit memo', count: 1, net: -2_500n, tax: -500n, gross: -3_000n },
    ]);
    expect(ukBoxes(NOVEMBER, null)).toEqual({ box1: -500n, box4: null, box6: -2_500n, box7: null });
  });
});

describe('the lines', () => {
  test('tell apart who owes it, where, and why', () => {
    const lines = vatLines([
      fact(INV_A, itemTax(10_000n, 2_000n)),
      fact(INV_A, itemTax(1_000n, 50n, { rate: 500n })),
      fact(INV_A, itemTax(700n, 77n, { rate: null })),
      fact(INV_A, itemTax(8_403n, 1_597n, { collector: 'amazon', jurisdiction: 'DE', rate: 1900n }), {
        currency: 'EUR',
      }),
      fact(INV_B, itemTax(3_000n, 0n, { collector: 'nobody', jurisdiction: 'FR', rate: 0n }), { currency: 'EUR' }),
      fact(INV_B, itemTax(3_000n, 600n, { collector: 'nobody', jurisdiction: 'FR', rate: 2000n }), { currency: 'EUR' }),
    ]);
    expect(
      lines.map((line) => [line.currency, line.jurisdiction, line.collector, line.case, line.rate, line.net]),
    ).toEqual([
      ['EUR', 'DE', 'amazon', 'amazon', 1900n, 8_403n],
      ['EUR', 'FR', 'nobody', 'zero', null, 3_000n],
      ['EUR', 'FR', 'nobody', 'unclear', null, 3_000n],
      ['GBP', 'GB', 'seller', 'taxed', 2000n, 10_000n],
      ['GBP', 'GB', 'seller', 'taxed', 500n, 1_000n],
      ['GBP', 'GB', 'seller', 'unclear', null, 700n],
    ]);
  });

  test('count a document of several items of one rate once', () => {
    expect(vatLines([OCTOBER[0]!, OCTOBER[0]!, OCTOBER[1]!])[0]).toMatchObject({ count: 2, net: 25_000n });
  });
});

test('sums and boxes are of what the seller owes; boxes of a UK return are in pounds', () => {
  const facts = [
    ...OCTOBER,
    fact(INV_A, itemTax(900n, 180n, { collector: 'amazon' })),
    fact(INV_A, itemTax(1_000n, 200n), { currency: 'EUR' }),
  ];
  expect(sellerSums(facts)).toEqual([
    { jurisdiction: 'GB', currency: 'EUR', net: 1_000n, tax: 200n },
    { jurisdiction: 'GB', currency: 'GBP', net: 20_000n, tax: 3_000n },
  ]);
  expect(ukBoxes(facts, null)).toEqual({ box1: 3_000n, box4: null, box6: 20_000n, box7: null });
  expect(ukBoxes([], null)).toBeNull();
});
