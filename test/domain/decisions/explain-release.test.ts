import { describe, expect, test } from '@jest/globals';
import {
  explainPayoutRelease,
  explainRelease,
  type ReleasedOrder,
} from '../../../src/domain/decisions/explain-release.ts';
import { renderPayoutRelease, renderSkuRelease } from '../../../src/domain/decisions/render-release.ts';

const posted = (orderId: string, total: bigint, currency = 'USD'): ReleasedOrder => ({
  orderId,
  state: 'ordered',
  blockedBy: null,
  salesOrder: { total, currency },
});
const waits = (orderId: string, blockedBy: string): ReleasedOrder => ({
  orderId,
  state: 'waits',
  blockedBy,
  salesOrder: null,
});

describe('what a mapped SKU released', () => {
  test('is every order with its Sales Order, summed by currency', () => {
    const release = explainRelease(
      'BLU-MUG-2',
      ['a', 'b', 'c'],
      [posted('a', 2399n), posted('b', 1000n), posted('c', 500n, 'CAD')],
    );
    expect(release).toEqual({
      of: 3,
      released: 3,
      salesOrders: 3,
      stopped: 0,
      waiting: 0,
      amounts: [
        { currency: 'USD', amount: 3399n },
        { currency: 'CAD', amount: 500n },
      ],
    });
    expect(renderSkuRelease(release, 6.24)).toBe(
      '✓ 3 of 3 orders released · 3 sales orders · 33.99 USD · 5.00 CAD   6.2 s',
    );
  });

  test('is not an order that still names the SKU among those it waits for', () => {
    const release = explainRelease('BLU-MUG-2', ['a', 'b'], [posted('a', 2399n), waits('b', 'RED-MUG, BLU-MUG-2')]);
    expect(release).toMatchObject({ released: 1, waiting: 1 });
    expect(renderSkuRelease(release, 30)).toBe(
      '… 1 of 2 orders released · 1 sales order · 23.99 USD · the other follows by itself   30.0 s',
    );
  });

  test('is an order that now waits for another SKU alone, whose name merely begins alike', () => {
    expect(explainRelease('BLU-MUG', ['a'], [waits('a', 'BLU-MUG-2')])).toMatchObject({
      released: 1,
      salesOrders: 0,
      waiting: 0,
    });
  });

  test('counts an order that NetSuite refused as released and says so', () => {
    const release = explainRelease('X', ['a'], [{ orderId: 'a', state: 'stopped', blockedBy: null, salesOrder: null }]);
    expect(renderSkuRelease(release, 1)).toBe(
      '✓ 1 of 1 order released · 1 refused by NetSuite: npx tieout exceptions   1.0 s',
    );
  });

  test('waits for an order that is on its way to its Sales Order', () => {
    expect(
      explainRelease('X', ['a'], [{ orderId: 'a', state: 'seen', blockedBy: null, salesOrder: null }]).waiting,
    ).toBe(1);
  });

  test('may be nobody', () => {
    expect(renderSkuRelease(explainRelease('X', [], []), 0.4)).toBe(
      '✓ no order waits for it; it holds for those to come',
    );
  });
});

describe('what a mapped amount type released', () => {
  const payout = (state: string, debits: bigint | null = null) => ({
    settlementId: '20001234562',
    state,
    currency: 'USD',
    debits,
  });

  test('is a payout that is tied, with its debits and credits', () => {
    expect(renderPayoutRelease([explainPayoutRelease(payout('tied', 1224639n), false)], 9.8)).toEqual([
      '✓ 1 of 1 payout released · 20001234562 tied · 12,246.39 Dr = Cr   9.8 s',
    ]);
  });

  test.each([
    ['waits-amount', null, false],
    ['staged', null, false],
    ['waits-documents', null, false],
    ['posted', 5n, false],
    ['waits-bank', 5n, true],
    ['waits-documents', 5n, true],
    ['stopped', null, true],
  ] as const)('in state %s with debits %s is released: %s', (state, debits, released) => {
    expect(explainPayoutRelease(payout(state, debits), false).released).toBe(released);
  });

  test('is a payout that now waits for another amount type', () => {
    expect(renderPayoutRelease([explainPayoutRelease(payout('waits-amount'), true)], 1)).toEqual([
      '✓ 1 of 1 payout released · 20001234562 waits for another amount   1.0 s',
    ]);
  });

  test('has a line for each of several payouts', () => {
    expect(
      renderPayoutRelease(
        [
          explainPayoutRelease(payout('tied', 100n), false),
          explainPayoutRelease({ ...payout('staged'), settlementId: '20001234563' }, false),
        ],
        30,
      ),
    ).toEqual([
      '… 1 of 2 payouts released   30.0 s',
      '  20001234562 tied · 1.00 Dr = Cr',
      '  20001234563 goes on by itself',
    ]);
  });
});
