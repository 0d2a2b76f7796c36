/** Which refund rows a person may book, why there may be none, and which unclear refunds they are. */
import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import type { RefundFact } from '../../../src/domain/orders/order-facts.ts';
import { answerUnclear } from '../../../src/domain/payouts/answer-unclear.ts';
import { explainNoRefundRows, judgeRefundRows } from '../../../src/domain/payouts/judge-refund-rows.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';

const [T1, T2, FAR] = ['2026-10-07T11:00:00Z', '2026-10-07T12:00:00Z', '2026-10-10T12:00:00Z'];
const rows = (postedAt: string, more: object = {}) => ({
  orderId: '117-1',
  kind: 'refund' as const,
  postedAt,
  amount: -1000n,
  document: null,
  awaits: null,
  ...more,
});
const pending = (key: string, postedAt: string, principal = -1000n, orderId = '117-1') => ({
  key,
  fact: {
    orderId,
    postedAt,
    transactionId: key,
    marketplaceName: null,
    currency: 'USD',
    items: [{ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal } }],
  } satisfies RefundFact,
});
const keys = (...given: Parameters<typeof judgeRefundRows>) => judgeRefundRows(...given).map(({ key }) => key);

describe('refund rows', () => {
  test('are the refund of their document, posted or on its way', () => {
    expect(
      keys(
        [
          rows(T1, { document: 'AMZ_demo-us_CM_117-1-20261007T110000_1' }),
          rows(T2, { awaits: 'AMZ_demo-us_CM_117-1-20261007T120000-2_1' }),
        ],
        [],
      ),
    ).toEqual(['117-1-20261007T110000', '117-1-20261007T120000-2']);
  });
  test('are to be booked where nobody told of them; claims, sales and what comes to nothing never', () => {
    expect(
      keys([rows(T1), rows(T2, { kind: 'claim' }), rows(T2, { kind: 'sale' }), rows(T2, { amount: 0n })], []),
    ).toEqual([null]);
  });
  test('are a refund that waits for its memo: of their second, or the nearest of their amount', () => {
    expect(keys([rows(T1)], [pending('a', T1, -700n)])).toEqual(['a']);
    expect(keys([rows(T1), rows(T2)], [pending('a', '2026-10-07T11:50:00Z')])).toEqual([null, 'a']);
    expect(keys([rows(T1)], [pending('a', FAR), pending('b', T2, -700n), pending('c', T1, -1000n, '117-2')])).toEqual([
      null,
    ]);
  });
});

describe('why an order has nothing to book', () => {
  const row = (transactionType: string, booked: Role | null) =>
    ({ transactionType, booked }) as SettlementRow & { booked: Role | null };
  const say = (some: ReturnType<typeof row>[], ours = false) => explainNoRefundRows('117-1', '1', some, () => ours);
  test.each([
    ['no rows', [], 'refunds nothing of order 117-1: wait for the settlement that pays the refund'],
    ['a sale alone', [row('Order', 'clearing')], 'refunds nothing'],
    ['a settlement that is being read', [row('Refund', null)], 'still being read'],
    ['a sale of another system', [row('Refund', 'merchant-orders')], 'sale of another system'],
    ['what the old books have', [row('Refund', 'opening-balance')], 'the old books have it'],
    ['a claim', [row('A-to-z Guarantee Refund', 'chargebacks-and-claims')], 'is a claim'],
  ])('%s', (_, some, sentence) => expect(say(some)).toContain(sentence));
  test('there is none where a refund of ours is among them', () =>
    expect(
      say([row('Refund', 'clearing'), row('A-to-z Guarantee Refund', 'chargebacks-and-claims')], true),
    ).toBeNull());
});

describe('refunds with an unknown part', () => {
  const unclear = (transactionId: string, postedAt: string) => ({ transactionId, postedAt });
  const answered = (...given: Parameters<typeof answerUnclear>) => Object.fromEntries(answerUnclear(...given));
  test('are the rows of their second, all of them', () => {
    expect(
      answered([unclear('A', T1), unclear('B', T1), unclear('C', T2)], [{ key: 'k1', postedAt: T1, booked: true }]),
    ).toEqual({ A: 'k1', B: 'k1' });
  });
  test('else one each: what is booked now first, then the nearest, at any distance', () => {
    expect(
      answered(
        [unclear('A', T1), unclear('B', T2)],
        [
          { key: 'near', postedAt: '2026-10-07T12:00:01Z', booked: false },
          { key: 'far', postedAt: FAR, booked: true },
        ],
      ),
    ).toEqual({ B: 'far', A: 'near' });
    expect(answered([unclear('A', T1), unclear('B', T2)], [{ key: 'k', postedAt: FAR, booked: true }])).toEqual({
      B: 'k',
    });
  });
});
