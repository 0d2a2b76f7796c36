import { describe, expect, test } from '@jest/globals';
import { afterRefusal, allowedSlots } from '../../../src/store/limits/slot-allowance.ts';

const policy = { burstMs: 1000, quietMs: 10_000 };

describe('slots that may be used', () => {
  test('are all of them where NetSuite has never refused a call', () => {
    expect(allowedSlots(null, 5, policy)).toBe(5);
  });

  test.each([
    ['at once', 0, 2],
    ['just before a quiet stretch is over', 9_999, 2],
    ['after one quiet stretch', 10_000, 3],
    ['after two', 29_999, 4],
    ['after three', 30_000, 5],
    ['a day later', 86_400_000, 5],
  ])('grow by one for each quiet stretch: %s', (_when, sinceRefusedMs, allowed) => {
    expect(allowedSlots({ allowed: 2, sinceHalvedMs: sinceRefusedMs, sinceRefusedMs }, 5, policy)).toBe(allowed);
  });

  test('are never more than a connection may have, whatever another of the same account may', () => {
    expect(allowedSlots({ allowed: 7, sinceHalvedMs: 0, sinceRefusedMs: 0 }, 3, policy)).toBe(3);
  });
});

describe('a refusal', () => {
  test.each([
    [20, 10],
    [5, 2],
    [3, 1],
    [2, 1],
    [1, 1],
  ])('halves %i slots to %i', (size, allowed) => {
    expect(afterRefusal(null, size, policy)).toEqual({ allowed, halved: true });
  });

  test('of the same burst halves nothing more', () => {
    expect(afterRefusal({ allowed: 2, sinceHalvedMs: 999, sinceRefusedMs: 3 }, 5, policy)).toEqual({
      allowed: 2,
      halved: false,
    });
  });

  test('after the burst halves again, though refusals never ceased', () => {
    expect(afterRefusal({ allowed: 2, sinceHalvedMs: 1000, sinceRefusedMs: 3 }, 5, policy)).toEqual({
      allowed: 1,
      halved: true,
    });
  });

  test('halves what has grown since the last one', () => {
    expect(afterRefusal({ allowed: 2, sinceHalvedMs: 25_000, sinceRefusedMs: 20_000 }, 5, policy)).toEqual({
      allowed: 2,
      halved: true,
    });
  });
});
