import { describe, expect, test } from '@jest/globals';
import { openSetOffs, type SetOffSide } from '../../../src/domain/payouts/set-offs.ts';

const side = (settlementId: string, amount: bigint, day = '01'): SetOffSide => ({
  settlementId,
  currency: 'EUR',
  amount,
  at: `2026-07-${day}T08:00:00Z`,
});

describe('the sides of set-offs', () => {
  test('come to nothing together, whatever their parts', () => {
    expect(openSetOffs([side('1', -3900n), side('2', 3900n)])).toEqual([]);
    expect(openSetOffs([side('1', -3900n), side('2', 2000n), side('3', 1900n)])).toEqual([]);
    expect(openSetOffs([])).toEqual([]);
  });
  test('are open where the other is missing', () => {
    expect(openSetOffs([side('1', 3900n)])).toEqual([side('1', 3900n)]);
    // Two of one amount, one of which was answered: the younger waits.
    expect(openSetOffs([side('2', 3900n, '20'), side('3', -3900n, '21'), side('1', 3900n, '06')])).toEqual([
      side('2', 3900n, '20'),
    ]);
  });
});
