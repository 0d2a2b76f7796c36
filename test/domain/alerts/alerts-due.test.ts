/** What is to be told, given what was told: by hand, on a Tuesday in Los Angeles (UTC−8). */
import { describe, expect, test } from '@jest/globals';
import {
  alertsDue,
  type AlertEvent,
  type AlertKind,
  type WatchedException,
} from '../../../src/domain/alerts/alerts-due.ts';
import type { ExceptionNote } from '../../../src/domain/exceptions/render-note.ts';

const SINCE = '2026-11-03T06:00:00Z';
/** 07:30 in Los Angeles: no digest yet. */
const NOW = '2026-11-03T15:30:00Z';
const OPEN: WatchedException = {
  id: 42,
  code: 'drift',
  key: 'orders',
  remedy: { kind: 'look', where: '' },
  opened: 1,
  openSince: '2026-11-03T15:00:00Z',
  closedAt: null,
  notes: [],
};
const NOTE: ExceptionNote = {
  by: 'ana',
  why: 'w',
  at: '2026-11-03T15:10:00Z',
  reason: null,
  reference: null,
  assignee: null,
  snooze: null,
};
const told = (...keys: string[]): AlertEvent[] =>
  keys.map((key) => {
    const [kind, exception, opened] = key.split(':') as [AlertKind, string, string];
    return { key, kind, exception: Number(exception), opened: Number(opened) };
  });
const due = (
  exceptions: readonly WatchedException[],
  before: readonly AlertEvent[] = [],
  { now = NOW, since = SINCE, name = 'books' } = {},
) =>
  alertsDue({ name, since }, exceptions, before, {
    now,
    escalateAfterMs: 86_400_000,
    digest: '08:00',
    timeZone: 'America/Los_Angeles',
  }).map(({ key }) => key);

describe('an exception', () => {
  test('is told when it opens, and no second time', () => {
    expect(due([OPEN])).toEqual(['opened:42:1']);
    expect(due([OPEN], told('opened:42:1'))).toEqual([]);
  });

  test('is told when it ends, and no second time', () => {
    const ended = { ...OPEN, closedAt: '2026-11-03T15:20:00Z' };
    expect(due([ended], told('opened:42:1'))).toEqual(['ended:42:1']);
    expect(due([ended], told('opened:42:1', 'ended:42:1'))).toEqual([]);
  });

  test('that opened and ended between two looks is told with both', () => {
    expect(due([{ ...OPEN, closedAt: '2026-11-03T15:20:00Z' }])).toEqual(['opened:42:1', 'ended:42:1']);
  });

  test('that ended and opened again is told of three times, however late somebody looks', () => {
    const again = { ...OPEN, opened: 2, openSince: '2026-11-03T15:25:00Z' };
    expect(due([again], told('opened:42:1'))).toEqual(['ended:42:1', 'opened:42:2']);
    expect(due([again], told('opened:42:1', 'ended:42:1'))).toEqual(['opened:42:2']);
    expect(due([again], told('opened:42:1', 'ended:42:1', 'opened:42:2'))).toEqual([]);
    // It flapped: nobody was told of the second time that it was open.
    expect(due([{ ...again, opened: 3 }], told('opened:42:1'))).toEqual(['ended:42:1', 'opened:42:3']);
  });

  test('that ended before the channel was there is nobody’s news, and one that was open then is', () => {
    expect(due([{ ...OPEN, openSince: '2026-11-01T00:00:00Z', closedAt: SINCE }])).toEqual([]);
    expect(due([{ ...OPEN, openSince: '2026-10-01T00:00:00Z' }])).toEqual(['opened:42:1']);
  });

  test('about a channel is not told over that channel', () => {
    const dead = { ...OPEN, code: 'alert-undelivered', key: 'books' } as const;
    expect(due([dead])).toEqual([]);
    expect(due([dead], [], { name: 'pager' })).toEqual(['opened:42:1']);
  });
});

describe('one that nobody has written a note about', () => {
  const aDayLater = { now: '2026-11-04T15:00:00Z' };
  const before = told('opened:42:1');

  test('is told once more after a day, and then no more', () => {
    expect(due([OPEN], before, { now: '2026-11-04T14:59:59Z' })).toEqual([]);
    expect(due([OPEN], before, aDayLater)).toEqual(['escalated:42:1']);
    expect(due([OPEN], [...before, ...told('escalated:42:1')], aDayLater)).toEqual([]);
  });

  test('is not where a note says what it waits for, or a decision is being carried out', () => {
    expect(due([{ ...OPEN, notes: [NOTE] }], before, aDayLater)).toEqual([]);
    const decided = { ...OPEN, code: 'unknown-amount', remedy: { kind: 'wait', until: '' } } as const;
    expect(due([decided], before, aDayLater)).toEqual([]);
  });

  test('has a day from when it came back, where it was put aside', () => {
    const snooze = { until: '2026-11-05', comesBackAt: '2026-11-05T08:00:00Z' };
    const aside = { ...OPEN, notes: [{ ...NOTE, snooze }] };
    expect(due([aside], before, aDayLater)).toEqual([]);
    const toldOfThe5th = [...before, ...told('digest:2026-11-05')];
    expect(due([aside], toldOfThe5th, { now: '2026-11-06T07:59:00Z' })).toEqual([]);
    // Midnight in Los Angeles: the digest comes eight hours later.
    expect(due([aside], before, { now: '2026-11-06T08:00:00Z' })).toEqual(['escalated:42:1']);
  });

  test('has a day from when the channel is there, where it is older', () => {
    const old = { ...OPEN, openSince: '2026-09-01T00:00:00Z' };
    expect(due([old])).toEqual(['opened:42:1']);
    expect(due([old], before, { now: '2026-11-04T06:00:00Z' })).toEqual(['escalated:42:1', 'digest:2026-11-03']);
    expect(due([old], before, { now: '2026-11-04T05:59:00Z' })).toEqual(['digest:2026-11-03']);
  });
});

describe('a digest', () => {
  test('is due from its minute on, each working day, where the books are', () => {
    expect(due([], [], { now: '2026-11-03T15:59:00Z' })).toEqual([]);
    expect(due([], [], { now: '2026-11-03T16:00:00Z' })).toEqual(['digest:2026-11-03']);
    // Late on Tuesday there, Wednesday in UTC.
    expect(due([], [], { now: '2026-11-04T07:30:00Z' })).toEqual(['digest:2026-11-03']);
    expect(due([], told('digest:2026-11-03'), { now: '2026-11-04T07:30:00Z' })).toEqual([]);
  });

  test('is not on Saturday and Sunday', () => {
    for (const now of ['2026-11-07T20:00:00Z', '2026-11-08T20:00:00Z']) expect(due([], [], { now })).toEqual([]);
    expect(due([], [], { now: '2026-11-09T16:00:00Z' })).toEqual(['digest:2026-11-09']);
  });

  test('is not of a day on which the channel came later than it', () => {
    expect(due([], [], { now: '2026-11-03T20:00:00Z', since: '2026-11-03T19:00:00Z' })).toEqual([]);
  });
});
