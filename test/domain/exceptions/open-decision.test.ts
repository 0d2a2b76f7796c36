import { expect, test } from '@jest/globals';
import { openDecisionOf, type OpenDecision } from '../../../src/domain/exceptions/open-decision.ts';
import { payoutSubject } from '../../../src/domain/exceptions/exception.ts';

const of = { subject: payoutSubject('27800000001'), payout: '27800000001', key: 'a key' };
const wait = { kind: 'wait', until: 'it comes' } as const;

test.each<[string, Parameters<typeof openDecisionOf>[0], OpenDecision]>([
  [
    'a SKU without an item',
    { ...of, code: 'sku-unknown', remedy: { kind: 'map-sku', sku: 'a key' } },
    { kind: 'sku', key: 'a key' },
  ],
  [
    'an amount without an account',
    {
      ...of,
      code: 'unknown-amount',
      subject: { kind: 'amount', id: '["a","b","c"]' },
      remedy: { kind: 'map-amount', key: ['a', 'b', 'c'], role: null, beginning: null },
    },
    { kind: 'amount', key: ['a', 'b', 'c'] },
  ],
  [
    'a document that was settled differently',
    { ...of, code: 'document-differs', remedy: { kind: 'settle-difference', first: 'Look', document: 'a key' } },
    { kind: 'settleDifference', key: 'a key' },
  ],
  [
    'tax of another than the document says',
    { ...of, code: 'tax-collector-differs', remedy: { kind: 'correct-tax', order: '117-1', document: 'a key' } },
    { kind: 'correctTax', key: 'a key' },
  ],
  [
    'prices of a marketplace that are not proven',
    { ...of, code: 'prices-differ', remedy: { kind: 'confirm-prices', first: '', marketplace: 'amazon.co.uk' } },
    { kind: 'confirmPrices', key: 'amazon.co.uk' },
  ],
  [
    'what was paid and not reported',
    { ...of, code: 'report-reissued', remedy: { kind: 'settle-payout', first: 'Look', settlementId: '27800000001' } },
    { kind: 'settleDifference', key: '27800000001' },
  ],
  [
    'tax that is nobody’s',
    {
      ...of,
      code: 'tax-of-nobody',
      remedy: { kind: 'settle-payout', first: 'Look', settlementId: '27800000001', choice: 'leave' },
    },
    { kind: 'settleDifference', key: '27800000001' },
  ],
  [
    'a movement without a line',
    {
      ...of,
      code: 'bank-line-missing',
      remedy: { kind: 'match-deposit', settlementId: '27800000001', movement: 'payout' },
    },
    { kind: 'matchDeposit', key: '27800000001' },
  ],
  [
    'rows of the ledger that nobody knows',
    { ...of, payout: null, code: 'ledger-unknown', remedy: { kind: 'map-movement', eventType: 'A', reason: 'X' } },
    { kind: 'mapMovement', key: 'a key' },
  ],
  [
    'an adjustment that is held',
    { ...of, payout: null, code: 'adjustment-large', remedy: { kind: 'approve-adjustment', document: 'AMZ_x' } },
    { kind: 'approveAdjustment', key: 'a key' },
  ],
])('%s is a decision', (_, raised, decision) => {
  expect(openDecisionOf(raised, true)).toEqual(decision);
});

test.each([
  [
    'a gap before a payout',
    { ...of, code: 'chain-broken', remedy: { kind: 'open-chain', settlementId: '27800000001' } },
    true,
  ],
  [
    'a movement where no line names Amazon',
    {
      ...of,
      code: 'bank-line-missing',
      remedy: { kind: 'match-deposit', settlementId: '27800000001', movement: 'payout' },
    },
    false,
  ],
  [
    'money that the bank took back',
    {
      ...of,
      code: 'transfer-failed',
      remedy: { kind: 'match-deposit', settlementId: '27800000001', movement: 'return' },
    },
    true,
  ],
  ['a report whose journal is still posted anew', { ...of, code: 'report-reissued', remedy: wait }, true],
  [
    'a document of somebody else under our key',
    {
      ...of,
      code: 'document-differs',
      remedy: { kind: 'try-again', first: 'Mend it', of: 'payout', id: '27800000001' },
    },
    true,
  ],
  [
    'a document that is missing',
    { ...of, code: 'document-missing', remedy: { kind: 'status', of: 'order', id: 'a key' } },
    true,
  ],
  [
    'a refund that nobody tells',
    { ...of, code: 'document-missing', remedy: { kind: 'book-refund', orderId: '117-1', settlementId: '27800000001' } },
    true,
  ],
  [
    'a refund with an unknown part that a settlement pays',
    { ...of, code: 'refund-unclear', remedy: { kind: 'book-refund', orderId: '117-1', settlementId: '27800000001' } },
    true,
  ],
  [
    'a refund with an unknown part that no settlement pays yet',
    { ...of, code: 'refund-unclear', remedy: { kind: 'book-refund', orderId: '117-1', settlementId: null } },
    true,
  ],
] as const)('%s is none', (_, raised, linesNameAmazon) => {
  expect(openDecisionOf(raised, linesNameAmazon)).toBeNull();
});
