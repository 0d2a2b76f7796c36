import { describe, expect, test } from '@jest/globals';
import { judgeMovements, type MovementFacts } from '../../../src/domain/matching/judge-movements.ts';
import { payoutBroughtBack } from '../../../src/domain/matching/link-returned.ts';
import {
  clearedBy,
  openOf,
  stateOncePosted,
  type Movement,
  type MovementDocument,
} from '../../../src/domain/matching/movement.ts';
import type { StatementLine } from '../../../src/domain/matching/match-bank-line.ts';

const DEP = 'AMZ_x_DEP_1_1';
const deposit: MovementDocument = {
  externalId: DEP,
  movement: DEP,
  kind: 'line',
  debit: 'bank',
  credit: 'payouts-in-transit',
  amount: 10_000n,
  currency: 'USD',
  cleared: 10_000n,
  date: '2026-10-10',
  bankLine: 'L1',
  foundBy: 'amount and date',
  posted: true,
};
const awaited: Movement = {
  externalId: DEP,
  settlementId: '1',
  revision: 0,
  kind: 'payout',
  amount: 10_000n,
  currency: 'USD',
  state: 'expected',
  day: '2026-10-08',
  depositDay: '2026-10-10',
  settlementEnd: '2026-10-08T07:00:00Z',
  traceId: null,
  transferStatus: 'Successful',
  converted: null,
  documents: [],
  broughtBack: 0n,
  broughtBackBy: null,
};
const deposited: Movement = { ...awaited, state: 'posted', documents: [deposit] };
const failed = { transferStatus: 'Failed' };
const broughtBack = { broughtBack: 10_000n, broughtBackBy: '2' };
const line = (date: string, amount: bigint, description = 'RETURNED ACH AMAZON'): StatementLine => ({
  key: date,
  account: 'bank',
  date,
  amount,
  currency: 'USD',
  description,
  transactionId: null,
});
const given = line('2026-10-14', -10_000n);

function judged(movement: Movement, lines: readonly StatementLine[], more: Partial<MovementFacts> = {}) {
  const [news] = judgeMovements({
    movements: [movement],
    lines,
    knownTraces: [],
    bank: 'statement',
    today: '2026-10-15',
    usedOf: () => ({ line: 0, conversion: 0, return: 0, variance: 0 }),
    ...more,
  });
  return {
    state: news!.state,
    documents: news!.documents.map(
      ({ externalId, debit, credit, amount, date }) => `${externalId} ${date} Dr ${debit} Cr ${credit} ${amount}`,
    ),
    problems: news!.problems.map(
      ({ code, remedy }) => `${code} ${remedy.kind}${'movement' in remedy ? ` ${remedy.movement}` : ''}`,
    ),
  };
}

const RETURN = 'AMZ_x_JE_1-b1_1 2026-10-14 Dr payouts-in-transit Cr bank 10000';

describe('what is new about a movement', () => {
  test.each<
    [
      string,
      Movement,
      readonly StatementLine[],
      Partial<MovementFacts>,
      { state: string; documents: string[]; problems: string[] },
    ]
  >([
    [
      'its line is there',
      awaited,
      [line('2026-10-10', 10_000n)],
      {},
      { state: 'matched', documents: [`${DEP} 2026-10-10 Dr bank Cr payouts-in-transit 10000`], problems: [] },
    ],
    ['nothing until the sixth working day', awaited, [], {}, { state: 'expected', documents: [], problems: [] }],
    [
      'from the sixth its line is missing',
      awaited,
      [],
      { today: '2026-10-16' },
      { state: 'expected', documents: [], problems: ['bank-line-missing match-deposit payout'] },
    ],
    [
      'the transfer failed',
      { ...awaited, ...failed },
      [],
      {},
      { state: 'failed', documents: [], problems: ['transfer-failed wait'] },
    ],
    [
      "a line is more than Amazon's word: what was credited is deposited first",
      { ...awaited, ...failed },
      [line('2026-10-10', 10_000n)],
      {},
      { state: 'matched', documents: [`${DEP} 2026-10-10 Dr bank Cr payouts-in-transit 10000`], problems: [] },
    ],
    [
      'a later row brought back what was never credited',
      { ...awaited, ...failed, ...broughtBack },
      [],
      {},
      { state: 'returned', documents: [], problems: [] },
    ],
    ['nothing of one that is deposited', deposited, [], {}, { state: 'posted', documents: [], problems: [] }],
    [
      'the bank alone says that it went back',
      deposited,
      [given],
      {},
      { state: 'posted', documents: [], problems: ['transfer-failed match-deposit return'] },
    ],
    [
      'Amazon alone says that it failed',
      { ...deposited, ...failed },
      [],
      {},
      { state: 'posted', documents: [], problems: ['transfer-failed match-deposit return'] },
    ],
    [
      'the next file alone brings it back',
      { ...deposited, ...broughtBack },
      [],
      {},
      { state: 'posted', documents: [], problems: ['transfer-failed match-deposit return'] },
    ],
    [
      'bank and Amazon agree',
      { ...deposited, ...failed },
      [given],
      {},
      { state: 'matched', documents: [RETURN], problems: [] },
    ],
    [
      'bank and the next file agree',
      { ...deposited, ...broughtBack },
      [given],
      {},
      { state: 'matched', documents: [RETURN], problems: [] },
    ],
    [
      'what goes out and names nobody is no return',
      deposited,
      [line('2026-10-14', -10_000n, 'RENT')],
      {},
      { state: 'posted', documents: [], problems: [] },
    ],
    [
      'a part of it is no return',
      deposited,
      [line('2026-10-14', -9_000n)],
      {},
      { state: 'posted', documents: [], problems: [] },
    ],
    [
      'what went out before it came is no return',
      deposited,
      [line('2026-10-09', -10_000n)],
      {},
      { state: 'posted', documents: [], problems: [] },
    ],
    [
      'after 60 days nobody looks any more',
      { ...deposited, ...failed },
      [line('2026-12-10', -10_000n)],
      { today: '2026-12-10' },
      { state: 'posted', documents: [], problems: [] },
    ],
    [
      'but a row is a row',
      { ...deposited, ...broughtBack },
      [],
      { today: '2026-12-10' },
      { state: 'posted', documents: [], problems: ['transfer-failed match-deposit return'] },
    ],
    [
      'without statements Failed is enough, dated the day on which it was seen',
      { ...deposited, ...failed },
      [],
      { bank: 'none' },
      { state: 'matched', documents: [RETURN.replace('10-14', '10-15')], problems: [] },
    ],
    [
      'without statements Successful is enough, dated the deposit date',
      awaited,
      [],
      { bank: 'none' },
      { state: 'matched', documents: [`${DEP} 2026-10-10 Dr bank Cr payouts-in-transit 10000`], problems: [] },
    ],
    [
      'its report, issued again, says less than was paid',
      { ...deposited, amount: 8_000n, revision: 1 },
      [],
      {},
      { state: 'posted', documents: [], problems: ['report-reissued settle-payout'] },
    ],
    [
      'a later line takes just that back',
      { ...deposited, amount: 8_000n, revision: 1 },
      [line('2026-10-20', -2_000n)],
      {},
      { state: 'matched', documents: ['AMZ_x_JE_1-b1_1 2026-10-20 Dr payouts-in-transit Cr bank 2000'], problems: [] },
    ],
    [
      'its report, issued again, says more, and the rest comes',
      { ...deposited, amount: 12_000n, revision: 1 },
      [line('2026-10-20', 2_000n)],
      {},
      { state: 'matched', documents: ['AMZ_x_DEP_1-l1_1 2026-10-20 Dr bank Cr payouts-in-transit 2000'], problems: [] },
    ],
  ])('%s', (_, movement, lines, more, expected) => {
    expect(judged(movement, lines, more)).toEqual(expected);
  });

  test('of two equal payouts at the bank the one went back that Amazon speaks of, else the last before it', () => {
    const second: Movement = {
      ...deposited,
      externalId: 'AMZ_x_DEP_2_1',
      settlementId: '2',
      documents: [{ ...deposit, externalId: 'AMZ_x_DEP_2_1', movement: 'AMZ_x_DEP_2_1', date: '2026-10-12' }],
    };
    const problems = (movements: Movement[]) =>
      judgeMovements({
        movements,
        lines: [given],
        knownTraces: [],
        bank: 'statement',
        today: '2026-10-15',
        usedOf: () => ({ line: 0, conversion: 0, return: 0, variance: 0 }),
      }).map(({ documents, problems: open }) => documents.length + open.length);
    expect(problems([deposited, second])).toEqual([0, 1]);
    expect(problems([{ ...deposited, ...failed }, second])).toEqual([1, 0]);
  });
});

describe('after a return', () => {
  const back: MovementDocument = {
    ...deposit,
    externalId: 'AMZ_x_JE_1-b1_1',
    kind: 'return',
    debit: 'payouts-in-transit',
    credit: 'bank',
    cleared: -10_000n,
    date: '2026-10-14',
    bankLine: 'L2',
  };
  const returned: Movement = { ...deposited, state: 'matched', documents: [deposit, back] };
  test('the movement is awaited again, unless a row brought it back', () => {
    expect([
      stateOncePosted(returned),
      stateOncePosted({ ...returned, ...broughtBack }),
      stateOncePosted(deposited),
    ]).toEqual(['expected', 'returned', 'posted']);
  });
  test('its credit has a key of its own, and the first line is no credit any more', () => {
    const used = { usedOf: () => ({ line: 0, conversion: 0, return: 1, variance: 0 }) };
    const again: Movement = { ...returned, state: 'expected' };
    expect(judged(again, [line('2026-10-16', 10_000n)], used).documents).toEqual([
      'AMZ_x_DEP_1-b1_1 2026-10-16 Dr bank Cr payouts-in-transit 10000',
    ]);
    expect(judged(again, [line('2026-10-13', 10_000n)], used).documents).toEqual([]);
  });
  test('nothing of it is cleared, and all of it is open', () => {
    expect([clearedBy(returned.documents), openOf(returned)]).toEqual([0n, 10_000n]);
  });
});

describe('the payout that a row brings back', () => {
  const row = { settlementId: '9', line: 3, amount: 10_000n, currency: 'USD', postedAt: '2026-11-15T12:00:00Z' };
  const at = (settlementId: string, end: string, more: Partial<Movement> = {}): Movement => ({
    ...awaited,
    externalId: `AMZ_x_DEP_${settlementId}_1`,
    settlementId,
    settlementEnd: end,
    ...more,
  });
  const [first, second] = [at('1', '2026-10-08T07:00:00Z'), at('2', '2026-10-22T07:00:00Z')];
  const held = (movement: Movement): Movement => ({ ...movement, state: 'posted', documents: [deposit] });
  test.each<[string, Movement[], string | null]>([
    ["one that failed by Amazon's word", [first, { ...held(second), ...failed }], '2'],
    ['else the oldest that was never credited', [held(first), second], '2'],
    ['else the last that was', [held(first), held(second)], '2'],
    ['never one that was brought back already', [{ ...first, ...broughtBack }], null],
    ['never one of another amount', [at('1', '2026-10-08T07:00:00Z', { amount: 9_999n })], null],
    ['never one that ended after the row', [at('1', '2026-11-16T07:00:00Z')], null],
  ])('is %s', (_, movements, settlementId) => {
    expect(payoutBroughtBack(row, movements)?.settlementId ?? null).toBe(settlementId);
  });
});
