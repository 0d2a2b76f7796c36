import { describe, expect, test } from '@jest/globals';
import {
  matchLines,
  missingFrom,
  type OpenMovement,
  type StatementLine,
} from '../../../src/domain/matching/match-bank-line.ts';
import { addWorkingDays, isWorkingDay } from '../../../src/domain/matching/working-days.ts';

/** A payout of 300.00 that Amazon transferred on Thursday, 8 October 2026. */
const payout = (more: Partial<OpenMovement> = {}): OpenMovement => ({
  externalId: 'AMZ_x_DEP_1_1',
  kind: 'payout',
  amount: 30_000n,
  currency: 'USD',
  converted: null,
  traceId: null,
  day: '2026-10-08',
  notBefore: null,
  ...more,
});
const micro = (more: Partial<OpenMovement> = {}) =>
  payout({ externalId: 'AMZ_x_DEP_1_2', kind: 'micro-deposit', amount: 1n, ...more });
const charge = (more: Partial<OpenMovement> = {}) =>
  payout({ externalId: 'AMZ_x_CHG_1_1', kind: 'charge', amount: -3_999n, ...more });
const line = (date: string, more: Partial<StatementLine> = {}): StatementLine => ({
  key: date,
  account: 'bank',
  date,
  amount: 30_000n,
  currency: 'USD',
  description: 'AMAZON MKTPL PAYMENTS',
  transactionId: null,
  ...more,
});

/** `movement ← line (by what)`, then what is unmatched with its reason and candidates. */
function said(
  movements: readonly OpenMovement[],
  lines: readonly StatementLine[],
  traces: readonly string[] = [],
): string[] {
  const { matches, unmatched } = matchLines(movements, lines, traces);
  return [
    ...matches.map(({ movement, line: taken, by }) => `${movement.externalId} ← ${taken.key} (${by})`),
    ...unmatched.map(
      ({ movement, reason, candidates }) =>
        `${movement.externalId}: ${reason}${candidates.length > 0 ? ` of ${candidates.map(({ key }) => key).join(', ')}` : ''}`,
    ),
  ].sort();
}

const P = 'AMZ_x_DEP_1_1';
const Q = 'AMZ_x_DEP_2_1';
const traced = { transactionId: '021000' };

describe('working days', () => {
  test('are Monday to Friday, counted from the day after', () => {
    expect(['2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12'].map(isWorkingDay)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([
      addWorkingDays('2026-10-08', 5),
      addWorkingDays('2026-10-08', -2),
      addWorkingDays('2026-10-10', 5),
      addWorkingDays('2026-10-10', -2),
      addWorkingDays('2026-10-12', -2),
    ]).toEqual(['2026-10-15', '2026-10-06', '2026-10-16', '2026-10-08', '2026-10-08']);
  });
  test('a line is missing from the sixth', () => expect(missingFrom('2026-10-08')).toBe('2026-10-16'));
});

describe('which line is which movement', () => {
  test.each<[string, readonly OpenMovement[], readonly StatementLine[], readonly string[], readonly string[]]>([
    [
      "the trace id as the line's id, whatever the day",
      [payout({ traceId: '021000' })],
      [line('2026-12-08', { description: 'ACH CREDIT', ...traced })],
      ['021000'],
      [`${P} ← 2026-12-08 (trace id)`],
    ],
    [
      'the trace id in the text',
      [payout({ traceId: '021000' })],
      [line('2026-10-12', { description: 'ACH 021000 X' })],
      ['021000'],
      [`${P} ← 2026-10-12 (trace id)`],
    ],
    [
      'the trace id before a nearer line without it',
      [payout({ traceId: '021000' })],
      [line('2026-10-08'), line('2026-10-12', traced)],
      ['021000'],
      [`${P} ← 2026-10-12 (trace id)`],
    ],
    [
      'the trace id with another amount is for a person, and no other line is taken',
      [payout({ traceId: '021000' })],
      [line('2026-10-08'), line('2026-10-12', { ...traced, amount: 29_900n })],
      ['021000'],
      [`${P}: amount-differs of 2026-10-12`],
    ],
    [
      'two lines of a day with the trace id are for a person',
      [payout({ traceId: '021000' })],
      [line('2026-10-12', { ...traced, key: 'a' }), line('2026-10-12', { ...traced, key: 'b' })],
      ['021000'],
      [`${P}: several of a, b`],
    ],
    [
      'the earlier of two with the trace id: the later is a second credit',
      [payout({ traceId: '021000' })],
      [line('2026-10-22', traced), line('2026-10-12', traced)],
      ['021000'],
      [`${P} ← 2026-10-12 (trace id)`],
    ],
    [
      'what goes out with the trace id is no credit of another amount',
      [payout({ traceId: '021000' })],
      [line('2026-10-12', { ...traced, amount: -30_000n }), line('2026-10-09')],
      ['021000'],
      [`${P} ← 2026-10-09 (amount and date)`],
    ],
    [
      "a line with the trace id of another transfer is not this one's",
      [payout()],
      [line('2026-10-08', traced)],
      ['021000'],
      [`${P}: none of 2026-10-08`],
    ],
    [
      "amount, currency, Amazon's name and the window: two working days before",
      [payout()],
      [line('2026-10-06')],
      [],
      [`${P} ← 2026-10-06 (amount and date)`],
    ],
    ['three working days before are too early', [payout()], [line('2026-10-05')], [], [`${P}: none of 2026-10-05`]],
    ['five working days after', [payout()], [line('2026-10-15')], [], [`${P} ← 2026-10-15 (amount and date)`]],
    ['the sixth is too late', [payout()], [line('2026-10-16')], [], [`${P}: none of 2026-10-16`]],
    [
      "the owner's money of that amount is not Amazon's, although it is nearer and the trace id on neither",
      [payout({ traceId: '021000' })],
      [line('2026-10-08', { description: 'WIRE FROM OWNER' }), line('2026-10-10', { transactionId: 'W2' })],
      ['021000'],
      [`${P} ← 2026-10-10 (amount and date)`],
    ],
    [
      "without Amazon's line the owner's is only a candidate",
      [payout()],
      [line('2026-10-08', { description: 'WIRE FROM OWNER' })],
      [],
      [`${P}: none of 2026-10-08`],
    ],
    [
      'another currency of the same figure is none',
      [payout()],
      [line('2026-10-08', { currency: 'CAD' })],
      [],
      [`${P}: none`],
    ],
    ['a card is no place for a payout', [payout()], [line('2026-10-08', { account: 'card' })], [], [`${P}: none`]],
    [
      "what Amazon's converter made of it",
      [payout({ currency: 'EUR', converted: { amount: 32_400n, currency: 'USD' } })],
      [line('2026-10-12', { amount: 32_400n })],
      [],
      [`${P} ← 2026-10-12 (amount and date)`],
    ],
    [
      'two equal payouts, each its own week',
      [payout(), payout({ externalId: Q, day: '2026-10-15' })],
      [line('2026-10-17'), line('2026-10-10')],
      [],
      [`${P} ← 2026-10-10 (amount and date)`, `${Q} ← 2026-10-17 (amount and date)`],
    ],
    [
      'two equal payouts and one line go to the nearer',
      [payout(), payout({ externalId: Q, day: '2026-10-14' })],
      [line('2026-10-13')],
      [],
      [`${P}: none`, `${Q} ← 2026-10-13 (amount and date)`],
    ],
    [
      'two payouts as near as one line get nothing',
      [payout(), payout({ externalId: Q, day: '2026-10-10' })],
      [line('2026-10-09')],
      [],
      [`${P}: several of 2026-10-09`, `${Q}: several of 2026-10-09`],
    ],
    [
      'two lines as near as one payout are for a person',
      [payout()],
      [line('2026-10-07'), line('2026-10-09')],
      [],
      [`${P}: several of 2026-10-07, 2026-10-09`],
    ],
    [
      'what was matched is out of the way of the others',
      [payout(), payout({ externalId: Q, day: '2026-10-09' })],
      [line('2026-10-09'), line('2026-10-12')],
      [],
      [`${P} ← 2026-10-12 (amount and date)`, `${Q} ← 2026-10-09 (amount and date)`],
    ],
    [
      'awaited again, it takes no line of the first time',
      [payout({ traceId: '021000', day: '2026-10-14', notBefore: '2026-10-14' })],
      [line('2026-10-12', traced), line('2026-10-16', traced)],
      ['021000'],
      [`${P} ← 2026-10-16 (trace id)`],
    ],
    [
      'equal micro deposits in the order of their days',
      [micro({ externalId: 'b', day: '2026-10-09' }), micro({ externalId: 'a' })],
      [line('2026-10-09', { amount: 1n, key: 'y' }), line('2026-10-09', { amount: 1n, key: 'x' })],
      [],
      ['a ← x (amount and date)', 'b ← y (amount and date)'],
    ],
    [
      'equal charges of a day, on the card before the bank',
      [charge({ externalId: 'a' }), charge({ externalId: 'b' })],
      [
        line('2026-10-08', { amount: -3_999n, key: 'bank' }),
        line('2026-10-08', { amount: -3_999n, account: 'card', key: 'card 1' }),
        line('2026-10-09', { amount: -3_999n, account: 'card', key: 'card 2' }),
      ],
      [],
      ['a ← card 1 (amount and date)', 'b ← card 2 (amount and date)'],
    ],
    [
      'a charge at the bank where the card shows none',
      [charge()],
      [line('2026-10-08', { amount: -3_999n })],
      [],
      ['AMZ_x_CHG_1_1 ← 2026-10-08 (amount and date)'],
    ],
    [
      'a micro deposit does not take what a payout could be',
      [micro(), payout({ amount: 1n })],
      [line('2026-10-08', { amount: 1n })],
      [],
      ['AMZ_x_DEP_1_1: several of 2026-10-08', 'AMZ_x_DEP_1_2: several of 2026-10-08'],
    ],
  ])('%s', (_, movements, lines, traces, expected) => {
    expect(said(movements, lines, traces)).toEqual([...expected].sort());
    // Neither order says anything.
    expect(
      said([...movements].reverse(), [...lines].reverse(), traces).map((words) => words.replace(/ of .*/, '')),
    ).toEqual([...expected].sort().map((words) => words.replace(/ of .*/, '')));
  });
});
