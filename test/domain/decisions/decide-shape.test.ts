import { describe, expect, test } from '@jest/globals';
import {
  decideBookRefundShape,
  decideMapAmountShape,
  decideMapSkuShape,
  decideMatchDepositShape,
  decideOpenChainShape,
  decideReadAgainShape,
} from '../../../src/domain/decisions/decide-shape.ts';

const KEY = {
  transactionType: 'other-transaction',
  amountType: 'other-transaction',
  amountDescription: 'FBA Inbound Dock Fee',
};
const RESERVE = ['other-transaction', 'other-transaction', 'Current Reserve Amount'];

describe('the shape of mapSku', () => {
  const mapping = (units?: unknown) => ({ sku: 'TEA-TIN-3', item: 'TEA-TIN', by: 'maria', why: 'a pack', units });
  test.each([undefined, 1, 3, 1_000_000])('is right with %s units', (units) => {
    expect(decideMapSkuShape(mapping(units))).toBeNull();
  });

  test.each([0, -3, 1.5, 1_000_001, '3', null, Number.NaN])('is wrong with %s units', (units) => {
    expect(decideMapSkuShape(mapping(units))).toBe(
      `"${String(units)}" is not how many units of an item a SKU is: a whole number from 1 to 1000000.`,
    );
  });
});

describe('the shape of mapAmount', () => {
  test.each<[string, object]>([
    ['a role', { ...KEY, role: 'inbound', by: 'ana', why: 'dock' }],
    ['a beginning', { ...KEY, amountDescription: 'FBA Inbound Dock Fee…', role: 'inbound', by: 'ana', why: 'dock' }],
    ['a known key, with a reason', { ...KEY, sameAs: RESERVE, by: 'ana', why: 'renamed' }],
  ])('is right with %s', (_, decision) => {
    expect(decideMapAmountShape(decision)).toBeNull();
  });

  test.each<[string, object, string]>([
    ['neither role nor known key', { ...KEY, by: 'ana' }, 'one of `role` and `sameAs`'],
    ['both', { ...KEY, role: 'inbound', sameAs: RESERVE, by: 'ana', why: 'x' }, 'one of `role` and `sameAs`'],
    ['a role that does not exist', { ...KEY, role: 'inbond', by: 'ana' }, '"inbond" is not a role'],
    ['a role with mechanics', { ...KEY, role: 'balance-due-to-amazon', by: 'ana' }, 'set-off'],
    ['a known key without a reason', { ...KEY, sameAs: RESERVE, by: 'ana' }, 'needs `why`'],
    ['a known key of two words', { ...KEY, sameAs: ['a', 'b'], by: 'ana', why: 'x' }, 'needs as `sameAs`'],
    ['a beginning of nothing', { ...KEY, amountDescription: '…', role: 'inbound', by: 'ana', why: 'dock' }, 'too much'],
    ['a role without a reason', { ...KEY, role: 'inbound', by: 'ana' }, 'needs `why`'],
    ['nobody who decides', { ...KEY, role: 'inbound' }, 'needs `by`'],
    ['no description', { ...KEY, amountDescription: ' ', role: 'inbound', by: 'ana' }, 'as the report writes them'],
  ])('is wrong with %s', (_, decision, sentence) => {
    expect(decideMapAmountShape(decision)).toContain(sentence);
  });
});

const said = { by: 'maria', why: 'case 1234' };
const MATCH = {
  settlementId: '31200000003',
  movement: 'payout',
  lines: [{ date: '2026-10-24', amount: '200.00', description: '' }, { number: 7 }],
  ...said,
};

test('lines are assigned to a movement that has a name, each line named one way, with a reason', () => {
  expect(decideMatchDepositShape(MATCH)).toBeNull();
  for (const movement of ['return', 'micro-1', 'charge-12'])
    expect(decideMatchDepositShape({ ...MATCH, movement })).toBeNull();
  for (const movement of ['', 'micro', 'micro-0', 'deposit'])
    expect(decideMatchDepositShape({ ...MATCH, movement })).toContain('is not a movement');
  for (const lines of [[], [{ number: 0 }], [{ date: '2026-10-24', amount: '200.00' }], 'all'])
    expect(decideMatchDepositShape({ ...MATCH, lines })).toContain('`lines`');
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

test('a refund is booked of an order, from a settlement, by somebody, for a reason', () => {
  const book = { orderId: '117-0000001-0000001', settlementId: '31200000003', ...said };
  expect(decideBookRefundShape(book)).toBeNull();
  for (const field of ['orderId', 'settlementId', 'by', 'why'])
    expect(decideBookRefundShape({ ...book, [field]: ' ' })).toContain(`\`${field}\``);
  expect(decideBookRefundShape(null)).toContain('`orderId`');
});

test('a source is read again from an instant that there is, by somebody, for a reason', () => {
  const again = { what: 'refunds', from: '2026-10-01T00:00:00Z', ...said };
  for (const what of ['orders', 'shipments', 'refunds', 'settlements'])
    expect(decideReadAgainShape({ ...again, what })).toBeNull();
  for (const what of ['fees', '', undefined, 'Orders'])
    expect(decideReadAgainShape({ ...again, what })).toContain('there are orders, shipments, refunds, settlements');
  for (const from of [
    '',
    '2026-10-01',
    '2026-02-30T00:00:00Z',
    '2026-10-01T00:00:00',
    '2026-10-01T00:00:00+02:00',
    '2026-10-01T00:00:00.000Z',
    'yesterday',
    1,
    null,
  ])
    expect(decideReadAgainShape({ ...again, from })).toContain('an instant in UTC');
  for (const field of ['by', 'why']) expect(decideReadAgainShape({ ...again, [field]: ' ' })).toContain(`\`${field}\``);
  expect(decideReadAgainShape(null)).toContain('cannot be read again');
});
