/** Balances of worked examples by hand: our documents beside what NetSuite holds, account by account. */
import { describe, expect, test } from '@jest/globals';
import { kindOf, type JournalPurpose } from '../../../src/domain/documents/document-kinds.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import type { JournalLine } from '../../../src/domain/journal/journal-plan.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import { monthOf } from '../../../src/domain/money/instant.ts';
import {
  accountFacts,
  costFacts,
  differingOn,
  type LedgerFacts,
  type LedgerSum,
  type PlannedLine,
} from '../../../src/domain/period/account-facts.ts';
import { watchOf, type WatchedAccount } from '../../../src/domain/period/accounts.ts';
import { balancesItem, rollForward, type AccountFacts } from '../../../src/domain/period/items/balances.ts';
import { linesOfJournal, openSale, settledLines, soldLines } from '../../../src/domain/period/planned-lines.ts';

const USD = { currency: 'USD' };
type Amounts = Partial<Record<Role, bigint>>;
const keyOf = (purpose: 'JE' | 'OPN' | 'DEP' | 'CHG', businessKey: string, part = 1) => ({
  connection: 'us',
  purpose,
  businessKey,
  part,
});

/** A journal, debit positive. */
function journal(settlementId: string, date: string, amounts: Amounts, purpose: JournalPurpose = 'JE'): PlannedLine[] {
  const lines = Object.entries(amounts).map(([role, amount]): JournalLine => ({
    role: role as Role,
    account: null,
    debit: amount > 0n ? amount : 0n,
    credit: amount < 0n ? -amount : 0n,
    memo: '',
    payout: false,
  }));
  const key = { ...keyOf(purpose, settlementId), purpose };
  const plan = { part: 1, date, lines, of: 1, mapVersion: 1 };
  return linesOfJournal({ key, plan, total: 0n, ...USD, date, settlementId, externalId: externalIdOf(key) });
}

function movement(purpose: 'DEP' | 'CHG', settlementId: string, date: string, amount: bigint, part = 1): PlannedLine[] {
  const key = { ...keyOf(purpose, settlementId, part), purpose };
  const [account, against] = (purpose === 'DEP' ? ['bank', 'payouts-in-transit'] : ['amazon-charges', 'card']) as [
    Role,
    Role,
  ];
  const plan = {
    kind: purpose === 'DEP' ? 'payout' : 'charge',
    account,
    against,
    amount,
    traceId: null,
    bankLine: null,
  };
  const externalId = externalIdOf(key);
  return linesOfJournal({ key, plan, total: amount, ...USD, date, settlementId, externalId } as Parameters<
    typeof linesOfJournal
  >[0]);
}

const sold = (purpose: 'INV' | 'CM', total: bigint, first: string) =>
  soldLines({ purpose, ...USD, total, first, period: monthOf(first) });
const settled = (purpose: 'PAY' | 'RFD', settlementId: string, total: bigint, first: string) =>
  settledLines({ purpose, ...USD, total, first, settlementId });

const ROLES: Role[] = [
  'clearing',
  'receivable',
  'payouts-in-transit',
  'balance-due-to-amazon',
  'amazon-charges',
  'reserve-held',
  'settlement-in-progress',
  'bank',
  'card',
];
/** Each role on an account of its own, whose id is the role. */
const account = (...roles: Role[]): WatchedAccount => ({
  id: roles[0]!,
  number: roles[0]!,
  ...USD,
  roles: roles.map((role) => ({ role, jurisdiction: null })),
  watch: watchOf(roles),
});
const ACCOUNTS = ROLES.map((role) => account(role));

/** NetSuite holding just what was planned. */
function asPlanned(lines: readonly PlannedLine[], accounts: readonly WatchedAccount[] = ACCOUNTS): LedgerSum[] {
  return lines.flatMap((line) =>
    accounts
      .filter(({ roles }) => roles.some(({ role }) => role === line.role))
      .map(({ id }) => ({
        account: id,
        ...USD,
        type: kindOf(line.purpose).suiteqlTypes.at(-1)!,
        isOurs: true,
        amount: line.amount,
      })),
  );
}

function factsOf(period: string, lines: readonly PlannedLine[], changes: Partial<LedgerFacts> = {}): LedgerFacts {
  const planned = lines.filter((line) => line.period <= period);
  return {
    period,
    accounts: ACCOUNTS,
    before: asPlanned(planned.filter((line) => line.period < period)),
    month: asPlanned(planned.filter((line) => line.period === period)),
    planned,
    openSales: [],
    ...changes,
  };
}

const byAccount = (facts: LedgerFacts): Record<string, AccountFacts> =>
  Object.fromEntries(accountFacts(facts).map((one) => [one.account, one]));
const stateOf = (facts: LedgerFacts) => balancesItem({ accounts: accountFacts(facts), confirmed: null })[0]!;
const closings = (facts: LedgerFacts) =>
  Object.fromEntries(
    accountFacts(facts).flatMap(({ account: name, closing }) => (closing === 0n ? [] : [[name, closing]])),
  );

/** accounting.md, *Worked example*, without what items own. */
const OCTOBER = [
  ...sold('INV', 6599n, '2026-10-28'),
  ...journal('S1', '2026-10-29', {
    'payouts-in-transit': 2002n,
    'selling-fees': 990n,
    'fulfilment-fees': 1307n,
    storage: 300n,
    'reserve-held': 2000n,
    clearing: -6599n,
  }),
  ...settled('PAY', 'S1', 6599n, '2026-10-29'),
];
const NOVEMBER = [
  ...movement('DEP', 'S1', '2026-11-02', 2002n),
  ...sold('CM', 2500n, '2026-11-04'),
  ...journal('S2', '2026-11-12', {
    'payouts-in-transit': 1150n,
    advertising: 150n,
    clearing: 2500n,
    'selling-fees': -300n,
    reimbursements: -1500n,
    'reserve-released': -2000n,
  }),
  ...settled('RFD', 'S2', 2500n, '2026-11-12'),
  ...movement('DEP', 'S2', '2026-11-16', 1150n),
];
const ALL = [...OCTOBER, ...NOVEMBER];

describe('the worked example', () => {
  test('October after S1: in transit 20.02 and reserve 20.00, receivable and clearing nothing', () => {
    const facts = factsOf('2026-10', ALL);
    expect(closings(facts)).toEqual({ 'payouts-in-transit': 2002n, 'reserve-held': 2000n });
    expect(stateOf(facts)).toMatchObject({ state: 'ties', figure: 4002n });
    const { 'payouts-in-transit': inTransit, 'reserve-held': reserve, receivable } = byAccount(facts);
    expect(inTransit!.residues).toEqual([{ subject: 'settlement S1', amount: 2002n, since: '2026-10-29' }]);
    expect(reserve!.residues).toEqual([{ subject: 'reserve-held', amount: 2000n, since: '2026-10-29' }]);
    expect(rollForward(receivable!)).toMatchObject({
      opening: 0n,
      movements: [
        { kind: 'CustInvc', amount: 6599n },
        { kind: 'CustPymt', amount: -6599n },
      ],
      closing: 0n,
      residues: 0n,
      difference: 0n,
    });
  });
  test('November: everything Amazon held is at the bank, 31.52', () => {
    const facts = factsOf('2026-11', ALL);
    expect(closings(facts)).toEqual({ bank: 3152n });
    expect(stateOf(facts)).toMatchObject({ state: 'ties', figure: 0n });
    expect(rollForward(byAccount(facts)['payouts-in-transit']!)).toEqual({
      account: 'payouts-in-transit',
      currency: 'USD',
      watch: 'strict',
      opening: 2002n,
      movements: [
        { kind: 'Deposit', amount: -3152n },
        { kind: 'Journal', amount: 1150n },
      ],
      closing: 0n,
      residues: 0n,
      difference: 0n,
    });
  });
  test('between memo and refund receivable is −25.00, by the memo', () => {
    const untilMemo = ALL.filter(({ day }) => day <= '2026-11-04');
    const memo = openSale({ externalId: 'AMZ_us_CM_1_1', purpose: 'CM', ...USD, left: 2500n, date: '2026-11-04' });
    const facts = factsOf('2026-11', untilMemo, { openSales: [memo] });
    expect(byAccount(facts)['receivable']).toMatchObject({
      closing: -2500n,
      residues: [{ subject: 'AMZ_us_CM_1_1', amount: -2500n, since: '2026-11-04' }],
    });
    expect(stateOf(facts).state).toBe('ties');
  });
  test('an invoice that its payment does not leave is open: receivable = open invoices − open memos', () => {
    const open = openSale({ externalId: 'AMZ_us_INV_1_1', purpose: 'INV', ...USD, left: 599n, date: '2026-10-28' });
    expect(stateOf(factsOf('2026-10', ALL, { openSales: [open] }))).toMatchObject({ state: 'open', difference: -599n });
  });
  test('had S1 ended on 5 November with a part of 31 October, its bridge is in progress', () => {
    const part = journal('S1', '2026-10-31', {
      'selling-fees': 990n,
      'fulfilment-fees': 1307n,
      storage: 300n,
      'settlement-in-progress': -2597n,
    });
    const last = journal('S1', '2026-11-05', {
      'payouts-in-transit': 2002n,
      'reserve-held': 2000n,
      clearing: -6599n,
      'settlement-in-progress': 2597n,
    });
    const invoice = openSale({ externalId: 'AMZ_us_INV_1_1', purpose: 'INV', ...USD, left: 6599n, date: '2026-10-28' });
    const october = factsOf('2026-10', [...sold('INV', 6599n, '2026-10-28'), ...part, ...last], {
      openSales: [invoice],
    });
    expect(closings(october)).toEqual({ receivable: 6599n, 'settlement-in-progress': -2597n });
    expect(stateOf(october).state).toBe('ties');
    const costs = ['selling-fees', 'fulfilment-fees', 'storage'].map((role) => account(role as Role));
    const lines = [...part, ...last];
    expect(costFacts(factsOf('2026-10', lines, { accounts: costs, month: asPlanned(part, costs) }), null)).toEqual([
      { account: 'selling-fees', currency: 'USD', netsuite: 990n, planned: 990n, lastMonth: null },
      { account: 'fulfilment-fees', currency: 'USD', netsuite: 1307n, planned: 1307n, lastMonth: null },
      { account: 'storage', currency: 'USD', netsuite: 300n, planned: 300n, lastMonth: null },
    ]);
    const november = { accounts: costs, before: asPlanned(part, costs), month: [] };
    expect(costFacts(factsOf('2026-11', lines, november), '2026-10')).toMatchObject([
      { account: 'selling-fees', netsuite: 0n, planned: 0n, lastMonth: 990n },
      { account: 'fulfilment-fees', netsuite: 0n, planned: 0n, lastMonth: 1307n },
      { account: 'storage', netsuite: 0n, planned: 0n, lastMonth: 300n },
    ]);
  });
  test('a cost that only the month before had stands there with it', () => {
    const of = { accounts: [account('storage')], month: [], before: asPlanned(OCTOBER, [account('storage')]) };
    expect(costFacts(factsOf('2026-11', ALL, of), '2026-10')).toEqual([
      { account: 'storage', currency: 'USD', netsuite: 0n, planned: 0n, lastMonth: 300n },
    ]);
    expect(costFacts(factsOf('2026-11', ALL, of), null)).toEqual([]);
  });
  test('costs of November stand beside those of October', () => {
    const costs = [account('selling-fees'), account('reimbursements')];
    const of = { accounts: costs, before: asPlanned(OCTOBER, costs), month: asPlanned(NOVEMBER, costs) };
    expect(costFacts(factsOf('2026-11', ALL, of), '2026-10')).toEqual([
      { account: 'selling-fees', currency: 'USD', netsuite: -300n, planned: -300n, lastMonth: 990n },
      { account: 'reimbursements', currency: 'USD', netsuite: -1500n, planned: -1500n, lastMonth: 0n },
    ]);
  });
});

describe('the negative chain', () => {
  const CHAIN = [
    ...journal('S1', '2026-10-05', { 'selling-fees': 32169n, 'balance-due-to-amazon': -32169n }),
    ...journal('S2', '2026-10-19', {
      'balance-due-to-amazon': 32169n - 6231n,
      'selling-fees': 6231n,
      'amazon-charges': -32169n,
    }),
    ...movement('CHG', 'S2', '2026-10-21', 32169n),
    ...sold('INV', 150000n, '2026-10-25'),
    ...settled('PAY', 'S3', 150000n, '2026-11-02'),
    ...journal('S3', '2026-11-02', {
      'payouts-in-transit': 101608n + 1n,
      'balance-due-to-amazon': 6231n,
      'selling-fees': 48391n,
      'amazon-charges': -6231n,
      clearing: -150000n,
    }),
    ...movement('CHG', 'S3', '2026-11-04', 6231n),
    ...movement('DEP', 'S3', '2026-11-04', 101608n),
    ...movement('DEP', 'S3', '2026-11-05', 1n, 2),
  ];
  test('October: 62.31 due to Amazon, the first charge on the card, the invoice open', () => {
    const openSales = [
      openSale({ externalId: 'AMZ_us_INV_1_1', purpose: 'INV', ...USD, left: 150000n, date: '2026-10-25' }),
    ];
    const facts = factsOf('2026-10', CHAIN, { openSales });
    expect(closings(facts)).toEqual({ 'balance-due-to-amazon': -6231n, card: -32169n, receivable: 150000n });
    expect(byAccount(facts)['balance-due-to-amazon']!.residues).toEqual([
      { subject: 'balance-due-to-amazon', amount: -6231n, since: '2026-10-05' },
    ]);
    expect(stateOf(facts).state).toBe('ties');
  });
  test('November: bank 1,016.09, card −384.00, nothing due, charged or under way', () => {
    const facts = factsOf('2026-11', CHAIN);
    expect(closings(facts)).toEqual({ bank: 101609n, card: -38400n });
    expect(stateOf(facts)).toMatchObject({ state: 'ties', figure: 0n });
  });
  test('a charge is one kind, whether NetSuite has it as a check or a card charge', () => {
    for (const type of ['Check', 'CardChrg']) {
      const facts = factsOf('2026-11', CHAIN);
      const month = facts.month.map((sum) => (sum.type === 'CardChrg' ? { ...sum, type } : sum));
      expect(stateOf({ ...facts, month }).state).toBe('ties');
    }
  });
  test('a transfer that failed, and the next file that brings it back, are two residues that come to nothing', () => {
    const failed = [
      ...journal('S1', '2026-10-05', { 'payouts-in-transit': 10000n, clearing: -10000n }),
      ...journal('S2', '2026-10-19', { 'payouts-in-transit': -10000n, clearing: 10000n }),
    ];
    const inTransit = byAccount(factsOf('2026-10', failed))['payouts-in-transit']!;
    expect(inTransit.residues.map(({ amount }) => amount)).toEqual([10000n, -10000n]);
    expect(rollForward(inTransit)).toMatchObject({ closing: 0n, residues: 0n, difference: 0n });
  });
});

describe('what a person does in NetSuite', () => {
  const inTransit = account('payouts-in-transit');
  const ofMonth = (period: string) => ALL.filter((line) => line.period === period);
  const more = (amount: bigint, type = 'Journal', isOurs = true): LedgerSum => ({
    account: 'payouts-in-transit',
    ...USD,
    type,
    isOurs,
    amount,
  });
  /** The state of October with other sums, and its documents as NetSuite has them. */
  function october(sums: LedgerSum[], held: [string, bigint][]) {
    const facts = factsOf('2026-10', ALL);
    const accounts = accountFacts({ ...facts, month: [...facts.month, ...sums] }).map((one) =>
      one.account === 'payouts-in-transit'
        ? { ...one, differing: differingOn(inTransit, ofMonth('2026-10'), new Map(held)) }
        : one,
    );
    return balancesItem({ accounts, confirmed: null })[0]!;
  }
  const causes = (figure: ReturnType<typeof october>) => figure.open.map(({ cause, amount }) => [cause, amount]);
  const S1 = 'AMZ_us_JE_S1_1';

  test('a journal edited or enlarged is named', () => {
    const figure = october([more(500n)], [[S1, 2502n]]);
    expect(figure).toMatchObject({ state: 'open', difference: 500n });
    expect(causes(figure)).toEqual([[`document ${S1}`, 500n]]);
  });
  test('deleted', () => {
    expect(causes(october([more(-2002n)], []))).toEqual([[`document ${S1}`, -2002n]]);
  });
  test('back-dated into the month from a later one', () => {
    const figure = october(
      [more(1150n)],
      [
        [S1, 2002n],
        ['AMZ_us_JE_S2_1', 1150n],
      ],
    );
    expect(causes(figure)).toEqual([['document AMZ_us_JE_S2_1', 1150n]]);
  });
  test('entered under a key like ours', () => {
    const figure = october(
      [more(700n)],
      [
        [S1, 2002n],
        ['AMZ_us_mine', 700n],
      ],
    );
    expect(causes(figure)).toEqual([['document AMZ_us_mine', 700n]]);
  });
  test('two edits that cancel each other', () => {
    const figure = october(
      [more(1150n), more(-1150n)],
      [
        [S1, 852n],
        ['AMZ_us_JE_S2_1', 1150n],
      ],
    );
    expect(figure).toMatchObject({ state: 'open', difference: 2300n });
    expect(causes(figure)).toEqual([
      [`document ${S1}`, -1150n],
      ['document AMZ_us_JE_S2_1', 1150n],
    ]);
  });
  test('two of different kinds that cancel each other show by their kinds, before anyone looks at documents', () => {
    const facts = factsOf('2026-10', ALL);
    const figure = stateOf({ ...facts, month: [...facts.month, more(500n), more(-500n, 'Deposit')] });
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
    expect(figure.open.map(({ amount }) => amount)).toEqual([-500n, 500n]);
  });
  test('a document of others is told apart', () => {
    const [finding] = october([more(700n, 'Journal', false)], [[S1, 2002n]]).open;
    expect(finding!.what).toBe('payouts-in-transit: documents of others have 7.00 USD there');
  });
  test('in a month before, it stands there and not in this one', () => {
    const facts = factsOf('2026-11', ALL);
    expect(stateOf({ ...facts, before: [...facts.before, more(500n)] })).toMatchObject({
      state: 'ties',
      difference: 0n,
    });
  });
  test('invoices and payments are sums there, and none of them is unplanned', () => {
    const held = new Map([
      ['AMZ_us_PAY_S1_1', 6599n],
      [S1, -6599n],
    ]);
    expect(differingOn(account('clearing'), ofMonth('2026-10'), held)).toEqual([]);
  });
});

describe('accounts', () => {
  test('of two roles are watched as the strictest, and have the lines of both', () => {
    const one = account('clearing', 'payouts-in-transit');
    expect(one.watch).toBe('strict');
    expect(watchOf(['bank', 'suspense', 'clearing'])).toBe('zero');
    expect(watchOf(['bank', 'loans'])).toBe('shown');
    const facts = factsOf('2026-10', ALL, { accounts: [one], month: asPlanned(OCTOBER, [one]) });
    expect(accountFacts(facts)).toMatchObject([
      {
        account: 'clearing, payouts-in-transit',
        closing: 2002n,
        residues: [{ subject: 'settlement S1', amount: 2002n }],
      },
    ]);
    expect(stateOf(facts).state).toBe('ties');
  });
  test('that are shown count our lines alone, and ours that were altered are open', () => {
    const facts = factsOf('2026-11', ALL);
    const rent = { account: 'bank', ...USD, type: 'Check', isOurs: false, amount: -99900n };
    const stateWith = (sum: LedgerSum) => stateOf({ ...facts, month: [...facts.month, sum] });
    expect(stateWith(rent).state).toBe('ties');
    expect(stateWith({ ...rent, isOurs: true })).toMatchObject({ state: 'open', difference: -99900n });
  });
  test('of a jurisdiction have its lines; without one they stand on the account of the role', () => {
    const line = (jurisdiction: string, amount: bigint): PlannedLine => ({
      ...journal('S1', '2026-10-29', { 'sales-tax-payable': amount })[0]!,
      jurisdiction,
    });
    const plain: WatchedAccount = { ...account('sales-tax-payable'), id: 'plain' };
    const gb: WatchedAccount = { ...plain, id: 'gb', roles: [{ role: 'sales-tax-payable', jurisdiction: 'GB' }] };
    const planned = [line('GB', -100n), line('DE', -20n)];
    const month = [
      { account: 'gb', ...USD, type: 'Journal', isOurs: true, amount: -100n },
      { account: 'plain', ...USD, type: 'Journal', isOurs: true, amount: -20n },
    ];
    const facts = factsOf('2026-10', planned, { accounts: [plain, gb], month });
    expect(stateOf(facts)).toMatchObject({ state: 'ties', difference: 0n });
    expect(stateOf({ ...facts, month: month.map((sum) => ({ ...sum, account: 'gb' })) }).state).toBe('open');
    const s1 = 'AMZ_us_JE_S1_1';
    expect(differingOn(plain, planned, new Map([[s1, -20n]]), [plain, gb])).toEqual([]);
    expect(differingOn(gb, planned, new Map([[s1, -120n]]), [plain, gb])).toEqual([
      { document: s1, planned: -100n, held: -120n },
    ]);
  });
  test('keep currencies apart', () => {
    const cad: WatchedAccount = { ...account('clearing'), currency: 'CAD' };
    const sum = { account: 'clearing', currency: 'CAD', type: 'Journal', isOurs: true, amount: 500n };
    const facts = factsOf('2026-10', ALL);
    const figures = balancesItem({
      accounts: accountFacts({ ...facts, accounts: [...ACCOUNTS, cad], month: [...facts.month, sum] }),
      confirmed: null,
    });
    expect(figures.map(({ currency, state }) => [currency, state])).toEqual([
      ['CAD', 'open'],
      ['USD', 'ties'],
    ]);
  });
});
