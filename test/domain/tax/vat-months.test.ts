/** When Amazon is asked for its VAT report: from the third of the next month, three months back, never before the cut-over. */
import { expect, test } from '@jest/globals';
import { vatMonthsDue, vatPeriodOf } from '../../../src/domain/tax/vat-months.ts';

test.each([
  ['2026-11-02T23:59:59Z', '2026-10-20', []],
  ['2026-11-03T00:00:00Z', '2026-10-20', ['2026-10']],
  ['2026-11-02T12:00:00Z', '2026-01-01', ['2026-09', '2026-08']],
  ['2027-01-05T12:00:00Z', '2026-01-01', ['2026-12', '2026-11', '2026-10']],
  ['2027-01-05T12:00:00Z', '2026-12-31', ['2026-12']],
])('at %s after a cut-over on %s it is due of %j', (now, cutOver, months) => {
  expect(vatMonthsDue(now, cutOver)).toEqual(months);
});

test('a month goes from its first moment to that of the next, by UTC', () => {
  expect(vatPeriodOf('2026-12')).toEqual({ start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' });
});
