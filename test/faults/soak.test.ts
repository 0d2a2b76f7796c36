import { beforeAll, describe, expect, test } from '@jest/globals';
import { runSoak, type SoakResult } from './soak/run-soak.ts';

describe('sixty orders under thirty random faults', () => {
  let result: SoakResult;
  beforeAll(async () => {
    result = await runSoak({ orders: 60, faults: 30, seed: 8, say: () => {} });
  }, 900_000);

  test('every document is there, and none is there twice', () => {
    expect(result.twice).toEqual([]);
    expect(result.lost).toEqual([]);
  });
  test('balances, stock and payouts are those of a world without faults', () => {
    expect(result.differs).toEqual([]);
  });
  test('every fault struck', () => {
    expect(result.faults).toBe(30);
  });
});
