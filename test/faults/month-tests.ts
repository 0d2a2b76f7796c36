import { expect, test } from '@jest/globals';
import { EXPECTED, type MonthResult } from './small-month.ts';

/** The tests of every trouble: NetSuite holds what it holds without one, and nothing is left to a person. */
export function leavesTheMonthAsItMustBe(result: () => MonthResult): void {
  test('left every document there once, and every unit where it belongs', () => {
    expect(result().transactions).toMatchObject(EXPECTED.transactions);
    expect(result().stock).toEqual(EXPECTED.stock);
    expect(result().duplicates).toEqual([]);
  });
  test('left the balances that were worked out by hand, and payouts that tie', () => {
    expect(result().balances).toMatchObject(EXPECTED.balances);
    expect(result().openExceptions).toEqual([]);
    expect(result().tied).toEqual([true, true]);
  });
}
