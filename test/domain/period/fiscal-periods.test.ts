import { expect, test } from '@jest/globals';
import { explainOtherPeriods, otherThanMonths } from '../../../src/domain/period/fiscal-periods.ts';

const period = (name: string, start: string, end: string) => ({ name, start, end });
const MONTHS = [period('Oct 2026', '2026-10-01', '2026-10-31'), period('Feb 2028', '2028-02-01', '2028-02-29')];

test('calendar months are none of the others', () => {
  expect(otherThanMonths(MONTHS)).toEqual([]);
  expect(explainOtherPeriods(MONTHS)).toBeNull();
  expect(explainOtherPeriods([])).toBeNull();
});

test.each([
  ['4 weeks', '2026-10-05', '2026-11-01'],
  ['half a month', '2026-10-01', '2026-10-15'],
  ['two months', '2026-10-01', '2026-11-30'],
  ['a quarter that is a base period', '2026-10-01', '2026-12-31'],
  ['28 days of a February that has 29', '2028-02-01', '2028-02-28'],
  ['one that begins a day late', '2026-10-02', '2026-10-31'],
])('%s is no month', (name, start, end) => {
  expect(explainOtherPeriods([...MONTHS, period(name, start, end)])).toBe(
    `period ${name} (${start} to ${end}) is not a calendar month`,
  );
});

test('of several the first is named', () => {
  expect(
    explainOtherPeriods([period('P1', '2026-10-05', '2026-11-01'), period('P2', '2026-11-02', '2026-11-29')]),
  ).toBe('period P1 (2026-10-05 to 2026-11-01) and 1 more are not calendar months');
});
