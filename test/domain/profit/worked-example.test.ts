/**
 * The worked example of close.md, *Profit by SKU*, by hand. October: A 40.00 + shipping 3.69 − promotion 5.00 − commission 6.09 −
 * fulfilment 8.05 (4.36 + 3.69) − cost 15.00 = 9.55; B 25.00 + 2.30 − 3.81 − 5.02 (2.72 + 2.30) − 9.00 = 9.47; storage −3.00 on
 * none: 16.02. November: B −25.00 + 3.75 − 0.75 + cost 9.00 − loss 9.00 + reimbursement 15.00 = −7.00; advertising −1.50 on
 * none: −8.50. Together 7.52.
 */
import { describe, expect, test } from '@jest/globals';
import { splitCost, type CostDocument } from '../../../src/domain/profit/netsuite-cost.ts';
import { profitOf, type LedgerAmount } from '../../../src/domain/profit/month-profit.ts';
import { profitRows } from '../../../src/domain/profit/profit-rows.ts';
import type { ProfitCell } from '../../../src/domain/profit/allocate.ts';
import { JournalSplitter } from '../../../src/domain/profit/split-journal.ts';
import { splitSale, type SaleFacts } from '../../../src/domain/profit/split-sale.ts';
import type { AmountSplit, UnitsSplit } from '../../../src/domain/profit/split.ts';
import type { OrderLine } from '../../../src/domain/orders/sales-order.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';

const MARKET = { channel: 'ours', marketplace: 'Amazon.com' } as const;
const ORDER = '113-1111111-2222222';
const FACTS: SaleFacts = {
  ...MARKET,
  skus: new Map([
    ['601', 'A'],
    ['602', 'B'],
  ]),
  ordered: [
    { sku: 'A', principal: 4000n, units: 1 },
    { sku: 'B', principal: 2500n, units: 1 },
  ],
};
const line = (id: string, component: OrderLine['component'], amount: bigint, sku: string | null = null): OrderLine => ({
  tag: `${id} ${component}`,
  goods: sku !== null,
  sku,
  component,
  quantity: 1,
  amount,
});
const invoice = splitSale(
  {
    key: { connection: 'us', purpose: 'INV', businessKey: `${ORDER}-D1`, part: 1 },
    plan: {
      key: { connection: 'us', purpose: 'INV', businessKey: `${ORDER}-D1`, part: 1 },
      memo: '',
      orderId: ORDER,
      currency: 'USD',
      date: '2026-10-28',
      lines: [
        line('601', 'principal', 4000n, 'A'),
        line('601', 'shipping', 369n),
        line('601', 'promotion', -500n),
        line('602', 'principal', 2500n, 'B'),
        line('602', 'shipping', 230n),
      ],
      total: 6599n,
      cut: [],
      shares: 0,
    },
  },
  FACTS,
);
const memo = splitSale(
  {
    key: { connection: 'us', purpose: 'CM', businessKey: `${ORDER}-20261104T180211`, part: 1 },
    plan: {
      orderId: ORDER,
      currency: 'USD',
      date: '2026-11-04',
      creditMemo: null,
      returnAuthorisation: null,
      lines: [line('602', 'principal', 2500n, 'B')],
      total: 2500n,
    },
  },
  FACTS,
);

type Row = [booked: Role, sku: string | null, amount: bigint];
function journal(lines: [Role, debit: bigint, credit: bigint][], rows: Row[]): AmountSplit[] {
  const splitter = new JournalSplitter(lines.map(([role, debit, credit]) => ({ role, debit, credit })));
  for (const [booked, sku, amount] of rows) splitter.add({ ...MARKET, booked, sku, amount, ordered: [] });
  return splitter.finish();
}
const first = journal(
  [
    ['payouts-in-transit', 2002n, 0n],
    ['selling-fees', 990n, 0n],
    ['fulfilment-fees', 1307n, 0n],
    ['storage', 300n, 0n],
    ['reserve-held', 2000n, 0n],
    ['clearing', 0n, 6599n],
  ],
  [
    ['selling-fees', 'A', -609n],
    ['selling-fees', 'B', -381n],
    ['fulfilment-fees', 'A', -436n],
    ['fulfilment-fees', 'A', -369n],
    ['fulfilment-fees', 'B', -272n],
    ['fulfilment-fees', 'B', -230n],
    ['storage', null, -300n],
  ],
);
const second = journal(
  [
    ['payouts-in-transit', 1150n, 0n],
    ['advertising', 150n, 0n],
    ['clearing', 2500n, 0n],
    ['selling-fees', 0n, 300n],
    ['reimbursements', 0n, 1500n],
    ['reserve-released', 0n, 2000n],
  ],
  [
    ['selling-fees', 'B', 375n],
    ['selling-fees', 'B', -75n],
    ['reimbursements', 'B', 1500n],
    ['advertising', null, -150n],
  ],
);

const units = (sku: string | null, item: string | null, lineOf = 1): UnitsSplit => ({
  ...MARKET,
  line: lineOf,
  sku,
  item,
  units: 1,
});
const cost = (
  document: string,
  lines: [account: 'cogs' | 'inventory-loss', item: string | null, amount: bigint][],
  splits: UnitsSplit[],
  moved: CostDocument['moved'] = [],
) =>
  splitCost(
    {
      document,
      currency: 'USD',
      lines: lines.map(([role, item, amount]) => ({ account: role, role, item, amount, isCorrection: false })),
      moved,
      splits,
    },
    (sku) => ({ item: `item ${sku}`, members: new Map() }),
  ).map(({ document: _, ...share }): ProfitCell => ({ ...share, units: 0, isRefund: false, isAllocated: false }));
const fulfilment = cost(
  'IF',
  [
    ['cogs', 'item A', 1500n],
    ['cogs', 'item B', 900n],
  ],
  [units('A', null), units('B', null, 2)],
);
const receipt = cost('IR', [['cogs', 'item B', -900n]], [units('B', 'item B')]);
const loss = cost('ADJ', [['inventory-loss', null, 900n]], [units('B', 'item B')], [{ item: 'item B', amount: 900n }]);

const cells = (splits: AmountSplit[], isRefund = false): ProfitCell[] =>
  splits.map(({ line: _, units: sold, ...split }) => ({
    ...split,
    currency: 'USD',
    account: split.role,
    item: split.sku === null ? null : `item ${split.sku}`,
    units: sold ?? 0,
    isRefund,
    isAllocated: false,
  }));
const ledger = (all: Record<string, bigint>): LedgerAmount[] =>
  Object.entries(all).map(([account, amount]) => ({ currency: 'USD', account, amount }));

const OCTOBER = [...cells([...invoice, ...first]), ...fulfilment];
const OCTOBER_LEDGER = ledger({
  'product-sales': -6500n,
  'shipping-income': -599n,
  promotions: 500n,
  'selling-fees': 990n,
  'fulfilment-fees': 1307n,
  storage: 300n,
  cogs: 2400n,
});
const NOVEMBER = [...cells(memo, true), ...cells(second), ...receipt, ...loss];
const NOVEMBER_LEDGER = ledger({
  'product-sales': 2500n,
  'selling-fees': -300n,
  reimbursements: -1500n,
  advertising: 150n,
  cogs: -900n,
  'inventory-loss': 900n,
});
const sumOf = (amounts: bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);

describe('profit by SKU', () => {
  test('October is 9.55 of A, 9.47 of B and storage of 3.00 on none: 16.02, as the ledger', () => {
    const { ties, cells: all } = profitOf(OCTOBER, OCTOBER_LEDGER, {});
    expect(ties.map(({ difference }) => difference)).toEqual([0n, 0n, 0n, 0n, 0n, 0n, 0n]);
    expect(-sumOf(ties.map((tie) => tie.ledger))).toBe(1602n);
    const [a, b, none, ...others] = profitRows(all, 'sku');
    expect(others).toEqual([]);
    expect(a).toEqual({
      currency: 'USD',
      name: 'A',
      channel: 'ours',
      units: 1,
      sales: 4000n,
      shipping: 369n,
      promotions: -500n,
      refunds: 0n,
      income: 3869n,
      fees: [
        { role: 'fulfilment-fees', amount: -805n },
        { role: 'selling-fees', amount: -609n },
      ],
      feesTotal: -1414n,
      cost: -1500n,
      allocated: 0n,
      profit: 955n,
      // 9.55 of 38.69
      margin: 246,
    });
    expect(b).toMatchObject({ name: 'B', sales: 2500n, shipping: 230n, cost: -900n, profit: 947n, margin: 346 });
    expect(b!.fees).toEqual([
      { role: 'fulfilment-fees', amount: -502n },
      { role: 'selling-fees', amount: -381n },
    ]);
    expect(none).toMatchObject({ name: null, fees: [{ role: 'storage', amount: -300n }], profit: -300n, margin: null });
    expect(ties.find(({ account }) => account === 'storage')).toMatchObject({ skus: 0n, unallocated: 300n });
  });

  test('November is −7.00 of B and advertising of 1.50 on none: −8.50, and both months together 7.52', () => {
    const { ties, cells: all } = profitOf(NOVEMBER, NOVEMBER_LEDGER, {});
    expect(ties.filter(({ difference }) => difference !== 0n)).toEqual([]);
    expect(profitRows(all, 'sku')).toMatchObject([
      {
        name: 'B',
        sales: 0n,
        refunds: -2500n,
        fees: [
          { role: 'inventory-loss', amount: -900n },
          { role: 'reimbursements', amount: 1500n },
          { role: 'selling-fees', amount: 300n },
        ],
        cost: 900n,
        profit: -700n,
        margin: null,
      },
      { name: null, profit: -150n },
    ]);
    const both = [...OCTOBER_LEDGER, ...NOVEMBER_LEDGER].map(({ amount }) => -amount);
    expect(sumOf(both)).toBe(752n);
  });

  test('a split that was lost, and a journal that somebody altered, are differences and never tie', () => {
    const lost = OCTOBER.filter(({ role, sku }) => !(role === 'selling-fees' && sku === 'B'));
    const tieOf = (some: ProfitCell[], held: LedgerAmount[], account: string) =>
      profitOf(some, held, {}).ties.find((tie) => tie.account === account);
    expect(tieOf(lost, OCTOBER_LEDGER, 'selling-fees')).toMatchObject({ skus: 609n, ledger: 990n, difference: 381n });
    const altered = OCTOBER_LEDGER.map((one) => (one.account === 'storage' ? { ...one, amount: 100n } : one));
    expect(tieOf(OCTOBER, altered, 'storage')).toMatchObject({ unallocated: 300n, ledger: 100n, difference: -200n });
    const elsewhere = [...OCTOBER_LEDGER, { currency: 'USD', account: 'account 6999', amount: 5n }];
    expect(tieOf(OCTOBER, elsewhere, 'account 6999')).toMatchObject({ skus: 0n, unallocated: 0n, difference: 5n });
  });

  test('storage is allocated by units, one each, or by revenue, 38.69 to 27.30, and nothing of it is left on none', () => {
    const by = (key: 'units' | 'revenue') => {
      const { ties, cells: all } = profitOf(OCTOBER, OCTOBER_LEDGER, { storage: key });
      const tie = ties.find(({ account }) => account === 'storage');
      expect(tie).toMatchObject({ skus: 0n, allocated: 300n, unallocated: 0n, difference: 0n });
      return profitRows(all, 'sku').map(({ name, allocated, profit }) => [name, allocated, profit]);
    };
    expect(by('units')).toEqual([
      ['A', -150n, 805n],
      ['B', -150n, 797n],
    ]);
    // 3.00 × 38.69 ÷ 65.99 = 1.7589: 1.76 and 1.24.
    expect(by('revenue')).toEqual([
      ['A', -176n, 779n],
      ['B', -124n, 823n],
    ]);
  });

  test('a key that is nothing for every SKU allocates nothing: it stays on none', () => {
    const { ties, cells: all } = profitOf(NOVEMBER, NOVEMBER_LEDGER, { advertising: 'units' });
    expect(ties.find(({ account }) => account === 'advertising')).toMatchObject({ allocated: 0n, unallocated: 150n });
    expect(profitRows(all, 'sku').map(({ profit }) => profit)).toEqual([-700n, -150n]);
  });
});
