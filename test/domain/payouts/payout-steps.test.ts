import { expect, test } from '@jest/globals';
import { keptBy, payoutIs, reopened, type PayoutState } from '../../../src/domain/payouts/payout-states.ts';
import { stepsOf } from '../../../src/domain/payouts/payout-steps.ts';

const JOURNAL = { key: { purpose: 'JE' }, state: 'posted' } as const;
const facts = { rows: 5, sum: 100n, documents: [JOURNAL], movements: [{ state: 'posted', date: '2026-10-16' }] };
const ALL: PayoutState[] = [
  'found',
  'staged',
  'works',
  'waits-amount',
  'waits-documents',
  'waits-bank',
  'held',
  'stopped',
  'refused',
  'tied',
  'planned',
  'left-alone',
];

test.each(['works', 'stopped', 'held', 'waits-documents'] as const)(
  'a journal that is posted is so while the payout is %s',
  (state) => {
    expect(stepsOf({ ...facts, settlement: { state, total: 100n } })).toEqual({
      rows: 'done',
      total: 'done',
      journal: 'done',
      deposit: 'done',
      bank: 'done',
    });
  },
);

test('without statements the bank has the date of Amazon', () => {
  expect(
    stepsOf({
      ...facts,
      settlement: { state: 'tied', total: 100n },
      movements: [{ state: 'posted', date: '2026-10-16' }],
    }).bank,
  ).toBe('done');
});

test('each state is at work, waits for news or for a person, or is at its end', () => {
  const meanings = ALL.map(
    (state) =>
      [payoutIs.atWork, payoutIs.waitingForNews, payoutIs.waitingForPerson, payoutIs.ended].filter((is) => is(state))
        .length,
  );
  expect(meanings).toEqual(ALL.map(() => 1));
});

test('a late step leaves a tied payout alone, and sets none to work that is at rest', () => {
  expect([keptBy('works'), keptBy('waits-bank'), keptBy('tied')]).toEqual([
    ['waits-documents', 'waits-bank', 'held', 'tied'],
    ['tied'],
    ['tied'],
  ]);
});

test('one that is opened again is at work, unless its next step needs to know where it is', () => {
  expect(ALL.filter((state) => reopened(state) === state)).toEqual([
    'found',
    'staged',
    'works',
    'waits-amount',
    'refused',
    'planned',
  ]);
});
