import { describe, expect, test } from '@jest/globals';
import { booksTheSame, reversalOf } from '../../../src/domain/journal/build-reversal.ts';
import type { JournalPart } from '../../../src/domain/journal/journal-plan.ts';

const PART: JournalPart = {
  part: 1,
  date: '2026-10-08',
  lines: [
    { role: 'payouts-in-transit', account: '1120', debit: 1800n, credit: 0n, memo: 'payout', payout: true },
    { role: 'selling-fees', account: '6120', debit: 700n, credit: 0n, memo: 'fees', payout: false },
    { role: 'clearing', account: '1110', debit: 0n, credit: 2500n, memo: 'sales', payout: false },
  ],
};

describe('the reversal of a posted part', () => {
  test('stands on the same day and accounts with its sides exchanged, and says what it reverses', () => {
    expect(reversalOf(PART, 'reverses AMZ_demo-us_JE_1_1')).toEqual({
      part: 1,
      date: '2026-10-08',
      lines: [
        {
          role: 'payouts-in-transit',
          account: '1120',
          debit: 0n,
          credit: 1800n,
          memo: 'reverses AMZ_demo-us_JE_1_1: payout',
          payout: true,
        },
        {
          role: 'selling-fees',
          account: '6120',
          debit: 0n,
          credit: 700n,
          memo: 'reverses AMZ_demo-us_JE_1_1: fees',
          payout: false,
        },
        {
          role: 'clearing',
          account: '1110',
          debit: 2500n,
          credit: 0n,
          memo: 'reverses AMZ_demo-us_JE_1_1: sales',
          payout: false,
        },
      ],
    });
  });
});

describe('two journals', () => {
  test('book the same whatever their memos and the order of their lines', () => {
    expect(
      booksTheSame(
        [PART],
        [{ ...PART, lines: [...PART.lines].reverse().map((line) => ({ ...line, memo: 'other words' })) }],
      ),
    ).toBe(true);
  });
  test.each([
    ['another day', { ...PART, date: '2026-10-09' }],
    ['another amount', { ...PART, lines: PART.lines.map((line) => (line.payout ? { ...line, debit: 1801n } : line)) }],
    [
      'another account',
      { ...PART, lines: PART.lines.map((line) => (line.payout ? { ...line, account: '1121' } : line)) },
    ],
    ['a line less', { ...PART, lines: PART.lines.slice(1) }],
  ])('differ by %s', (_, other) => {
    expect(booksTheSame([PART], [other])).toBe(false);
  });
});
