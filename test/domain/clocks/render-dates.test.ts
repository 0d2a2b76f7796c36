import { expect, test } from '@jest/globals';
import {
  renderDayOfYear,
  renderDuration,
  renderPeriod,
  renderSettlementPeriod,
} from '../../../src/domain/clocks/render-dates.ts';

test('a period names each month and year once', () => {
  expect(renderPeriod('2026-10-15', '2026-10-28')).toBe('15–28 Oct 2026');
  expect(renderPeriod('2026-09-28', '2026-10-12')).toBe('28 Sep–12 Oct 2026');
  expect(renderPeriod('2026-12-20', '2027-01-03')).toBe('20 Dec 2026–3 Jan 2027');
  expect(renderPeriod('2026-10-05', '2026-10-05')).toBe('5 Oct 2026');
});

test('a day without its year is read from an instant or a day', () => {
  expect([renderDayOfYear('2026-10-15T23:59:59Z'), renderDayOfYear('2026-10-05')]).toEqual(['15 Oct', '5 Oct']);
});

test('a settlement begins on the day after the one before it, though at the same instant', () => {
  expect(
    renderSettlementPeriod({ start: '2026-10-15T06:59:59Z', end: '2026-10-29T06:59:59Z' }, 'America/Los_Angeles'),
  ).toBe('15–28 Oct 2026');
  expect(
    renderSettlementPeriod({ start: '2026-10-01T07:00:00Z', end: '2026-10-15T06:59:59Z' }, 'America/Los_Angeles'),
  ).toBe('1–14 Oct 2026');
});

test('a duration has the two units that matter', () => {
  expect([47, 100, 3600 + 5 * 60, 2 * 86_400 + 4 * 3600, 59.6].map(renderDuration)).toEqual([
    '47 s',
    '1 min 40 s',
    '1 h 5 min',
    '2 d 4 h',
    '1 min 0 s',
  ]);
});
