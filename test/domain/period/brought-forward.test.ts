/** What was carried heads the next months' item until it is gone. */
import { describe, expect, test } from '@jest/globals';
import { broughtForward, type MonthBefore } from '../../../src/domain/period/brought-forward.ts';
import { figureOf, type CloseItem, type ItemState } from '../../../src/domain/period/close-item.ts';

const AT = '2026-11-04T00:00:00Z';
const deposits = (state: ItemState, difference: bigint): CloseItem => ({
  name: 'deposits',
  owner: 'finance',
  due: '2026-11-06',
  state,
  figures: [{ ...figureOf({ currency: 'USD', figure: 0n, difference, population: '', open: [] }), state }],
});
const carry = (amount: bigint, causes: string[], more: { currency?: string; why?: string } = {}) => ({
  item: 'deposits' as const,
  currency: 'USD',
  amount,
  by: 'maria',
  why: 'the bank looks for it',
  causes,
  at: AT,
  ...more,
});
const october = (state: ItemState, difference: bigint, carried = [carry(-2002n, ['S1'])]): MonthBefore => ({
  period: '2026-10',
  items: [deposits(state, difference)],
  carried,
});

describe('what a month carried', () => {
  test('heads the item after it with amount, reason and who, as long as it is not gone', () => {
    expect(broughtForward([october('carried', -2002n)])).toEqual([
      {
        period: '2026-10',
        item: 'deposits',
        currency: 'USD',
        amount: -2002n,
        now: -2002n,
        by: 'maria',
        why: 'the bank looks for it',
        at: AT,
      },
    ]);
    expect(broughtForward([october('ties', 0n)])).toEqual([]);
    expect(broughtForward([{ ...october('ties', 0n), items: [] }])).toEqual([]);
  });

  test('is not gone by differing otherwise: both amounts are told', () => {
    expect(broughtForward([october('open', -1500n)])).toMatchObject([{ amount: -2002n, now: -1500n }]);
    expect(broughtForward([october('waits', -2002n)])).toHaveLength(1);
  });

  test('counts as it was said last', () => {
    const twice = [carry(-2002n, ['S1'], { why: 'first' }), carry(-1500n, ['S1'], { why: 'second' })];
    expect(broughtForward([october('carried', -1500n, twice)])).toMatchObject([{ amount: -1500n, why: 'second' }]);
  });

  test('and what the next one carried on stands once, what it did not stands beside it', () => {
    const november = (causes: string[]): MonthBefore => ({
      period: '2026-11',
      items: [deposits('carried', -3000n)],
      carried: [carry(-3000n, causes)],
    });
    expect(broughtForward([october('carried', -2002n), november(['S1', 'S2'])]).map(({ period }) => period)).toEqual([
      '2026-11',
    ]);
    expect(broughtForward([october('carried', -2002n), november(['S2'])]).map(({ period }) => period)).toEqual([
      '2026-10',
      '2026-11',
    ]);
    // Once November's is gone, October's stands as its own again.
    const gone = { ...november(['S1', 'S2']), items: [deposits('ties', 0n)] };
    expect(broughtForward([october('carried', -2002n), gone]).map(({ period }) => period)).toEqual(['2026-10']);
  });

  test('of another currency is another figure', () => {
    const other = [carry(-2002n, ['S1'], { currency: 'EUR' })];
    expect(broughtForward([october('carried', -2002n, other)])).toEqual([]);
  });
});
