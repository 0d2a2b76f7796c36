import { describe, expect, test } from '@jest/globals';
import { explainBalances } from '../../../src/domain/payouts/explain-balances.ts';
import type { MovementBalance, SettledPeriod } from '../../../src/domain/payouts/ledger-facts.ts';
import { INVOICE } from '../../../src/domain/posting-modes/invoice.ts';

function amountsOf(settlements: readonly SettledPeriod[]): Record<string, bigint> {
  return Object.fromEntries(
    explainBalances(
      { currency: 'USD', documents: [], settlements, movements: [], moved: [], setOffs: [] },
      INVOICE,
    ).map(({ role, amount }) => [role, amount]),
  );
}

const NOTHING = { rows: 0n, applied: [], variances: [] };
const first = { start: '2026-10-01T07:00:00Z', end: '2026-10-15T07:00:00Z', clearing: NOTHING };
const second = { start: '2026-10-15T07:00:00Z', end: '2026-10-29T07:00:00Z', clearing: NOTHING };

/** One chain held 30.00 and goes on, holding 5.00; the other held 12.50, ended 38.70 short and has no later file yet. */
test('reserve and balance due are sums over chains: one that ends where another goes on still counts', () => {
  const amounts = amountsOf([
    { ...first, total: 10000n, currentReserve: -3000n, followed: true },
    { ...first, total: -3870n, currentReserve: -1250n, followed: false },
    { ...second, total: 8000n, currentReserve: -500n, followed: false },
  ]);
  expect(amounts).toMatchObject({ 'reserve-held': 1750n, 'balance-due-to-amazon': -3870n });
});

test('in a single chain the instants tell which settlement is the last', () => {
  expect(
    amountsOf([
      { ...first, total: -3870n, currentReserve: -3000n },
      { ...second, total: 8000n, currentReserve: -500n },
    ]),
  ).toMatchObject({ 'reserve-held': 500n, 'balance-due-to-amazon': 0n });
});

describe('movements', () => {
  const seen = (amount: bigint, cleared: bigint, broughtBack = 0n): MovementBalance => ({
    kind: 'payout',
    amount,
    cleared,
    broughtBack,
    seen: true,
  });
  const explained = (movements: MovementBalance[]) =>
    explainBalances(
      {
        currency: 'USD',
        documents: [],
        settlements: [],
        movements,
        setOffs: [],
        moved: [
          { debit: 'bank', credit: 'payouts-in-transit', amount: 5000n },
          { debit: 'payouts-in-transit', credit: 'bank', amount: 1000n },
          { debit: 'conversion', credit: 'payouts-in-transit', amount: 700n },
        ],
      },
      INVOICE,
    );

  test.each([
    ['one that is not seen', [{ ...seen(5000n, 0n), seen: false }], 5000n, '1 movement not yet seen'],
    ['one that was deposited', [seen(5000n, 5000n)], 0n, ''],
    [
      '50.00 paid where the report, issued again, says 30.00',
      [seen(3000n, 5000n)],
      -2000n,
      '1 movement paid, not reported',
    ],
    [
      '50.00 paid where the report, issued again, says 70.00',
      [seen(7000n, 5000n)],
      2000n,
      '1 movement reported, not paid',
    ],
    [
      'one that a later file brought back and the bank has not given back yet',
      [seen(5000n, 5000n, 5000n)],
      -5000n,
      '1 movement paid, not reported',
    ],
    ['one that was given back and brought back', [seen(5000n, 0n, 5000n)], 0n, ''],
  ])('%s', (_, movements, amount, by) => {
    expect(explained(movements).find(({ role }) => role === 'payouts-in-transit')).toEqual({
      role: 'payouts-in-transit',
      amount,
      by,
    });
  });

  test('bank and conversion are what documents moved there, in either direction', () => {
    expect(Object.fromEntries(explained([]).map(({ role, amount }) => [role, amount]))).toMatchObject({
      bank: 4000n,
      conversion: 700n,
      card: 0n,
    });
  });
});

test('one side of a set-off is explained until the other comes, and both come to nothing', () => {
  const paid = { settlementId: '1', currency: 'EUR', amount: 3900n, at: '2026-10-05T07:00:00Z' };
  const settled = { settlementId: '2', currency: 'EUR', amount: -3900n, at: '2026-10-06T07:00:00Z' };
  const explained = (setOffs: (typeof paid)[]) =>
    explainBalances(
      { currency: 'EUR', documents: [], settlements: [], movements: [], moved: [], setOffs },
      INVOICE,
    ).find(({ role }) => role === 'set-off');
  expect(explained([paid])).toEqual({ role: 'set-off', amount: 3900n, by: '1 side not yet answered' });
  expect(explained([paid, settled])).toEqual({ role: 'set-off', amount: 0n, by: '' });
});
