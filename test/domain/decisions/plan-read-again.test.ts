import { expect, test } from '@jest/globals';
import { planReadAgain, type ReadAgainWhat } from '../../../src/domain/decisions/plan-read-again.ts';
import { renderReadAgain } from '../../../src/domain/decisions/render-read-again.ts';

const DAY_MS = 86_400_000;
const CUT_OVER = '2026-06-01T07:00:00Z';
const plan = (what: ReadAgainWhat, from: string, mark: string | null, habit = {}) =>
  planReadAgain({
    what,
    from,
    mark,
    cutOver: CUT_OVER,
    habit: { overlapMs: 2 * DAY_MS, pieceMs: 30 * DAY_MS, keptMs: null, ...habit },
  });

test('the mark goes back to the instant, in as many windows as Amazon makes it', () => {
  expect(plan('shipments', '2026-07-01T00:00:00Z', '2026-07-29T00:00:00Z')).toEqual({
    what: 'shipments',
    from: '2026-07-01T00:00:00Z',
    to: '2026-07-29T00:00:00Z',
    isCut: false,
    pieces: 1,
    listedSince: null,
  });
  // 29 days and the two before them are a day too many.
  expect(plan('shipments', '2026-07-01T00:00:00Z', '2026-07-30T00:00:00Z')).toMatchObject({ pieces: 2 });
  expect(plan('orders', '2026-07-01T00:00:00Z', '2027-07-30T00:00:00Z', { pieceMs: null })).toMatchObject({
    pieces: 1,
  });
});

test('before the cut-over nothing is read', () => {
  expect(plan('refunds', '2025-01-01T00:00:00Z', '2026-06-20T00:00:00Z')).toMatchObject({
    from: CUT_OVER,
    isCut: true,
    pieces: 1,
  });
});

test('it never goes forward, and nothing that was not read is read again', () => {
  expect(plan('orders', '2026-07-02T00:00:00Z', '2026-07-01T23:59:59Z')).toEqual({
    refused:
      'The orders are read up to 2026-07-01T23:59:59Z, and 2026-07-02T00:00:00Z lies ahead of that: a mark is only set back.',
  });
  expect(plan('orders', '2026-07-02T00:00:00Z', null)).toEqual({
    refused: 'Nothing of the orders has been read to its end yet: there is nothing to read again.',
  });
});

test('what Amazon no longer lists is named, and what brings it', () => {
  const old = plan('settlements', '2026-06-02T00:00:00Z', '2026-10-01T00:00:00Z', {
    pieceMs: null,
    keptMs: 89 * DAY_MS,
  });
  expect(old).toMatchObject({ from: '2026-06-02T00:00:00Z', listedSince: '2026-07-04T00:00:00Z' });
  if ('refused' in old) throw new Error(old.refused);
  expect(renderReadAgain(old, 3)).toBe(
    'settlements from 2026-06-02T00:00:00Z to 2026-10-01T00:00:00Z are read again with the next look, in 1 listing; ' +
      '3 settlements of that time are in the store: what is there is told and booked once; ' +
      'the mark says up to when reports were listed by their creation, and one that was taken in is not downloaded again; ' +
      'Amazon lists reports for 90 days, here those made since 2026-07-04T00:00:00Z: bring older ones by npx tieout settlement import FILE',
  );
});
