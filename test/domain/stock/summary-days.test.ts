import { describe, expect, test } from '@jest/globals';
import {
  dayIsFinal,
  daysBetween,
  lastFinalDay,
  lastMonthEnd,
  monthIsFinal,
  monthsBefore,
} from '../../../src/domain/stock/summary-days.ts';

describe('days of the summary', () => {
  test('run from one to another, both among them; backwards there are none', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
  });

  test('a day is final a day after it has ended in Hawaii', () => {
    expect(dayIsFinal('2026-10-01', '2026-10-03T09:59:59Z')).toBe(false);
    expect(dayIsFinal('2026-10-01', '2026-10-03T10:00:00Z')).toBe(true);
    expect(lastFinalDay('2026-10-03T09:59:59Z')).toBe('2026-09-30');
    expect(lastFinalDay('2026-10-03T10:00:00Z')).toBe('2026-10-01');
  });

  test('a month is final when its 2nd day after is over in Hawaii', () => {
    expect(monthIsFinal('2026-09-30', '2026-10-03T09:59:59Z')).toBe(false);
    expect(monthIsFinal('2026-09-30', '2026-10-03T10:00:00Z')).toBe(true);
  });

  test('the last month that was over, and months before', () => {
    expect(lastMonthEnd('2026-09-30')).toBe('2026-09-30');
    expect(lastMonthEnd('2026-10-14')).toBe('2026-09-30');
    expect(monthsBefore('2026-09-30', 17)).toBe('2025-04-01');
  });
});
