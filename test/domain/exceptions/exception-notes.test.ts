import { describe, expect, test } from '@jest/globals';
import { explainRefusedSnooze, notedStanding } from '../../../src/domain/exceptions/exception-notes.ts';
import { renderNote, type ExceptionNote } from '../../../src/domain/exceptions/render-note.ts';

const NOTE: ExceptionNote = {
  by: 'ana',
  why: 'asked Amazon',
  at: '2026-10-28T14:02:00Z',
  reason: null,
  reference: null,
  assignee: null,
  snooze: null,
};
const untilThe30th = { ...NOTE, snooze: { until: '2026-10-30', comesBackAt: '2026-10-30T07:00:00Z' } };

describe('what was said last of an exception', () => {
  test('is who is to end it, and until when it is put aside', () => {
    expect(notedStanding([{ ...NOTE, assignee: 'ben' }, untilThe30th, NOTE], '2026-10-29T12:00:00Z')).toEqual({
      assignee: 'ben',
      snoozedUntil: '2026-10-30',
    });
    expect(notedStanding([], '2026-10-29T12:00:00Z')).toEqual({ assignee: null, snoozedUntil: null });
  });

  test('comes back with the first moment of its day, not before', () => {
    expect(notedStanding([untilThe30th], '2026-10-30T06:59:59Z').snoozedUntil).toBe('2026-10-30');
    expect(notedStanding([untilThe30th], '2026-10-30T07:00:00Z').snoozedUntil).toBeNull();
  });

  test('is the later day where it was put aside twice, the earlier where that was said last', () => {
    const untilThe29th = { ...NOTE, snooze: { until: '2026-10-29', comesBackAt: '2026-10-29T07:00:00Z' } };
    expect(notedStanding([untilThe30th, untilThe29th], '2026-10-29T08:00:00Z').snoozedUntil).toBeNull();
  });
});

describe('a day until which it is put aside', () => {
  const asked = (until: string, over: Partial<Parameters<typeof explainRefusedSnooze>[0]> = {}) =>
    explainRefusedSnooze({
      until,
      today: '2026-10-28',
      openSince: '2026-10-12',
      unsigned: new Set(['2026-10']),
      ...over,
    });

  test('is from tomorrow to the last of its month', () => {
    expect(asked('2026-10-29')).toBeNull();
    expect(asked('2026-10-31')).toBeNull();
    expect(asked('2026-10-28')).toBe('28 Oct 2026 is not after today, 28 Oct 2026.');
    expect(asked('2026-11-01')).toBe(
      '1 Nov 2026 is past the end of 2026-10: nothing is put aside for longer than its month, 31 Oct 2026.',
    );
  });

  test('is none where its month is over and still to be signed', () => {
    const november = { today: '2026-11-03' };
    expect(asked('2026-11-04', november)).toMatch(/^It is of 2026-10, which is over and not signed/);
    expect(asked('2026-11-04', { ...november, unsigned: new Set(['2026-11']) })).toBeNull();
  });
});

test('a note is one line, with what it waits for, for whom and until when', () => {
  expect(renderNote(NOTE)).toBe('28 Oct 2026 14:02Z ana: asked Amazon');
  expect(renderNote({ ...untilThe30th, reason: 'amazon-case', reference: '1234', assignee: 'ben' })).toBe(
    '28 Oct 2026 14:02Z ana: asked Amazon (amazon-case 1234) · for ben · comes back on 30 Oct 2026',
  );
});
