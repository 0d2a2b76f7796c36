import { describe, expect, test } from '@jest/globals';
import type { Locks } from '../../../src/domain/documents/document-kind.ts';
import { kindOf, PURPOSES, type Purpose } from '../../../src/domain/documents/document-kinds.ts';
import { bookingDay, memoOf, type AccountingPeriod, type BookingDay } from '../../../src/domain/journal/booking-day.ts';

type Lock = 'closed' | 'allLocked' | 'arLocked';
const period = (id: string, name: string, start: string, end: string, ...locks: Lock[]): AccountingPeriod => ({
  id,
  name,
  start,
  end,
  closed: locks.includes('closed'),
  allLocked: locks.includes('allLocked'),
  arLocked: locks.includes('arLocked'),
});
const september = (...locks: Lock[]) => period('9', 'Sep 2026', '2026-09-01', '2026-09-30', ...locks);
const october = (...locks: Lock[]) => period('10', 'Oct 2026', '2026-10-01', '2026-10-31', ...locks);
const november = (...locks: Lock[]) => period('11', 'Nov 2026', '2026-11-01', '2026-11-30', ...locks);
const on = (day: string, id: string): BookingDay => ({ takes: true, day, period: id });
const shut = (sentence: string): BookingDay => ({ takes: false, sentence });

describe('the day on which a document is booked', () => {
  test.each<[string, AccountingPeriod[], string, Locks, BookingDay, BookingDay]>([
    [
      'an open period takes its own day',
      [september(), october()],
      '2026-09-30',
      'general',
      on('2026-09-30', '9'),
      on('2026-09-30', '9'),
    ],
    [
      'a closed one takes nothing',
      [september('closed'), october()],
      '2026-09-12',
      'general',
      shut('the period Sep 2026 is closed in NetSuite'),
      on('2026-10-01', '10'),
    ],
    [
      'nor does one that is locked',
      [september('allLocked'), october()],
      '2026-09-12',
      'general',
      shut('the period Sep 2026 is locked in NetSuite'),
      on('2026-10-01', '10'),
    ],
    [
      'locked receivables hold what touches them',
      [september('arLocked'), october()],
      '2026-09-12',
      'receivables',
      shut('receivables of the period Sep 2026 are locked in NetSuite'),
      on('2026-10-01', '10'),
    ],
    [
      'and nothing else',
      [september('arLocked'), october()],
      '2026-09-12',
      'general',
      on('2026-09-12', '9'),
      on('2026-09-12', '9'),
    ],
    [
      'shut periods after it are passed over',
      [september('closed'), october('allLocked'), november()],
      '2026-09-12',
      'general',
      shut('the period Sep 2026 is closed in NetSuite'),
      on('2026-11-01', '11'),
    ],
    [
      'also where only their receivables are locked',
      [september('closed'), october('arLocked'), november()],
      '2026-09-12',
      'receivables',
      shut('the period Sep 2026 is closed in NetSuite'),
      on('2026-11-01', '11'),
    ],
    [
      'for a journal that one is open',
      [september('closed'), october('arLocked'), november()],
      '2026-09-12',
      'general',
      shut('the period Sep 2026 is closed in NetSuite'),
      on('2026-10-01', '10'),
    ],
    [
      'without a later open one it waits under both, and says so',
      [september('closed'), october('closed')],
      '2026-09-12',
      'general',
      shut('the period Sep 2026 is closed in NetSuite'),
      shut('the period Sep 2026 is closed in NetSuite, and no later period is open'),
    ],
    [
      'an earlier open one is never taken',
      [september(), october('closed')],
      '2026-10-02',
      'general',
      shut('the period Oct 2026 is closed in NetSuite'),
      shut('the period Oct 2026 is closed in NetSuite, and no later period is open'),
    ],
    [
      'a day without a period is not moved: the calendar has to be set up',
      [october()],
      '2026-09-12',
      'general',
      shut('NetSuite has no accounting period for 2026-09-12'),
      shut('NetSuite has no accounting period for 2026-09-12'),
    ],
    [
      'periods need not be months',
      [period('p1', 'P1', '2026-08-31', '2026-09-27', 'closed'), period('p2', 'P2', '2026-09-28', '2026-10-25')],
      '2026-09-27',
      'general',
      shut('the period P1 is closed in NetSuite'),
      on('2026-09-28', 'p2'),
    ],
  ])('%s', (_, periods, day, locks, waiting, moved) => {
    expect(bookingDay(periods, day, locks, 'wait')).toEqual(waiting);
    expect(bookingDay(periods, day, locks, 'first-open-day')).toEqual(moved);
  });

  test('locks of receivables count for invoices, credit memos, payments and refunds; orders and returns have no period', () => {
    const of = (locks: Locks | null): Purpose[] => PURPOSES.filter((purpose) => kindOf(purpose).locks === locks);
    expect(of('receivables')).toEqual(['INV', 'CM', 'PAY', 'RFD']);
    expect(of(null)).toEqual(['SO', 'RA']);
  });

  test('the true day ends the memo, so that its beginning stays', () => {
    expect(memoOf('INV 112-1-D1 1', null)).toBe('INV 112-1-D1 1');
    expect(memoOf('INV 112-1-D1 1', '2026-09-30')).toBe('INV 112-1-D1 1 · true day 2026-09-30');
  });
});
