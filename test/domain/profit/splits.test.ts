/** Each rule of close.md, *Profit by SKU*, by itself: shares, channels, accruals, what NetSuite values. */
import { describe, expect, test } from '@jest/globals';
import { channelOf } from '../../../src/domain/profit/channel.ts';
import { differingDocuments } from '../../../src/domain/profit/month-profit.ts';
import { splitCost, type CostDocument } from '../../../src/domain/profit/netsuite-cost.ts';
import { shareByWeight, shareOfOrder } from '../../../src/domain/profit/share.ts';
import { channelOfTransaction, sharesOfPart } from '../../../src/domain/profit/accrued-shares.ts';
import { splitAccrual } from '../../../src/domain/profit/split-accrual.ts';
import { JournalSplitter, splitLines } from '../../../src/domain/profit/split-journal.ts';
import { splitFulfilment, splitStock } from '../../../src/domain/profit/split-stock.ts';
import { negated, NOBODY } from '../../../src/domain/profit/split.ts';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';

describe('shares', () => {
  test('cents that do not divide go to the largest remainders, equal ones to the first', () => {
    expect(shareByWeight(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    // 10 × 5 ÷ 9 = 5.56, 10 × 3 ÷ 9 = 3.33, 10 × 1 ÷ 9 = 1.11
    expect(shareByWeight(10n, [5n, 3n, 1n])).toEqual([6n, 3n, 1n]);
    expect(shareByWeight(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(shareByWeight(5n, [0n, 0n])).toBeNull();
    expect(shareByWeight(1n, [0n, 2n])).toEqual([0n, 1n]);
    expect(() => shareByWeight(1n, [-1n, 2n])).toThrow('bug:');
  });

  test("an order's amount goes by its SKUs' principal, else by units, else on none; equal remainders to the first by name", () => {
    const ordered = [
      { sku: 'B', principal: 1000n, units: 3 },
      { sku: 'A', principal: 1000n, units: 1 },
    ];
    expect(shareOfOrder(-101n, ordered)).toEqual([
      { sku: 'A', amount: -51n },
      { sku: 'B', amount: -50n },
    ]);
    const free = ordered.map((one) => ({ ...one, principal: null }));
    expect(shareOfOrder(400n, free)).toEqual([
      { sku: 'A', amount: 100n },
      { sku: 'B', amount: 300n },
    ]);
    expect(shareOfOrder(400n, [])).toEqual([{ sku: null, amount: 400n }]);
  });
});

test('an order is ours by its invoice; else the rows of its sale say whose it is', () => {
  const of = { orderId: '113-1111111-2222222', marketplaceName: 'Amazon.com', isBilled: false, bookedOn: [] };
  expect(channelOf(of)).toBe('ours');
  expect(channelOf({ ...of, bookedOn: ['merchant-orders'] })).toBe('merchant-orders');
  expect(channelOf({ ...of, bookedOn: ['opening-balance'] })).toBe('opening-balance');
  expect(channelOf({ ...of, isBilled: true, bookedOn: ['opening-balance'] })).toBe('ours');
  expect(channelOf({ ...of, marketplaceName: 'Non-Amazon US' })).toBe('multi-channel');
  expect(channelOf({ ...of, orderId: 'S01-1' })).toBe('multi-channel');
  expect(channelOf({ ...of, isNonAmazon: true })).toBe('multi-channel');
});

describe('journals', () => {
  const rows = { channel: 'ours', marketplace: 'Amazon.de', ordered: [] } as const;

  test('rows of two marketplaces stand on the line that has theirs', () => {
    const splitter = new JournalSplitter([
      { role: 'storage', debit: 300n, credit: 0n, marketplaces: ['Amazon.de'] },
      { role: 'storage', debit: 200n, credit: 0n, marketplaces: ['Amazon.fr', null] },
    ]);
    splitter.add({ ...rows, booked: 'storage', sku: 'A', amount: -300n });
    splitter.add({ ...rows, marketplace: null, booked: 'storage', sku: 'A', amount: -200n });
    expect(splitter.finish().map(({ line, amount }) => [line, amount])).toEqual([
      [1, 300n],
      [2, 200n],
    ]);
  });

  test('what no row explains stands on none, so that the splits come to the line', () => {
    const splitter = new JournalSplitter([{ role: 'storage', debit: 300n, credit: 0n }]);
    splitter.add({ ...rows, booked: 'storage', sku: 'A', amount: -100n });
    expect(splitter.finish()).toMatchObject([
      { sku: 'A', amount: 100n },
      { ...NOBODY, amount: 200n },
    ]);
  });

  test('a row without a SKU goes by the SKUs of its order, and accounts that are no income or cost have no split', () => {
    const splitter = new JournalSplitter([
      { role: 'clearing', debit: 0n, credit: 100n },
      { role: 'selling-fees', debit: 100n, credit: 0n },
    ]);
    const ordered = [
      { sku: 'A', principal: 300n, units: 1 },
      { sku: 'B', principal: 100n, units: 1 },
    ];
    splitter.add({ ...rows, booked: 'selling-fees', sku: null, amount: -100n, ordered });
    expect(splitter.finish().map(({ line, sku, amount }) => [line, sku, amount])).toEqual([
      [2, 'A', 75n],
      [2, 'B', 25n],
    ]);
  });

  test('a variance is of the SKUs of its order, and a reversal is what it reverses, negated', () => {
    const lines = [
      { role: 'clearing', debit: 0n, credit: 3n },
      { role: 'variance', debit: 3n, credit: 0n },
    ] as const;
    const ordered = [{ sku: 'A', principal: 300n, units: 1 }];
    const [split, ...others] = splitLines(lines, { channel: 'ours', marketplace: 'Amazon.com', ordered });
    expect(others).toEqual([]);
    expect(split).toMatchObject({ line: 2, sku: 'A', amount: 3n });
    expect(negated([split!])).toEqual([{ ...split, amount: -3n }]);
    expect(splitLines(lines)).toMatchObject([{ sku: null, amount: 3n }]);
  });
});

describe('accruals', () => {
  const part = (path: string, amount: bigint, sku: string | null, quantity: number | null = null) => ({
    path,
    amount,
    sku,
    orderItemId: sku,
    quantity,
  });
  const transaction = (parts: FinanceTransaction['parts'], changes: Partial<FinanceTransaction> = {}) =>
    ({
      orderId: '113-1111111-2222222',
      marketplaceName: 'Amazon.com',
      fulfilledBy: 'AMAZON',
      parts,
      ...changes,
    }) as FinanceTransaction;

  test('a part of no item goes by the prices of the items of its transaction, else by their units', () => {
    const fee = part('Expenses/AmazonFees/Commission', -100n, null);
    const priced = transaction([
      part('Sales/ProductCharges', 3000n, 'A', 1),
      part('Sales/ProductCharges', 1000n, 'B', 1),
      fee,
    ]);
    expect(sharesOfPart(priced, fee)).toEqual([
      { sku: 'A', amount: 75n },
      { sku: 'B', amount: 25n },
    ]);
    const free = transaction([part('Expenses/X', -1n, 'A', 3), part('Expenses/X', -1n, 'B', 1), fee]);
    expect(sharesOfPart(free, fee)).toEqual([
      { sku: 'A', amount: 75n },
      { sku: 'B', amount: 25n },
    ]);
    expect(sharesOfPart(transaction([fee]), fee)).toEqual([{ sku: null, amount: 100n }]);
    expect(sharesOfPart(priced, part('Expenses/X', -7n, 'B'))).toEqual([{ sku: 'B', amount: 7n }]);
  });

  test("a merchant's sale that another system books stands apart", () => {
    expect(channelOfTransaction(transaction([], { fulfilledBy: 'MERCHANT' }), 'other')).toBe('merchant-orders');
    expect(channelOfTransaction(transaction([], { fulfilledBy: 'MERCHANT' }), 'ours')).toBe('ours');
    expect(channelOfTransaction(transaction([], { orderId: null, fulfilledBy: 'MERCHANT' }), 'other')).toBe('ours');
    expect(channelOfTransaction(transaction([], { orderId: 'S01-2' }), 'other')).toBe('multi-channel');
  });

  test('the shares that its plan keeps, and what they do not explain on none', () => {
    const line = { account: null, memo: '', payout: false };
    const plan = {
      period: '2026-10',
      financesMapVersion: 1,
      lines: [
        { ...line, role: 'selling-fees', debit: 990n, credit: 0n } as const,
        { ...line, role: 'accrued', debit: 0n, credit: 990n } as const,
      ],
      whose: [{ role: 'selling-fees', sku: 'A', channel: 'ours', marketplace: null, amount: 600n } as const],
    };
    expect(splitAccrual(plan)).toMatchObject([
      { line: 1, sku: 'A', amount: 600n },
      { line: 1, sku: null, amount: 390n },
    ]);
  });
});

describe('what NetSuite values', () => {
  const of = (changes: Partial<CostDocument>): CostDocument => ({
    document: 'D',
    currency: 'USD',
    lines: [],
    moved: [],
    splits: [],
    ...changes,
  });
  const cogs = (item: string | null, amount: bigint) =>
    ({ account: 'cogs', role: 'cogs', item, amount, isCorrection: false }) as const;
  const sku = (name: string | null, units: number, item: string | null = null) => ({
    ...NOBODY,
    line: 1,
    sku: name,
    item,
    units,
  });
  const items = (map: Record<string, { item: string; members?: Record<string, number> }>) => (name: string) =>
    map[name] === undefined
      ? null
      : { item: map[name].item, members: new Map(Object.entries(map[name].members ?? {})) };
  const shown = (document: CostDocument, known = {}) =>
    splitCost(document, items(known)).map(({ sku: name, item, amount }) => [name, item, amount]);

  test('two SKUs of one item share its cost by units of the item: a pack of three has three', () => {
    const lines = [
      { tag: '1 principal', goods: true, sku: 'PACK', component: 'principal', quantity: 1, amount: 0n },
      { tag: '2 principal', goods: true, sku: 'ONE', component: 'principal', quantity: 1, amount: 0n },
    ] as const;
    const splits = splitFulfilment(
      { lines: [...lines] },
      { channel: 'ours', marketplace: null, ordered: [{ ...lines[0], units: 3 }] },
    );
    const known = { PACK: { item: 'MUG' }, ONE: { item: 'MUG' } };
    expect(shown(of({ lines: [cogs('MUG', 4000n)], splits }), known)).toEqual([
      ['ONE', 'MUG', 1000n],
      ['PACK', 'MUG', 3000n],
    ]);
  });

  test("the cost of a kit's members is the kit's", () => {
    const splits = [sku('KIT', 2), sku('CUP', 1)];
    const known = { KIT: { item: 'SET', members: { MUG: 1, SPOON: 2 } }, CUP: { item: 'MUG' } };
    expect(shown(of({ lines: [cogs('MUG', 300n), cogs('SPOON', 400n)], splits }), known)).toEqual([
      ['CUP', 'MUG', 100n],
      ['KIT', 'SET', 200n],
      ['KIT', 'SET', 400n],
    ]);
  });

  test("the line of an adjustment's account is of its items by what they are worth", () => {
    const splits = [sku('A', 1, 'MUG'), sku('B', 5, 'CAP')];
    const moved = [
      { item: 'MUG', amount: 900n },
      { item: 'CAP', amount: 100n },
    ];
    expect(shown(of({ lines: [cogs(null, 1000n)], moved, splits }))).toEqual([
      ['A', 'MUG', 900n],
      ['B', 'CAP', 100n],
    ]);
  });

  test('a correction of NetSuite stands by item, and an item that the document does not have goes by its units', () => {
    const splits = [sku('A', 1), sku('B', 1)];
    const known = { A: { item: 'MUG' }, B: { item: 'CAP' } };
    const correction = { ...cogs('MUG', 12n), isCorrection: true };
    expect(shown(of({ lines: [correction, cogs('HAT', 101n)], splits }), known)).toEqual([
      [null, 'MUG', 12n],
      ['A', 'MUG', 51n],
      ['B', 'CAP', 50n],
    ]);
    expect(shown(of({ lines: [cogs('HAT', 101n)] }))).toEqual([[null, 'HAT', 101n]]);
  });

  test('rows behind a line of stock share it by units; without any it is its item', () => {
    const lines = [
      { item: 'MUG', units: -4 },
      { item: 'CAP', units: 2 },
    ];
    expect(
      splitStock(lines, [
        { line: 1, sku: 'A', units: -3 },
        { line: 1, sku: 'B', units: -1 },
      ]),
    ).toMatchObject([
      { line: 1, item: 'MUG', sku: 'A', units: 3 },
      { line: 1, item: 'MUG', sku: 'B', units: 1 },
      { line: 2, item: 'CAP', sku: null, units: 2 },
    ]);
  });
});

test('documents whose splits and ledger differ are named, those that only one side has too', () => {
  const usd = (document: string, amount: bigint) => ({ document, currency: 'USD', amount });
  expect(differingDocuments([usd('a', 5n), usd('a', 5n), usd('b', 1n)], [usd('a', 10n), usd('c', 3n)])).toEqual([
    { document: 'b', currency: 'USD', splits: 1n, ledger: 0n },
    { document: 'c', currency: 'USD', splits: 0n, ledger: 3n },
  ]);
});
