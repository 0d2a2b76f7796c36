import { describe, expect, test } from '@jest/globals';
import { explainStatement, type KnownLine } from '../../../src/domain/matching/explain-statement.ts';

const line = (more: Partial<KnownLine>): KnownLine => ({
  date: '2026-10-16',
  amount: 792142n,
  currency: 'USD',
  description: 'AMAZON.COM MKTPL 6017',
  transactionId: null,
  movement: null,
  expectedBy: null,
  ...more,
});
const payout = { externalId: 'AMZ_x_DEP_20001234561_1', settlementId: '20001234561', kind: 'payout', traceId: '6017' };

describe('a statement that was taken in', () => {
  test('says which line is which payout, and by what it was known', () => {
    const story = explainStatement(
      [
        line({ movement: payout }),
        line({ movement: { ...payout, traceId: null } }),
        line({ movement: { ...payout, traceId: '99', kind: 'micro-deposit' } }),
      ],
      () => 'tied',
    );
    expect(story.amazon.map(({ what, how }) => [what, how])).toEqual([
      ['payout 20001234561', 'by trace id'],
      ['payout 20001234561', 'by amount and date'],
      ['micro deposit of 20001234561', 'by amount and date'],
    ]);
    expect(story).toMatchObject({ matched: 3, others: 0 });
  });

  test('says that a payout waits for its journal, or will find its line by itself', () => {
    const waiting = line({ expectedBy: '20001234562' });
    expect(explainStatement([waiting], () => 'waits-amount').amazon[0]).toMatchObject({
      what: 'payout 20001234562',
      how: 'waits for its journal',
      matched: false,
      soon: false,
    });
    expect(explainStatement([waiting], () => 'waits-bank').amazon[0]).toMatchObject({
      how: 'not matched yet',
      soon: true,
    });
  });

  test("does not take the seller's own shopping for Amazon's", () => {
    expect(
      explainStatement(
        [line({ amount: -4318n, description: 'AMZN MKTP US' }), line({ description: 'SHOPIFY PAYOUT' })],
        () => null,
      ),
    ).toMatchObject({ amazon: [], matched: 0, others: 2 });
  });

  test('shows money from Amazon that no payout explains', () => {
    expect(explainStatement([line({})], () => null)).toMatchObject({
      amazon: [{ what: 'no payout that is known', matched: false }],
      matched: 0,
    });
  });
});
