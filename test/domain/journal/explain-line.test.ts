import { describe, expect, test } from '@jest/globals';
import {
  broughtIn,
  explainLine,
  proveLine,
  rowsBehindLine,
  type KeyedRows,
} from '../../../src/domain/journal/explain-line.ts';
import type { JournalLine, StoredJournalPart } from '../../../src/domain/journal/journal-plan.ts';
import { NO_OVERRIDES, overridesOf } from '../../../src/domain/mapping/classify.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';

const line = (role: Role, debit: bigint, credit: bigint, payout = false): JournalLine => ({
  role,
  account: null,
  debit,
  credit,
  memo: '',
  payout,
});
const plan: StoredJournalPart = { part: 2, of: 3, mapVersion: 7, date: '2026-10-31', lines: [] };
const rows = (
  amountDescription: string,
  role: Role,
  booked: Role,
  count: number,
  amount: bigint,
  amountType = 'ItemFees',
): KeyedRows => ({
  key: { transactionType: 'Order', amountType, amountDescription },
  role,
  booked,
  rows: count,
  amount,
});
const none = { mapVersion: 7, overrides: NO_OVERRIDES, decisions: [] };

describe('the rows behind a line', () => {
  test('are those that its part books on its role', () => {
    expect(rowsBehindLine('JE', plan, line('selling-fees', 100n, 0n))).toEqual({ part: 2, booked: 'selling-fees' });
  });

  test('are all rows for the payout line and none for a bridge', () => {
    expect(rowsBehindLine('JE', plan, line('payouts-in-transit', 100n, 0n, true))).toBe('all');
    expect(rowsBehindLine('JE', plan, line('settlement-in-progress', 100n, 0n))).toBe('none');
  });

  test('of an opening entry are those by which the settlement takes out what it brought in', () => {
    expect(rowsBehindLine('OPN', plan, line('reserve-held', 115000n, 0n))).toEqual({ meaning: 'reserve-released' });
    expect(rowsBehindLine('OPN', plan, line('opening-balance', 0n, 115000n))).toBe('none');
    const micro = rows('Micro Deposit', 'payouts-in-transit', 'payouts-in-transit', 1, -7n);
    const returned = rows('Transfer of funds unsuccessful', 'payouts-in-transit', 'payouts-in-transit', 1, 5000n);
    expect(broughtIn('OPN', line('payouts-in-transit', 5000n, 0n), [micro, returned])).toEqual([returned]);
    expect(broughtIn('JE', line('payouts-in-transit', 0n, 4993n), [micro, returned])).toEqual([micro, returned]);
  });
});

describe('the proof of a line', () => {
  const fees = [
    rows('Commission', 'selling-fees', 'selling-fees', 209, -215407n),
    rows('RefundCommission', 'selling-fees', 'selling-fees', 5, 2249n),
  ];

  test('agrees when negative rows come to its debit', () => {
    expect(proveLine('JE', line('selling-fees', 213158n, 0n), fees)).toEqual({
      rows: 214,
      sum: -213158n,
      agrees: true,
    });
  });

  test('does not agree when a cent is missing or the side is wrong', () => {
    expect(proveLine('JE', line('selling-fees', 213157n, 0n), fees).agrees).toBe(false);
    expect(proveLine('JE', line('selling-fees', 0n, 213158n), fees).agrees).toBe(false);
  });

  test('turns the sign for the payout line and the opening entry', () => {
    const released = [rows('Previous Reserve Amount Balance', 'reserve-released', 'reserve-released', 1, 115000n)];
    expect(proveLine('OPN', line('reserve-held', 115000n, 0n), released).agrees).toBe(true);
    expect(proveLine('JE', line('payouts-in-transit', 115000n, 0n, true), released).agrees).toBe(true);
  });
});

describe('the reasons of a line', () => {
  test('name the map, a setting or a person', () => {
    const group = rows('Commission', 'selling-fees', 'selling-fees', 1, -1n);
    const moved = rows('Commission', 'inbound', 'inbound', 1, -1n);
    expect(explainLine('JE', plan, line('selling-fees', 1n, 0n), [group], none)).toEqual([
      'map v7: Order / ItemFees / Commission → selling-fees',
    ]);
    expect(
      explainLine('JE', plan, line('inbound', 1n, 0n), [moved], {
        ...none,
        overrides: overridesOf([{ key: ['Order', 'ItemFees', 'Commission'], role: 'inbound' }]),
      }),
    ).toEqual(['configuration: Order / ItemFees / Commission → inbound']);
    expect(
      explainLine('JE', plan, line('inbound', 1n, 0n), [moved], {
        ...none,
        decisions: [{ key: 'order\titemfees\tcommission', choice: 'inbound', sameAs: null, by: 'ana', why: null }],
      }),
    ).toEqual(['decision of ana: Order / ItemFees / Commission → inbound']);
  });

  test('name the known key that a person said a new spelling is, and a decision for all that begin so after one for the key itself', () => {
    const held = {
      key: {
        transactionType: 'other-transaction',
        amountType: 'other-transaction',
        amountDescription: 'Amount set aside',
      },
      role: 'reserve-held' as const,
      booked: 'reserve-held' as const,
      rows: 1,
      amount: -1n,
    };
    const person = { sameAs: null, by: 'ana', why: null };
    const sameAs: [string, string, string] = ['other-transaction', 'other-transaction', 'Current Reserve Amount'];
    expect(
      explainLine('JE', plan, line('reserve-held', 1n, 0n), [held], {
        ...none,
        decisions: [
          {
            ...person,
            key: 'othertransaction\tothertransaction\tamountsetaside',
            choice: 'reserve-held',
            sameAs,
            why: 'renamed',
          },
        ],
      }),
    ).toEqual([
      'decision of ana: other-transaction / other-transaction / Amount set aside → reserve-held, as other-transaction / other-transaction / Current Reserve Amount ("renamed")',
    ]);
    const fee = rows('Rework surcharge, May 2026', 'inbound', 'inbound', 1, -1n);
    const begun = { ...person, key: 'order\titemfees\treworksurcharge…', choice: 'inbound' };
    expect(explainLine('JE', plan, line('inbound', 1n, 0n), [fee], { ...none, decisions: [begun] })).toEqual([
      'decision of ana: Order / ItemFees / Rework surcharge, May 2026 → inbound',
    ]);
    expect(
      explainLine('JE', plan, line('inbound', 1n, 0n), [fee], {
        ...none,
        decisions: [begun, { ...begun, key: 'order\titemfees\treworksurcharge,may2026', by: 'ben' }],
      })[0],
    ).toContain('decision of ben');
  });

  test('say when the map has changed since', () => {
    expect(
      explainLine('JE', plan, line('storage', 1n, 0n), [rows('Commission', 'storage', 'storage', 1, -1n)], none),
    ).toEqual(['map v7: Order / ItemFees / Commission → storage (the map says otherwise now)']);
  });

  test('say once why rows of several meanings stand on clearing', () => {
    const groups = [
      rows('Principal', 'product-sales', 'clearing', 1, 100n, 'ItemPrice'),
      rows('Shipping', 'shipping-income', 'clearing', 1, 10n, 'ItemPrice'),
    ];
    expect(explainLine('JE', plan, line('clearing', 0n, 110n), groups, none)).toEqual([
      'booked on clearing: an invoice or credit memo owns the amount',
      'map v7: Order / ItemPrice / Principal → product-sales',
      'map v7: Order / ItemPrice / Shipping → shipping-income',
    ]);
  });

  test('say what a bridge and the payout line are for', () => {
    expect(explainLine('JE', plan, line('settlement-in-progress', 1n, 0n), [], none)[0]).toContain(
      'bridges part 2 of 3',
    );
    expect(explainLine('JE', plan, line('balance-due-to-amazon', 0n, 1n, true), [], none)[0]).toContain(
      'the total is negative',
    );
  });
});
