/**
 * Each check of a payout, right and wrong by one cent or one unit. The payout is the worked example of 29 October:
 *
 *     sales 65.99 − selling fees 9.90 − fulfilment 13.07 − storage 3.00 − reserve 20.00 = 20.02
 *
 *     Dr in transit 20.02 · selling fees 9.90 · fulfilment 13.07 · storage 3.00 · reserve 20.00 = 65.99 = Cr clearing
 */
import { describe, expect, test } from '@jest/globals';
import type { Day } from '../../../src/domain/money/instant.ts';
import type { CurrencyCode } from '../../../src/domain/money/money.ts';
import { failing, PAYOUT_CHECKS, runChecks, type PayoutFacts } from '../../../src/domain/payouts/checks.ts';

const checkPayout = (facts: PayoutFacts) => failing(runChecks(facts));

const JE = 'AMZ_demo-us_JE_26100000001_1';
const DEP = 'AMZ_demo-us_DEP_26100000001_1';
const PLANNED: [string, bigint][] = [
  [`${JE} in transit`, 2002n],
  [`${JE} selling fees`, 990n],
  [`${JE} fulfilment`, 1307n],
  [`${JE} storage`, 300n],
  [`${JE} reserve`, 2000n],
  [`${JE} clearing`, -6599n],
];
const RIGHT: PayoutFacts = {
  settlementId: '26100000001',
  currency: 'USD' as CurrencyCode,
  total: 2002n,
  sumOfRows: 2002n,
  unplacedRows: 0,
  payoutLine: 2002n,
  journal: { debit: 6599n, credit: 6599n },
  planned: new Map(PLANNED),
  readBack: new Map(PLANNED),
  redated: [],
  unposted: [],
  unapproved: [],
  unseenMovements: [],
  held: [],
  unansweredMovements: [],
  untiedGroups: 0,
  unapplied: 0,
  differing: [],
  leftOpen: [],
};
/** What NetSuite holds, other than planned in one place; null: not there at all. */
const readBack = (key: string, amount: bigint | null) => {
  const held = new Map(PLANNED);
  if (amount === null) held.delete(key);
  else held.set(key, amount);
  return { readBack: held };
};
const redated = (number: number) => ({
  externalId: `AMZ_demo-us_INV_${number}_1`,
  held: '2026-11-01' as Day,
  posted: '2026-10-31' as Day,
});

/** By check: what is wrong, the facts that say so, the sentence. */
const WRONG: [check: string, what: string, facts: Partial<PayoutFacts>, sentence: string][] = [
  [
    'rows = total',
    'a cent too much',
    { sumOfRows: 2003n },
    "the rows come to 20.03 USD, the report's total is 20.02 USD",
  ],
  [
    'rows = total',
    'a cent too little',
    { sumOfRows: 2001n },
    "the rows come to 20.01 USD, the report's total is 20.02 USD",
  ],
  ['every row in one place', 'one row', { unplacedRows: 1 }, '1 rows are in no journal line and no wash'],
  [
    'payout line = total',
    'a cent too much',
    { payoutLine: 2003n },
    'the payout line is 20.03 USD, the total 20.02 USD',
  ],
  [
    'payout line = total',
    'the other side',
    { payoutLine: -2002n },
    'the payout line is −20.02 USD, the total 20.02 USD',
  ],
  [
    'debits = credits',
    'a cent of credit is missing',
    { journal: { debit: 6599n, credit: 6598n } },
    'debits are 65.99 USD, credits 65.98 USD',
  ],
  [
    'debits = credits',
    'a cent of debit is missing',
    { journal: { debit: 6598n, credit: 6599n } },
    'debits are 65.98 USD, credits 65.99 USD',
  ],
  ['posted', 'one document is not', { unposted: [DEP] }, `not posted in NetSuite: ${DEP}`],
  ['approved', 'one document is not', { unapproved: [JE] }, `not approved in NetSuite: ${JE}`],
  [
    'plan = NetSuite',
    'a cent too much there',
    readBack(`${JE} storage`, 301n),
    `${JE} storage is 3.01 USD in NetSuite, planned 3.00 USD`,
  ],
  [
    'plan = NetSuite',
    'a line is not there',
    readBack(`${JE} reserve`, null),
    `${JE} reserve is 0.00 USD in NetSuite, planned 20.00 USD`,
  ],
  [
    'plan = NetSuite',
    'a line of a cent that was never planned',
    readBack(`${JE} advertising`, 1n),
    `${JE} advertising is 0.01 USD in NetSuite, planned 0.00 USD`,
  ],
  [
    'days = NetSuite',
    'a day later, and in another month',
    { redated: [redated(1)] },
    'AMZ_demo-us_INV_1_1 is dated 2026-11-01 in NetSuite, and was posted on 2026-10-31',
  ],
  ['movements seen', 'one is not', { unseenMovements: ['payout'] }, 'not seen on a statement: payout'],
  [
    'movements add up',
    'one was given back',
    { unansweredMovements: ['20.02 USD were given back by the bank'] },
    '20.02 USD were given back by the bank',
  ],
  ['rows tied', 'one group is not', { untiedGroups: 1 }, '1 sales or refunds have no document yet'],
  ['applied', 'one document is not', { unapplied: 1 }, '1 documents are not applied yet'],
  [
    'settled exactly',
    'one is settled for another amount',
    { differing: ['AMZ_demo-us_INV_1_1'] },
    'settled for more or less than the document: AMZ_demo-us_INV_1_1',
  ],
  ['nothing holds it up', 'one exception is open', { held: ['its transfer failed'] }, 'its transfer failed'],
  [
    'nothing left open',
    'one document is',
    { leftOpen: ['AMZ_demo-us_INV_1_1'] },
    'NetSuite shows an amount left on AMZ_demo-us_INV_1_1',
  ],
];

test('the figures of the example agree: what is right passes every check', () => {
  expect(2002 + 990 + 1307 + 300 + 2000).toBe(6599);
  expect(checkPayout(RIGHT)).toEqual([]);
});

test.each(WRONG)('%s: %s is found by that check and by no other', (check, _, facts, sentence) => {
  expect(checkPayout({ ...RIGHT, ...facts })).toEqual([`${check}: ${sentence}`]);
});

test('each check stands in the table of what is wrong', () => {
  expect(new Set(WRONG.map(([check]) => check))).toEqual(new Set(PAYOUT_CHECKS.map(({ name }) => name)));
});

describe('what is right though it looks unusual', () => {
  test.each<[string, Partial<PayoutFacts>]>([
    ['a payout that Amazon charges', { total: -2002n, sumOfRows: -2002n, payoutLine: -2002n }],
    [
      'a payout of zero, without a journal',
      {
        total: 0n,
        sumOfRows: 0n,
        payoutLine: 0n,
        journal: { debit: 0n, credit: 0n },
        planned: new Map(),
        readBack: new Map(),
      },
    ],
    ['a line planned at zero that NetSuite does not keep', { planned: new Map([...PLANNED, [`${JE} loans`, 0n]]) }],
    ['a line of zero in NetSuite that was not planned', readBack(`${JE} loans`, 0n)],
  ])('%s', (_, facts) => {
    expect(checkPayout({ ...RIGHT, ...facts })).toEqual([]);
  });
});

test('what a check compared is kept whether it holds or not, with each line on both sides', () => {
  const run = runChecks({ ...RIGHT, ...readBack(`${JE} storage`, 299n) });
  const of = (name: string) => run.checks.find((check) => check.name === name);
  expect(of('rows = total')).toEqual({
    name: 'rows = total',
    holds: true,
    compared: 'rows 20.02 USD, total 20.02 USD',
    why: null,
  });
  expect(of('debits = credits')!.compared).toBe('debits 65.99 USD, credits 65.99 USD');
  expect(of('plan = NetSuite')).toMatchObject({
    holds: false,
    compared: '6 lines, debits 65.99 USD planned, 65.98 USD in NetSuite',
  });
  expect(run.lines).toContainEqual({ document: JE, account: 'storage', planned: 300n, netsuite: 299n });
  expect(run.lines).toHaveLength(6);
});

test('a yen is one unit: sentences have the decimals of the currency', () => {
  expect(checkPayout({ ...RIGHT, currency: 'JPY' as CurrencyCode, sumOfRows: 2003n })).toEqual([
    "rows = total: the rows come to 2,003 JPY, the report's total is 2,002 JPY",
  ]);
});

test('of many lines or days that differ the first three are named', () => {
  const none = checkPayout({ ...RIGHT, readBack: new Map() })[0]!;
  expect(none.match(/in NetSuite, planned/g)).toHaveLength(3);
  expect(none).toContain(`${JE} in transit is 0.00 USD in NetSuite, planned 20.02 USD; ${JE} selling fees`);
  const days = checkPayout({ ...RIGHT, redated: [1, 2, 3, 4].map(redated) })[0]!;
  expect(days.match(/INV_\d_1/g)).toEqual(['INV_1_1', 'INV_2_1', 'INV_3_1']);
});

test('several that fail are all told, in the order of the list', () => {
  expect(checkPayout({ ...RIGHT, unapplied: 2, untiedGroups: 1, unposted: [JE, DEP] })).toEqual([
    `posted: not posted in NetSuite: ${JE}, ${DEP}`,
    'rows tied: 1 sales or refunds have no document yet',
    'applied: 2 documents are not applied yet',
  ]);
});
