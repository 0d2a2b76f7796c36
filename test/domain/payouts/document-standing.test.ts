import { describe, expect, test } from '@jest/globals';
import type { SalesPurpose } from '../../../src/domain/documents/document-kinds.ts';
import {
  differenceOf,
  isDecided,
  isRounding,
  isSettledExactly,
  leftToApply,
  varianceLines,
  type DocumentStanding,
} from '../../../src/domain/payouts/document-standing.ts';

const standing = (over: Partial<DocumentStanding>): DocumentStanding => ({
  total: 2600n,
  settled: 2600n,
  applied: 2600n,
  variance: 0n,
  left: null,
  ...over,
});

describe('a document between its amount, its settlement and its payments', () => {
  test('settled and applied for just its amount, nobody has to decide', () => {
    expect(isSettledExactly(standing({}))).toBe(true);
    expect(isDecided(standing({}))).toBe(true);
  });
  test('settled for less or for more, it differs until it is decided', () => {
    expect(differenceOf(standing({ settled: 2500n }))).toBe(-100n);
    expect(differenceOf(standing({ settled: 2750n }))).toBe(150n);
    expect(isDecided(standing({ settled: 2500n, applied: 2500n }))).toBe(false);
  });
  test.each([
    [2599n, 1, true],
    [2601n, 1, true],
    [2602n, 2, true],
    [2602n, 1, false],
    [2598n, 1, false],
    [2599n, 0, false],
    [2600n, 3, false],
  ])('settled for %i of 2600 with %i shares of the order, it is rounding alone: %s', (settled, shares, rounding) => {
    expect(isRounding(standing({ settled, applied: settled }), shares)).toBe(rounding);
  });
  test('on variance it counts as settled once payments hold all of it', () => {
    expect(isSettledExactly(standing({ settled: 2500n, variance: -100n }))).toBe(true);
    expect(isSettledExactly(standing({ settled: 2500n, variance: -100n, applied: 2500n }))).toBe(false);
  });
  test('settled exactly by a report that was issued again, with payments of the one before, it still waits for a person', () => {
    expect(isDecided(standing({ applied: 2500n }))).toBe(false);
  });
  test('left as it is, it is decided until the difference changes', () => {
    expect(isDecided(standing({ settled: 2500n, applied: 2500n, left: -100n }))).toBe(true);
    expect(isDecided(standing({ settled: 2400n, applied: 2400n, left: -100n }))).toBe(false);
    // The rest came with a later settlement.
    expect(isDecided(standing({ left: -100n }))).toBe(true);
  });
});

describe('what is still applied', () => {
  test('variance applies all that is open', () => {
    expect(leftToApply(standing({ settled: 2500n, applied: 2500n }), 2500n, 'variance')).toBe(100n);
    expect(leftToApply(standing({ settled: 2750n, applied: 2750n }), 0n, 'variance')).toBe(2600n);
  });
  test('a shortfall that is left stays open; of an excess the document takes what it is', () => {
    expect(leftToApply(standing({ settled: 2500n, applied: 2500n }), 2500n, 'leave')).toBe(0n);
    expect(leftToApply(standing({ settled: 2750n, applied: 2750n }), 0n, 'leave')).toBe(2600n);
  });
});

describe('the journal of a difference', () => {
  const sides = (purpose: SalesPurpose, difference: bigint) =>
    varianceLines(purpose, difference, 'memo').map(({ role, amount }) => [role, amount]);
  // Signed as in a report: positive is a credit.
  test('an invoice of 26.00 settled for 25.00: Dr variance 1.00, Cr clearing 1.00', () => {
    expect(sides('INV', -100n)).toEqual([
      ['clearing', 100n],
      ['variance', -100n],
    ]);
  });
  test('an invoice settled for 1.50 too much: Dr clearing, Cr variance', () => {
    expect(sides('INV', 150n)).toEqual([
      ['clearing', -150n],
      ['variance', 150n],
    ]);
  });
  test('a credit memo settled for 1.00 too little: Dr clearing, Cr variance', () => {
    expect(sides('CM', -100n)).toEqual([
      ['clearing', -100n],
      ['variance', 100n],
    ]);
  });
});
