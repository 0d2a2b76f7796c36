/** Accounts at the end of a day, by hand: the worked example of accounting.md on days that are no month's end, and books that are wrong. */
import { describe, expect, test } from '@jest/globals';
import type { AccountFacts } from '../../../src/domain/period/items/balances.ts';
import {
  accountOnDay,
  besideBalances,
  explainUnfinishedDay,
  explainUnknownDay,
  monthUpTo,
} from '../../../src/domain/period/standing-on.ts';

const NOVEMBER = monthUpTo('2026-11-10');
/** 20.02 of S1 came in October and is deposited on 2 November; nothing is left. */
const IN_TRANSIT: AccountFacts = {
  account: 'payouts-in-transit',
  watch: 'strict',
  currency: 'USD',
  opening: 2002n,
  closing: 0n,
  openingOurs: 2002n,
  movements: [{ kind: 'Deposit', netsuite: -2002n, ours: -2002n }],
  residues: [],
  differing: [],
};
const findings = (facts: AccountFacts, confirmed = 0n) =>
  accountOnDay(facts, confirmed, NOVEMBER).findings.map(({ what }) => what);

describe('an account at the end of a day', () => {
  test('agrees where NetSuite, the documents and what is left of them are one', () => {
    expect(accountOnDay(IN_TRANSIT, 0n, NOVEMBER)).toMatchObject({
      opening: { documents: 2002n, netsuite: 2002n },
      documents: 0n,
      netsuite: 0n,
      left: 0n,
      difference: 0n,
      findings: [],
    });
  });

  test('differs by what an earlier month lacks, though this month added nothing to it', () => {
    // The journal of S1 was deleted in October: its deposit stands alone.
    const lacking = { ...IN_TRANSIT, opening: 0n, closing: -2002n };
    expect(accountOnDay(lacking, 0n, NOVEMBER).difference).toBe(-2002n);
    expect(findings(lacking)).toEqual([
      'payouts-in-transit: NetSuite had −20.02 USD more at the end of 2026-10 than our documents and what was confirmed explain',
    ]);
  });

  test('does not agree where two kinds of documents make up for each other', () => {
    const swapped: AccountFacts = {
      ...IN_TRANSIT,
      movements: [
        { kind: 'Deposit', netsuite: -2502n, ours: -2002n },
        { kind: 'Journal', netsuite: 500n, ours: 0n },
      ],
    };
    expect(accountOnDay(swapped, 0n, NOVEMBER).difference).toBe(0n);
    expect(findings(swapped)).toHaveLength(2);
  });

  test('does not agree where documents of others make up for what ours lack, or what is left is not what documents say', () => {
    const others: AccountFacts = {
      ...IN_TRANSIT,
      movements: [...IN_TRANSIT.movements, { kind: null, netsuite: 700n, ours: 0n }],
    };
    expect(findings({ ...others, closing: 700n })).toEqual([
      'payouts-in-transit: documents of others have 7.00 USD there',
    ]);
    const unlike = {
      ...IN_TRANSIT,
      residues: [{ subject: 'settlement S1', amount: 100n, since: '2026-10-29' }],
      closing: 100n,
    };
    expect(findings(unlike).at(-1)).toBe(
      'payouts-in-transit: our documents come to 0.00 USD, what is left of them one by one to 1.00 USD',
    );
  });

  test('has what was confirmed before the first month beside it for good, but on a shown account', () => {
    const older = { ...IN_TRANSIT, opening: 12002n, closing: 10000n };
    expect(accountOnDay(older, 10000n, NOVEMBER)).toMatchObject({ confirmed: 10000n, difference: 0n, findings: [] });
    expect(accountOnDay(older, 0n, NOVEMBER).difference).toBe(10000n);
    expect(accountOnDay({ ...IN_TRANSIT, watch: 'shown' }, 10000n, NOVEMBER)).toMatchObject({
      confirmed: 0n,
      difference: 0n,
    });
  });

  test('of which nothing may be left is named as long as anything is', () => {
    const suspense: AccountFacts = {
      ...IN_TRANSIT,
      account: 'suspense',
      watch: 'zero',
      opening: 0n,
      openingOurs: 0n,
      closing: 300n,
      movements: [{ kind: 'Journal', netsuite: 300n, ours: 300n }],
      residues: [{ subject: 'settlement S2', amount: 300n, since: '2026-11-05' }],
    };
    expect(accountOnDay(suspense, 0n, NOVEMBER).difference).toBe(0n);
    expect(findings(suspense)).toEqual(['suspense keeps 3.00 USD']);
  });
});

test("Amazon's totals stand beside receivable and reserve, by currency, and what they are made of counts once", () => {
  const of = (currency: string, amount: bigint, balanceType: string, marketplaceId = 'A') => ({
    marketplaceId,
    accountType: 'Standard Orders',
    balanceType,
    currency,
    amount,
    asOf: '2026-10-31',
    askedAt: '2026-11-03T00:00:00Z',
  });
  const on = (account: string, currency: string, netsuite: bigint) => ({ account, currency, netsuite });
  expect(
    besideBalances(
      [
        on('receivable', 'USD', 6599n),
        on('reserve-held', 'USD', 2000n),
        on('bank', 'USD', 900n),
        on('receivable', 'EUR', 100n),
      ],
      [
        of('USD', 8000n, 'TOTAL'),
        of('USD', 6000n, 'AVAILABLE'),
        of('USD', 2000n, 'RESERVED'),
        of('USD', 500n, 'TOTAL', 'B'),
      ],
    ),
  ).toEqual([{ currency: 'USD', amazon: 8500n, books: 8599n, difference: 99n }]);
});

test('a day before the cut-over or ahead is not known, and one that is not over or not told is said to be so', () => {
  const known = { cutOver: '2026-10-01', today: '2026-11-04' };
  expect(explainUnknownDay('2026-10-01', known)).toBeNull();
  expect(explainUnknownDay('2026-11-04', known)).toBeNull();
  expect(explainUnknownDay('2026-09-30', known)).toContain('before the cut-over');
  expect(explainUnknownDay('2026-11-05', known)).toContain('lies ahead');
  const told = { today: '2026-11-04', toldUpTo: '2026-11-03T12:00:00Z', toldBy: '2026-11-03T07:00:00Z' };
  expect(explainUnfinishedDay('2026-10-31', told)).toEqual([]);
  expect(explainUnfinishedDay('2026-11-04', told)).toEqual(['2026-11-04 is not over.']);
  expect(explainUnfinishedDay('2026-10-31', { ...told, toldUpTo: null })[0]).toContain('have not been read');
  expect(explainUnfinishedDay('2026-10-31', { ...told, toldUpTo: '2026-11-01T00:00:00Z' })[0]).toContain(
    'until 2026-11-03T07:00:00Z',
  );
});
