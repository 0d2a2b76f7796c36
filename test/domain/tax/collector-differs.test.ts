/** Who owes the tax of a settled document, and how Amazon splits it, by hand from the design. */
import { describe, expect, test } from '@jest/globals';
import type { DocumentStanding } from '../../../src/domain/payouts/document-standing.ts';
import {
  collectorFound,
  lateTaxes,
  splitOf,
  taxStandingOf,
  type TaxStanding,
} from '../../../src/domain/tax/collector-differs.ts';

const standing = (total: bigint, settled: bigint): DocumentStanding => ({
  total,
  settled,
  applied: settled,
  variance: 0n,
  left: null,
});
const tax = (documented: bigint, settled: bigint, withheld = 0n): TaxStanding => ({
  documented,
  lines: documented === 0n ? 0 : 1,
  settled,
  withheld,
  items: new Map(),
});
/** Of two items, [documented, settled, withheld] each. */
const ofItems = (first: [bigint, bigint, bigint], second: [bigint, bigint, bigint]): TaxStanding => {
  const amounts = ([documented, settled, withheld]: [bigint, bigint, bigint]) => ({ documented, settled, withheld });
  const [one, two] = [amounts(first), amounts(second)];
  return {
    ...tax(one.documented + two.documented, one.settled + two.settled, one.withheld + two.withheld),
    items: new Map([
      ['1 tax', one],
      ['2 tax', two],
    ]),
  };
};

test('tax of a document is read as it shows it, whichever way its plan keeps it', () => {
  const row = (amountType: string, amountDescription: string, amount: bigint, orderItemId: string | null = '1') => ({
    orderItemId,
    amountType,
    amountDescription,
    amount,
  });
  const lines = (...amounts: bigint[]) => amounts.map((amount, at) => ({ tag: `${at + 1} tax`, amount }));
  const WITHHELD = 'MarketplaceFacilitatorVAT-Principal';
  const first = { documented: 2000n, settled: 0n, withheld: -2000n };
  const rows = [
    row('ItemPrice', 'Tax', 2000n),
    row('ItemWithheldTax', WITHHELD, -2000n),
    row('ItemPrice', 'Tax', 100n, '2'),
  ];
  const both = { documented: 2100n, lines: 2, settled: 100n, withheld: -2000n };
  expect(taxStandingOf({ purpose: 'INV', lines: lines(2000n, 100n), isRefund: false, rows })).toEqual({
    ...both,
    items: new Map([
      ['1 tax', first],
      ['2 tax', { documented: 100n, settled: 100n, withheld: 0n }],
    ]),
  });
  // One row that names no item, and none is told apart.
  const unnamed = rows.map((one, at) => (at === 2 ? { ...one, orderItemId: null } : one));
  expect(taxStandingOf({ purpose: 'INV', lines: lines(2000n, 100n), isRefund: false, rows: unnamed })).toEqual({
    ...both,
    items: new Map(),
  });
  // A refund, and one that Amazon takes back: its lines stay a credit.
  const back = { documented: 500n, settled: 500n, withheld: 0n };
  const refunded = { ...back, lines: 1, items: new Map([['1 tax', back]]) };
  expect(
    taxStandingOf({ purpose: 'CM', lines: lines(500n), isRefund: true, rows: [row('ItemPrice', 'Tax', -500n)] }),
  ).toEqual(refunded);
  expect(
    taxStandingOf({ purpose: 'INV', lines: lines(-500n), isRefund: true, rows: [row('ItemPrice', 'Tax', 500n)] }),
  ).toEqual(refunded);
});

describe('who owes the tax', () => {
  test('Amazon, where its rows withhold just what the document carries', () => {
    // 100.00 + 20.00 billed; rows 100.00 + 20.00 − 20.00.
    expect(collectorFound(standing(12000n, 10000n), tax(2000n, 0n, -2000n))).toEqual({
      owedBy: 'amazon',
      amount: 2000n,
      items: null,
    });
  });
  test('the seller, where rows bring tax that nobody withheld to a document without any', () => {
    expect(collectorFound(standing(10000n, 12000n), tax(0n, 2000n))).toEqual({
      owedBy: 'seller',
      amount: 2000n,
      items: null,
    });
  });
  test('Amazon, of the one item of which it withheld it', () => {
    // 10.00 + 2.00 and 30.00 + 6.00 billed; rows 12.00 − 2.00 and 36.00.
    expect(collectorFound(standing(4800n, 4600n), ofItems([200n, 0n, -200n], [600n, 600n, 0n]))).toEqual({
      owedBy: 'amazon',
      amount: 200n,
      items: ['1 tax'],
    });
  });
  test('the seller, of the one item of which the document has none', () => {
    // 10.00 and 30.00 + 6.00 billed; rows 12.00 − 2.00 and 36.00: nothing differs. Rows 12.00 and 36.00: the first's is his, too.
    expect(collectorFound(standing(4600n, 4600n), ofItems([0n, 0n, -200n], [600n, 600n, 0n]))).toBeNull();
    expect(collectorFound(standing(4600n, 4800n), ofItems([0n, 200n, 0n], [600n, 600n, 0n]))).toEqual({
      owedBy: 'seller',
      amount: 200n,
      items: ['1 tax'],
    });
    // The second's alone, on a document without any: what Amazon withheld of the first washes.
    expect(collectorFound(standing(4000n, 4600n), ofItems([0n, 0n, -200n], [0n, 600n, 0n]))).toEqual({
      owedBy: 'seller',
      amount: 600n,
      items: ['2 tax'],
    });
  });
  test.each<[string, bigint, [bigint, bigint, bigint], [bigint, bigint, bigint]]>([
    ['items that differ in both ways', 4200n, [200n, 0n, -200n], [0n, 600n, 0n]],
    ['an item of which only a part was withheld', 4700n, [200n, 100n, -100n], [600n, 600n, 0n]],
    ['an item that differs by a minor unit as well', 4601n, [200n, 0n, -200n], [600n, 601n, 0n]],
    ['a price that differs as well', 4500n, [200n, 0n, -200n], [600n, 600n, 0n]],
  ])('%s says nothing of it', (_, settled, first, second) => {
    expect(collectorFound(standing(4800n, settled), ofItems(first, second))).toBeNull();
  });
  test.each<[string, DocumentStanding, TaxStanding]>([
    ['settled for just its total', standing(12000n, 12000n), tax(2000n, 2000n)],
    ['a price that changed as well', standing(12000n, 9500n), tax(2000n, 0n, -2000n)],
    ['a part of the tax withheld', standing(12000n, 11000n), tax(2000n, 1000n, -1000n)],
    ['less by the tax, and no row that withholds it', standing(12000n, 10000n), tax(2000n, 0n)],
    ['more by something else than the tax', standing(10000n, 12500n), tax(0n, 2000n)],
    ['tax that was withheld in part', standing(10000n, 10500n), tax(0n, 500n, -1500n)],
    ['no tax anywhere', standing(10000n, 9000n), tax(0n, 0n)],
  ])('%s says nothing of it', (_, of, its) => {
    expect(collectorFound(of, its)).toBeNull();
  });
});

describe('net and tax of a document that is settled for its total', () => {
  test.each<[bigint, { amount: bigint; isRounding: boolean }]>([
    [2000n, { amount: 0n, isRounding: true }],
    [2001n, { amount: 1n, isRounding: true }],
    [1999n, { amount: -1n, isRounding: true }],
    [2002n, { amount: 2n, isRounding: false }],
    [0n, { amount: -2000n, isRounding: false }],
  ])('20.00 of tax in one line, settled as %s', (settled, split) => {
    expect(splitOf(standing(12000n, 12000n), tax(2000n, settled))).toEqual(split);
  });
  test('is not looked at while the total differs', () => {
    expect(splitOf(standing(12000n, 11000n), tax(2000n, 0n))).toEqual({ amount: 0n, isRounding: true });
  });
});

test('tax that the journal had before its document is taken from there, as far as it is there', () => {
  const late = (externalId: string, over: object = {}) =>
    ({
      externalId,
      orderId: '1',
      purpose: 'INV',
      standing: standing(12000n, 10000n),
      tax: tax(2000n, 0n),
      ...over,
    }) as const;
  const left = (amount: bigint) => new Map([['1', amount]]);
  expect(lateTaxes([late('A')], left(2000n))).toEqual(['A']);
  // Of two dispatches one has come; of three the tax of two is there.
  expect(lateTaxes([late('A')], left(4000n))).toEqual(['A']);
  expect(lateTaxes([late('A'), late('B'), late('C')], left(4000n))).toEqual(['A', 'B']);
  expect(lateTaxes([late('M', { purpose: 'CM' })], left(-2000n))).toEqual(['M']);
  const took = { orderId: '1', purpose: 'INV', amount: 2000n } as const;
  expect(lateTaxes([late('B')], left(4000n), [took])).toEqual(['B']);
  expect(lateTaxes([late('B')], left(2000n), [took])).toEqual([]);
  // It is not there, is another's, the difference is another one, or the document has rows of tax.
  expect(lateTaxes([late('A')], left(1999n))).toEqual([]);
  expect(lateTaxes([late('A')], left(-2000n))).toEqual([]);
  expect(lateTaxes([late('A', { orderId: '2' })], left(2000n))).toEqual([]);
  expect(lateTaxes([late('A', { standing: standing(12000n, 9999n) })], left(2000n))).toEqual([]);
  expect(lateTaxes([late('A', { tax: tax(2000n, 100n) })], left(2000n))).toEqual([]);
});
