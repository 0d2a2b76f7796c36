import { describe, expect, test } from '@jest/globals';
import { narrated, progressMode } from '../../../src/cli/start/progress.ts';

describe('how a run is told', () => {
  const terminal = { isTTY: true, columns: 80 };

  test('is live on a terminal and plain elsewhere', () => {
    expect(progressMode('auto', {}, terminal)).toBe('live');
    expect(progressMode('auto', {}, { isTTY: false })).toBe('plain');
    expect(progressMode('auto', { TERM: 'dumb' }, terminal)).toBe('plain');
    expect(progressMode('auto', { CI: 'true' }, terminal)).toBe('plain');
    expect(progressMode('auto', {}, { isTTY: true, columns: 39 })).toBe('plain');
  });

  test('stays live without colours, and is as it is asked for', () => {
    expect(progressMode('auto', { NO_COLOR: '1' }, terminal)).toBe('live');
    expect(progressMode('plain', {}, terminal)).toBe('plain');
    expect(progressMode('quiet', {}, terminal)).toBe('quiet');
    expect(progressMode('live', { CI: 'true' }, { isTTY: false })).toBe('live');
  });
});

describe('an event', () => {
  test('stands on one line with its time, its area and its sign', () => {
    expect(
      narrated({ area: 'orders', alarm: false, words: '120 seen · 112 sales orders', plain: '' }, '14:02:31', 80),
    ).toBe('14:02:31 orders    120 seen · 112 sales orders');
    expect(narrated({ area: 'dispatch', alarm: false, words: '96 orders dispatched', plain: '' }, '14:02:44', 80)).toBe(
      '14:02:44 dispatch  96 orders dispatched',
    );
    expect(
      narrated({ area: 'tied', alarm: false, words: '✓ 20001234561 · rows = total', plain: '' }, '14:03:16', 80),
    ).toBe('14:03:16 tied    ✓ 20001234561 · rows = total');
  });

  test('goes on under its words', () => {
    expect(
      narrated(
        {
          area: 'payout',
          alarm: true,
          words: 'waits: 3 rows, −38.70, "FBA Inbound Dock Fee" has no account. Finance decides',
          plain: '',
        },
        '14:03:22',
        66,
      ),
    ).toBe(
      '14:03:22 payout  ! waits: 3 rows, −38.70, "FBA Inbound Dock Fee"\n                   has no account. Finance decides',
    );
    expect(narrated({ area: '', alarm: false, words: '  sales  1.00\n  tax    0.00', plain: '' }, '14:03:22', 80)).toBe(
      '                     sales  1.00\n                     tax    0.00',
    );
  });
});
