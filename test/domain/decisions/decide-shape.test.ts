import { expect, test } from '@jest/globals';
import { decideMatchDepositShape, decideOpenChainShape } from '../../../src/domain/decisions/decide-shape.ts';

const said = { by: 'maria', why: 'case 1234' };
const MATCH = { settlementId: '31200000003', movement: 'payout', lines: [{ date: '2026-10-24', amount: '200.00', description: '' }, { number: 7 }], ...said };

test('lines are assigned to a movement that has a name, each line named one way, with a reason', () => {
  expect(decideMatchDepositShape(MATCH)).toBeNull();
  for (const movement of ['return', 'micro-1', 'charge-12']) expect(decideMatchDepositShape({ ...MATCH, movement })).toBeNull();
  for (const movement of ['', 'micro', 'micro-0', 'deposit']) expect(decideMatchDepositShape({ ...MATCH, movement })).toContain('is not a movement');
  for (const lines of [[], [{ number: 0 }], [{ date: '2026-10-24', amount: '200.00' }], 'all']) expect(decideMatchDepositShape({ ...MATCH, lines })).toContain('`lines`');
  expect(decideMatchDepositShape({ ...MATCH, settlementId: ' ' })).toContain('`settlementId`');
  expect(decideMatchDepositShape({ ...MATCH, why: '' })).toContain('`why`');
  expect(decideMatchDepositShape(null)).toContain('`settlementId`');
});

test('a chain is opened at a settlement, by somebody, for a reason', () => {
  expect(decideOpenChainShape({ settlementId: '31200000003', ...said })).toBeNull();
  expect(decideOpenChainShape({ ...said })).toContain('`settlementId`');
  expect(decideOpenChainShape({ settlementId: '31200000003', why: 'w' })).toContain('`by`');
  expect(decideOpenChainShape({ settlementId: '31200000003', by: 'maria' })).toContain('`why`');
});
