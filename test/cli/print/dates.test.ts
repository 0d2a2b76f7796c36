import { expect, test } from '@jest/globals';
import { renderDayOfYear, renderPeriod } from '../../../src/cli/print/dates.ts';

test('a period names each month and year once', () => {
  expect(renderPeriod('2026-10-15', '2026-10-28')).toBe('15–28 Oct 2026');
  expect(renderPeriod('2026-09-28', '2026-10-12')).toBe('28 Sep–12 Oct 2026');
  expect(renderPeriod('2026-12-20', '2027-01-03')).toBe('20 Dec 2026–3 Jan 2027');
  expect(renderPeriod('2026-10-05', '2026-10-05')).toBe('5 Oct 2026');
});

test('a day without its year is read from an instant or a day', () => {
  expect([renderDayOfYear('2026-10-15T23:59:59Z'), renderDayOfYear('2026-10-05')]).toEqual(['15 Oct', '5 Oct']);
});
