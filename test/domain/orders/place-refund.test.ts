/** What a transaction of Finances is to the refunds that are known of its order. */
import { describe, expect, test } from '@jest/globals';
import type { RefundFact } from '../../../src/domain/orders/order-facts.ts';
import { placeRefund, type KnownRefund } from '../../../src/domain/orders/place-refund.ts';
import { parseRefundKey, refundKey } from '../../../src/domain/identifiers/external-id.ts';

const AT = '2026-10-10T15:00:00Z';
const item = (principal: bigint) => ({ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal } });
const told = (transactionId: string, more: Partial<RefundFact> = {}): RefundFact => ({
  orderId: '113-1',
  postedAt: AT,
  transactionId,
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  items: [item(-1000n)],
  ...more,
});
const known = (fact: RefundFact, more: Partial<KnownRefund> = {}): KnownRefund => ({
  key: '113-1-20261010T150000',
  fact,
  transactions: [fact.transactionId],
  open: true,
  ...more,
});

describe('a transaction', () => {
  test('of a second of its own is a refund of its own', () => {
    expect(placeRefund(told('T2', { postedAt: '2026-10-10T15:00:01Z' }), [known(told('T1'))])).toEqual({
      kind: 'new',
      number: 1,
    });
  });
  test('of the second of another is one refund with it while nothing is written down, equal as they may be', () => {
    expect(placeRefund(told('T2'), [known(told('T1'))])).toMatchObject({
      kind: 'joins',
      key: '113-1-20261010T150000',
      fact: { transactionId: 'T1', items: [item(-1000n), item(-1000n)] },
    });
  });
  test('told after the documents of its second were written down is numbered on', () => {
    const first = known(told('T1'), { open: false });
    expect(placeRefund(told('T2'), [first])).toEqual({ kind: 'new', number: 2 });
    expect(
      placeRefund(told('T3'), [first, known(told('T2'), { key: '113-1-20261010T150000-2', open: false })]),
    ).toEqual({ kind: 'new', number: 3 });
    expect(placeRefund(told('T3'), [first, known(told('T2'), { key: '113-1-20261010T150000-2' })])).toMatchObject({
      kind: 'joins',
      key: '113-1-20261010T150000-2',
    });
  });
});

describe('the release of a deferred refund is that refund', () => {
  const release = '2026-10-17T15:00:00Z';
  test.each([
    [
      'named by the release',
      told('T1', { alsoKnownAs: ['T2'], postedAt: release }),
      known(told('T1', { deferred: true })),
    ],
    [
      'named by the deferred record alone',
      told('T2', { postedAt: release }),
      known(told('T1', { deferred: true, alsoKnownAs: ['T2'] }), { transactions: ['T1', 'T2'] }),
    ],
    [
      'known by its amounts where neither names the other',
      told('T2', { postedAt: release }),
      known(told('T1', { deferred: true })),
    ],
    ['and the other way about', told('T1', { deferred: true }), known(told('T2', { postedAt: release }))],
  ])('%s', (_, told, before) => expect(placeRefund(told, [before])).toEqual({ kind: 'known', key: before.key }));

  test.each([
    ['of another amount', told('T2', { items: [item(-900n)] }), known(told('T1', { deferred: true }))],
    ['where none of the two was deferred', told('T2'), known(told('T1'))],
    ['of one that has its release', told('T3'), known(told('T1', { deferred: true }), { transactions: ['T1', 'T2'] })],
  ])('but not one %s', (_, told, before) => expect(placeRefund(told, [before]).kind).toBe('joins'));
});

describe('a refund that a person booked from the rows of a settlement', () => {
  const NEAR = '2026-10-11T15:00:00Z';
  const FAR = '2026-10-12T15:00:01Z';
  const booked = (toldAs?: RefundFact, more: Partial<KnownRefund> = {}): KnownRefund =>
    known(told('rows', { fromRows: { settlementId: '1', ...(toldAs ? { toldAs } : {}) } }), {
      open: false,
      transactions: toldAs ? [toldAs.transactionId] : [],
      ...more,
    });
  const isBooked = { kind: 'booked', key: '113-1-20261010T150000' };

  test.each<[string, RefundFact, KnownRefund]>([
    ['its second and amount', told('T1'), booked()],
    ['its second, whatever Finances makes of the amount', told('T1', { items: [item(-900n)] }), booked()],
    ['its second, while its documents are not written down yet', told('T1'), booked(undefined, { open: true })],
    ['its amount, within 48 hours', told('T1', { postedAt: NEAR }), booked()],
    [
      'a part that nobody knows, within 48 hours',
      told('T1', { postedAt: NEAR, incomplete: true, items: [item(-1n)] }),
      booked(),
    ],
    [
      'its second, in a further record',
      told('T2', { items: [item(-400n)] }),
      booked(told('T1', { items: [item(-600n)] })),
    ],
  ])('is what Finances tells later of %s', (_, late, before) => {
    expect(placeRefund(late, [before])).toMatchObject(isBooked);
  });
  test('keeps its own items, and the first record that Finances told of it', () => {
    const first = told('T1', { items: [item(-600n)] });
    const place = placeRefund(first, [booked()]);
    expect(place).toMatchObject({
      fact: { transactionId: 'rows', items: [item(-1000n)], fromRows: { settlementId: '1', toldAs: first } },
    });
    expect(placeRefund(told('T2'), [booked(first)])).toMatchObject({
      fact: { fromRows: { toldAs: { transactionId: 'T1' } } },
    });
  });
  test.each<[string, RefundFact, KnownRefund]>([
    ['of another amount and second', told('T1', { postedAt: NEAR, items: [item(-900n)] }), booked()],
    ['more than 48 hours away', told('T1', { postedAt: FAR }), booked()],
    ['of another second, once Finances has told it', told('T2', { postedAt: NEAR }), booked(told('T1'))],
  ])('is not one %s', (_, late, before) => {
    expect(placeRefund(late, [before])).toEqual({ kind: 'new', number: late.postedAt === AT ? 2 : 1 });
  });
  test('leaves to rows that miss their document what is nearer to them', () => {
    const rows = { postedAt: NEAR, amount: 1000n };
    expect(placeRefund(told('T1', { postedAt: '2026-10-11T14:00:00Z' }), [booked()], [rows])).toEqual({
      kind: 'new',
      number: 1,
    });
    expect(placeRefund(told('T1', { postedAt: '2026-10-10T16:00:00Z' }), [booked()], [rows])).toMatchObject(isBooked);
    // A unit more of its second, in another settlement.
    expect(placeRefund(told('T2'), [booked(told('T1'))], [{ postedAt: AT, amount: 1000n }])).toEqual({
      kind: 'new',
      number: 2,
    });
  });
  test('is what the unlinked release of its first record is', () => {
    const release = told('T2', { postedAt: FAR });
    expect(placeRefund(release, [booked(told('T1', { deferred: true }))])).toEqual({
      kind: 'known',
      key: isBooked.key,
    });
    // Told deferred with an unknown part, released in full: it comes to what the rows came to.
    expect(
      placeRefund(release, [booked(told('T1', { deferred: true, incomplete: true, items: [item(-600n)] }))]),
    ).toEqual({ kind: 'known', key: isBooked.key });
    expect(placeRefund(release, [booked()])).toEqual({ kind: 'new', number: 1 });
  });
  test('of two of one second each answers a record of its amount', () => {
    const two = [
      booked(),
      booked(undefined, {
        key: '113-1-20261010T150000-2',
        fact: told('rows', { items: [item(-700n)], fromRows: { settlementId: '1' } }),
      }),
    ];
    expect(placeRefund(told('T1', { items: [item(-700n)] }), two)).toMatchObject({
      kind: 'booked',
      key: '113-1-20261010T150000-2',
    });
  });
});

test.each([
  ['113-1000001-0000001', 1, '113-1000001-0000001-20261010T150000'],
  ['S01-2', 2, 'S01-2-20261010T150000-2'],
  ['113-1', 12, '113-1-20261010T150000-12'],
])('the key of a refund of %s, the %i. of its second, is read back', (orderId, number, key) => {
  expect(refundKey(orderId, AT, number)).toBe(key);
  expect(parseRefundKey(key)).toEqual({ orderId, postedAt: AT, number });
});
test.each(['113-1000001-0000001-Da1', '113-1-20261010T150000-1', '113-1-20261010T150000-x', '20261010T150000'])(
  '%s is no key of a refund',
  (text) => expect(parseRefundKey(text)).toBeNull(),
);
