/** Refunds that Finances tells after a journal has booked their claim. */
import { expect, test } from '@jest/globals';
import { answerClaims, type RowsWithoutRefund } from '../../../src/domain/payouts/answer-claims.ts';

const rows = (kind: RowsWithoutRefund['kind'], postedAt: string, amount: bigint): RowsWithoutRefund => ({
  kind,
  settlementId: '1',
  postedAt,
  amount,
});
const told = (key: string, postedAt: string, total: bigint) => ({ key, postedAt, total });
const answers = (...[refunds, standing]: Parameters<typeof answerClaims>) =>
  [...answerClaims(refunds, standing)].map(([key, { postedAt }]) => `${key} is ${postedAt}`).sort();

const CLAIM = '2026-10-05T12:00:00Z';

test.each([
  ['of its amount and second', CLAIM, 2500n, 1],
  ['of its amount, 48 hours later', '2026-10-07T12:00:00Z', 2500n, 1],
  ['of its amount, 48 hours earlier', '2026-10-03T12:00:00Z', 2500n, 1],
  ['of its amount, more than 48 hours later', '2026-10-07T12:00:01Z', 2500n, 0],
  ['of another amount, an hour later', '2026-10-05T13:00:00Z', 2400n, 0],
  ['of its second, whatever Finances makes of the amount', CLAIM, 2400n, 1],
])('a claim answers a refund %s', (_, postedAt, total, times) =>
  expect(answers([told('r', postedAt, total)], [rows('claim', CLAIM, 2500n)])).toHaveLength(times),
);

test('a claim answers one refund, the nearest; the other gets its memo', () => {
  expect(
    answers(
      [told('far', '2026-10-06T12:00:00Z', 2500n), told('near', '2026-10-05T11:00:00Z', 2500n)],
      [rows('claim', CLAIM, 2500n)],
    ),
  ).toEqual([`near is ${CLAIM}`]);
});
test('two equal claims answer two refunds, each its nearest', () => {
  const later = '2026-10-06T12:00:00Z';
  expect(
    answers(
      [told('a', '2026-10-06T10:00:00Z', 2500n), told('b', '2026-10-05T10:00:00Z', 2500n)],
      [rows('claim', CLAIM, 2500n), rows('claim', later, 2500n)],
    ),
  ).toEqual([`a is ${later}`, `b is ${CLAIM}`]);
});
test('a refund whose own rows wait for their memo is no claim, near as one may be', () => {
  const refund = '2026-10-05T20:00:00Z';
  expect(answers([told('r', refund, 2500n)], [rows('claim', CLAIM, 2500n), rows('refund', refund, 2500n)])).toEqual([]);
  expect(
    answers(
      [told('r', refund, 2500n), told('c', CLAIM, 2500n)],
      [rows('claim', CLAIM, 2500n), rows('refund', refund, 2500n)],
    ),
  ).toEqual([`c is ${CLAIM}`]);
});
