/** Who may not sign a month of whose items he has carried one himself. */
import { expect, test } from '@jest/globals';
import { ownActOf, type ActTaken } from '../../../src/domain/period/four-eyes.ts';

const act = (audit: number, by: string, over: Partial<ActTaken> = {}): ActTaken => ({
  action: 'carry-item',
  by,
  audit,
  period: '2026-10',
  item: 'tax',
  currency: 'GBP',
  ...over,
});
const other = { action: 'match-deposit', period: null, item: null, currency: null };

test('whoever carried, or took another act of it, does not sign; whoever did nothing does', () => {
  const acts = [act(1, 'maria'), act(2, 'ben', other)];
  expect(ownActOf('maria', '2026-10', acts)?.audit).toBe(1);
  expect(ownActOf('ben', '2026-10', acts)?.audit).toBe(2);
  expect(ownActOf('ana', '2026-10', acts)).toBeNull();
  // What was carried of another month is that month's.
  expect(ownActOf('maria', '2026-11', acts)).toBeNull();
});

test('who carries an item anew answers for it, and whoever carried it before may sign', () => {
  const acts = [act(1, 'maria'), act(2, 'ben'), act(3, 'ben', { item: 'stock', currency: null })];
  expect(ownActOf('maria', '2026-10', acts)).toBeNull();
  expect(ownActOf('ben', '2026-10', acts)?.audit).toBe(2);
  // Of another currency or item it is another thing.
  expect(ownActOf('maria', '2026-10', [act(1, 'maria'), act(2, 'ben', { currency: 'EUR' })])?.audit).toBe(1);
});
