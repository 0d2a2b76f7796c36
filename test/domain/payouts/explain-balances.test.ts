import { expect, test } from '@jest/globals';
import { explainBalances, type SettledPeriod } from '../../../src/domain/payouts/explain-balances.ts';

function amountsOf(settlements: readonly SettledPeriod[]): Record<string, bigint> {
  return Object.fromEntries(explainBalances({ currency: 'USD', documents: [], settlements, movements: [] }).map(({ role, amount }) => [role, amount]));
}

const first = { start: '2026-10-01T07:00:00Z', end: '2026-10-15T07:00:00Z', unapplied: 0n };
const second = { start: '2026-10-15T07:00:00Z', end: '2026-10-29T07:00:00Z', unapplied: 0n };

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
  expect(amountsOf([{ ...first, total: -3870n, currentReserve: -3000n }, { ...second, total: 8000n, currentReserve: -500n }])).toMatchObject({ 'reserve-held': 500n, 'balance-due-to-amazon': 0n });
});
