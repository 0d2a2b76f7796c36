import { describe, expect, test } from '@jest/globals';
import { chainOpeningOf, type KnownSpan } from '../../../src/domain/payouts/chain-opening.ts';
import type { BroughtAndLeft, ChainMember } from '../../../src/domain/payouts/chains.ts';

const [OCT_1, OCT_15, OCT_22, OCT_29] = [
  '2026-10-01T07:00:00Z',
  '2026-10-15T07:00:00Z',
  '2026-10-22T07:00:00Z',
  '2026-10-29T07:00:00Z',
] as const;
const member = (start: string, rows: Partial<BroughtAndLeft> = {}): ChainMember => ({
  settlementId: '3',
  currency: 'USD',
  start,
  end: '2026-11-12T08:00:00Z',
  total: 100n,
  rows: { released: 0n, held: 0n, carriedIn: 0n, returned: 0n, ...rows },
});
const report = (start: string, end: string): KnownSpan => ({ start, end, source: 'report' });
const group = (start: string, end: string | null): KnownSpan => ({ start, end, source: 'group' });
const opening = (settlement: ChainMember, spans: KnownSpan[] = [], isPreceded = false) =>
  chainOpeningOf(settlement, { cutOver: OCT_1, isPreceded, spans });

describe('a settlement opens its chain', () => {
  test('where it begins at the cut-over, or before it', () => {
    expect(opening(member(OCT_1, { released: 5000n })).kind).toBe('at-cut-over');
    expect(opening(member('2026-09-24T07:00:00Z', { released: 5000n })).kind).toBe('before-cut-over');
  });
  test('where it begins later and nothing speaks of an earlier one', () => {
    expect(opening(member(OCT_15)).kind).toBe('anew');
    expect(opening(member(OCT_29), [report(OCT_1, OCT_15), report(OCT_15, '2026-10-30T07:00:00Z')]).kind).toBe('anew');
    // The account that ended on 15 October goes on in an event group that is still open.
    expect(opening(member(OCT_29), [report(OCT_1, OCT_15), group(OCT_15, null)]).kind).toBe('anew');
  });
  test('not where another is linked before it', () => {
    expect(opening(member(OCT_15, { released: 5000n }), [report(OCT_1, OCT_15)], true).kind).toBe('follows');
  });
});

describe('there is a gap before a settlement that begins after the cut-over', () => {
  test.each([
    ['a reserve of 50.00 USD', { released: 5000n }],
    ['a balance due of 3.00 USD', { carriedIn: -300n }],
    ['a returned payout of 7.00 USD', { returned: 700n }],
  ])('where it brings in %s', (words, rows) => {
    expect(opening(member(OCT_29, rows), [report(OCT_1, OCT_15)])).toEqual({
      kind: 'gap',
      from: OCT_15,
      to: OCT_29,
      sentences: [
        `settlement 3 begins at ${OCT_29} and no report of USD ends there: the one from ${OCT_15} to ${OCT_29} is missing`,
        `it brings in ${words}`,
      ],
    });
  });
  test('where one that ended since the cut-over has no successor, although nothing is brought in', () => {
    expect(opening(member(OCT_29), [report(OCT_1, OCT_15)])).toMatchObject({ kind: 'gap', from: OCT_15, to: OCT_29 });
  });
  test('where Amazon tells of a transfer that ended just there, and its report has not come', () => {
    expect(opening(member(OCT_29), [report(OCT_1, OCT_15), group(OCT_15, OCT_29)])).toMatchObject({
      kind: 'gap',
      from: OCT_15,
      to: OCT_29,
    });
  });
  test('from the cut-over on where nothing at all is known', () => {
    expect(opening(member(OCT_15, { released: 1n }))).toMatchObject({ kind: 'gap', from: OCT_1, to: OCT_15 });
  });
  test('which does not come from what ended before the cut-over, or after it began', () => {
    expect(opening(member(OCT_22), [report('2026-09-17T07:00:00Z', OCT_1), report(OCT_15, OCT_29)]).kind).toBe('anew');
  });
});
