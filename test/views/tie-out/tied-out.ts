import type { TieOut, TieOutPayout } from '../../../src/contracts/tie-out/tie-out.ts';

/** Two payouts that tie, as the month of a small seller. */
export const PAYOUT: TieOutPayout = {
  settlementId: '20001234561',
  currency: 'USD',
  start: '2026-10-01T07:00:00Z',
  end: '2026-10-15T06:59:59Z',
  firstDay: '2026-10-01',
  lastDay: '2026-10-14',
  total: '7921.42',
  rows: 1842,
  sum: '7921.42',
  journal: {
    externalIds: ['AMZ_demo-us_JE_20001234561_1'],
    debit: '14730.92',
    credit: '14730.92',
    lines: 12,
    payoutLine: '7921.42',
  },
  movements: [
    {
      kind: 'payout',
      externalId: 'AMZ_demo-us_DEP_20001234561_1',
      amount: '7921.42',
      traceId: '021000023016017',
      bankLine: { date: '2026-10-16', amount: '7921.42', description: 'AMAZON.COM MKTPL' },
      state: 'posted',
    },
  ],
  reserve: { opens: '1150.00', lastClosed: null, closes: '1310.29' },
  state: 'tied',
  tied: true,
  exceptions: [],
  undecided: false,
};

export const SECOND: TieOutPayout = {
  ...PAYOUT,
  settlementId: '20001234562',
  firstDay: '2026-10-15',
  lastDay: '2026-10-28',
  total: '6814.67',
  rows: 1455,
  sum: '6814.67',
  journal: {
    externalIds: ['AMZ_demo-us_JE_20001234562_1'],
    debit: '12246.39',
    credit: '12246.39',
    lines: 11,
    payoutLine: '6814.67',
  },
  movements: [
    {
      kind: 'payout',
      externalId: 'AMZ_demo-us_DEP_20001234562_1',
      amount: '6814.67',
      traceId: '021000023016018',
      bankLine: { date: '2026-10-30', amount: '6814.67', description: 'AMAZON.COM MKTPL' },
      state: 'posted',
    },
  ],
  reserve: { opens: '1310.29', lastClosed: '1310.29', closes: '1104.15' },
};

export const TIED: TieOut = {
  connection: 'demo-us',
  orders: {
    seen: 342,
    salesOrders: 335,
    dispatched: 322,
    settled: 306,
    pending: 4,
    cancelled: 3,
    waiting: 0,
    fulfilments: 331,
    invoices: 331,
    creditMemos: 14,
  },
  documents: { SO: 335, IF: 331, INV: 331, CM: 14, OPN: 1, JE: 2, DEP: 2, PAY: 2, RFD: 2 },
  payouts: [PAYOUT, SECOND],
  balances: { bank: '14736.09', receivable: '611.34' },
  explained: [
    {
      role: 'clearing',
      currency: 'USD',
      netsuite: '0.00',
      explained: '0.00',
      by: 'settled rows not yet applied',
      difference: '0.00',
    },
    {
      role: 'receivable',
      currency: 'USD',
      netsuite: '611.34',
      explained: '611.34',
      by: '16 invoices not yet settled',
      difference: '0.00',
    },
    { role: 'loans', currency: 'USD', netsuite: '0.00', explained: '0.00', by: '', difference: '0.00' },
    {
      role: 'bank',
      currency: 'USD',
      netsuite: '14736.09',
      explained: '14736.09',
      by: '2 deposits',
      difference: '0.00',
    },
  ],
  duplicates: [],
  unknown: [],
  decisions: [
    { kind: 'sku', key: 'BLU-MUG-2', choice: 'BLU-MUG' },
    { kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: 'inbound' },
  ],
  openExceptions: [],
};

/** Its second payout waits for a person to say what an amount type means. */
export const UNDECIDED: TieOut = {
  ...TIED,
  payouts: [
    PAYOUT,
    {
      ...SECOND,
      journal: { externalIds: [], debit: '0.00', credit: '0.00', lines: 0, payoutLine: '0.00' },
      movements: [],
      state: 'waits-amount',
      tied: false,
      exceptions: ['unknown-amount'],
      undecided: true,
    },
  ],
  decisions: [
    { kind: 'amount', key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'], choice: null },
  ],
  openExceptions: [
    {
      number: 42,
      code: 'unknown-amount',
      owner: 'finance',
      what: 'no account for "FBA Inbound Dock Fee"',
      act: 'npx tieout map-amount 42 ROLE --why "…"',
      atStake: '-38.70',
      currency: 'USD',
      subject: 'amount:["other-transaction","other-transaction","FBA Inbound Dock Fee"]',
      payout: null,
      isDecision: true,
    },
  ],
};

/** The rows of its second payout do not come to the report's total. */
export const NOT_TIED: TieOut = {
  ...TIED,
  payouts: [
    PAYOUT,
    {
      ...SECOND,
      sum: '6853.37',
      journal: { externalIds: [], debit: '0.00', credit: '0.00', lines: 0, payoutLine: '0.00' },
      movements: [],
      state: 'refused',
      tied: false,
      exceptions: ['report-sum'],
    },
  ],
};

export const TEMPORAL = { address: '127.0.0.1:7233', server: '1.32.0', completed: 327, running: 18, failed: 0 };
