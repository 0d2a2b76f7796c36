import { accountOnDay, monthUpTo } from '../../src/domain/period/standing-on.ts';
import type { AccountFacts } from '../../src/domain/period/items/balances.ts';
import type { BalancesOn } from '../../src/store/period/balances-on.ts';

const DAY = '2026-10-31';

/** After S1 of the worked example: 20.02 in transit, 20.00 held back, of which NetSuite has 15.00 since somebody altered the journal. */
export function lastOfOctober(): BalancesOn {
  const account = (name: string, closing: bigint, ours: bigint, more: Partial<AccountFacts>): AccountFacts => ({
    account: name,
    watch: 'strict',
    currency: 'USD',
    opening: 0n,
    closing,
    openingOurs: 0n,
    movements: [{ kind: 'Journal', netsuite: closing, ours }],
    residues: [],
    differing: [],
    ...more,
  });
  const since = '2026-10-29';
  const accounts = [
    account('payouts-in-transit', 2002n, 2002n, { residues: [{ subject: 'settlement 1', amount: 2002n, since }] }),
    account('reserve-held', 1500n, 2000n, {
      residues: [{ subject: 'reserve-held', amount: 2000n, since }],
      differing: [{ document: 'AMZ_demo-us_JE_1_1', planned: 2000n, held: 1500n }],
    }),
  ];
  return {
    day: DAY,
    readAt: '2026-11-04T00:00:00Z',
    unfinished: [],
    accounts: accounts.map((facts) => accountOnDay(facts, 0n, monthUpTo(DAY))),
  };
}
