/** What a transaction of Finances is to the refunds that are known of its order. */
import { describe, expect, test } from '@jest/globals';
import type { RefundFact } from '../../../src/domain/orders/order-facts.ts';
import { placeRefund, type KnownRefund } from '../../../src/domain/orders/place-refund.ts';
import { parseRefundKey, refundKey } from '../../../src/domain/identifiers/external-id.ts';

const AT = '2026-10-10T15:00:00Z';
const item = (principal: bigint) => ({ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal } });
const told = (transactionId: string, more: Partial<RefundFact> = {}): RefundFact => ({ orderId: '113-1', postedAt: AT, transactionId, marketplaceName: 'Amazon.com', currency: 'USD', items: [item(-1000n)], ...more });
const known = (fact: RefundFact, more: Partial<KnownRefund> = {}): KnownRefund => ({ key: '113-1-20261010T150000', fact, transactions: [fact.transactionId], open: true, ...more });

describe('a transaction', () => {
  test('of a second of its own is a refund of its own', () => {
    expect(placeRefund(told('T2', { postedAt: '2026-10-10T15:00:01Z' }), [known(told('T1'))])).toEqual({ kind: 'new', number: 1 });
  });
  test('of the second of another is one refund with it while nothing is written down, equal as they may be', () => {
    expect(placeRefund(told('T2'), [known(told('T1'))])).toMatchObject({ kind: 'joins', key: '113-1-20261010T150000', fact: { transactionId: 'T1', items: [item(-1000n), item(-1000n)] } });
  });
  test('told after the documents of its second were written down is numbered on', () => {
    const first = known(told('T1'), { open: false });
    expect(placeRefund(told('T2'), [first])).toEqual({ kind: 'new', number: 2 });
    expect(placeRefund(told('T3'), [first, known(told('T2'), { key: '113-1-20261010T150000-2', open: false })])).toEqual({ kind: 'new', number: 3 });
    expect(placeRefund(told('T3'), [first, known(told('T2'), { key: '113-1-20261010T150000-2' })])).toMatchObject({ kind: 'joins', key: '113-1-20261010T150000-2' });
  });
});

describe('the release of a deferred refund is that refund', () => {
  const release = '2026-10-17T15:00:00Z';
  test.each([
    ['named by the release', told('T1', { alsoKnownAs: ['T2'], postedAt: release }), known(told('T1', { deferred: true }))],
    ['named by the deferred record alone', told('T2', { postedAt: release }), known(told('T1', { deferred: true, alsoKnownAs: ['T2'] }), { transactions: ['T1', 'T2'] })],
    ['known by its amounts where neither names the other', told('T2', { postedAt: release }), known(told('T1', { deferred: true }))],
    ['and the other way about', told('T1', { deferred: true }), known(told('T2', { postedAt: release }))],
  ])('%s', (_, told, before) => expect(placeRefund(told, [before])).toEqual({ kind: 'known', key: before.key }));

  test.each([
    ['of another amount', told('T2', { items: [item(-900n)] }), known(told('T1', { deferred: true }))],
    ['where none of the two was deferred', told('T2'), known(told('T1'))],
    ['of one that has its release', told('T3'), known(told('T1', { deferred: true }), { transactions: ['T1', 'T2'] })],
  ])('but not one %s', (_, told, before) => expect(placeRefund(told, [before]).kind).toBe('joins'));
});

test.each([['113-1000001-0000001', 1, '113-1000001-0000001-20261010T150000'], ['S01-2', 2, 'S01-2-20261010T150000-2'], ['113-1', 12, '113-1-20261010T150000-12']])(
  'the key of a refund of %s, the %i. of its second, is read back', (orderId, number, key) => {
    expect(refundKey(orderId, AT, number)).toBe(key);
    expect(parseRefundKey(key)).toEqual({ orderId, postedAt: AT, number });
  });
test.each(['113-1000001-0000001-Da1', '113-1-20261010T150000-1', '113-1-20261010T150000-x', '20261010T150000'])('%s is no key of a refund', (text) => expect(parseRefundKey(text)).toBeNull());
