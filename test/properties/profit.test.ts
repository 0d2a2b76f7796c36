/** Splits come to their lines, and a month by SKU to its ledger, over generated sales, journals and goods, whatever is allocated. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COST_ROLES } from '../../src/domain/mapping/roles.ts';
import type { OrderLine } from '../../src/domain/orders/sales-order.ts';
import type { ProfitCell } from '../../src/domain/profit/allocate.ts';
import { CHANNELS } from '../../src/domain/profit/channel.ts';
import { profitOf, togetherCells } from '../../src/domain/profit/month-profit.ts';
import { splitCost } from '../../src/domain/profit/netsuite-cost.ts';
import { PROFIT_BY, profitRows } from '../../src/domain/profit/profit-rows.ts';
import { shareByWeight } from '../../src/domain/profit/share.ts';
import { JournalSplitter } from '../../src/domain/profit/split-journal.ts';
import { splitSale } from '../../src/domain/profit/split-sale.ts';
import { runs } from './runs.ts';

const SKUS = ['A', 'B', 'C'];
const sku = fc.constantFrom(...SKUS);
const amount = fc.bigInt({ min: -100_000n, max: 100_000n });
const sum = (all: readonly bigint[]) => all.reduce((total, one) => total + one, 0n);
const ordered = fc.array(
  fc.record({ sku, principal: fc.option(fc.bigInt({ min: 0n, max: 9999n })), units: fc.nat(4) }),
  { maxLength: 4 },
);
const whose = { channel: fc.constantFrom(...CHANNELS), marketplace: fc.constantFrom('Amazon.de', 'Amazon.fr', null) };

test('shares come to the amount, each within a minor unit of its proportion and on its side', () => {
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.bigInt({ min: 0n, max: 9999n }), { minLength: 1, maxLength: 9 }),
      (whole, weights) => {
        const shares = shareByWeight(whole, weights);
        const total = sum(weights);
        if (shares === null) return expect(total).toBe(0n);
        expect(sum(shares)).toBe(whole);
        shares.forEach((share, index) => {
          const apart = share * total - whole * weights[index]!;
          expect(apart < total && apart > -total).toBe(true);
          expect(share * whole >= 0n).toBe(true);
        });
      },
    ),
    runs(300),
  );
});

test("a journal's splits come to its lines, whether its rows name SKUs, orders or nothing, and whether all of them are there", () => {
  const row = fc.record({
    ...whose,
    booked: fc.constantFrom(...COST_ROLES.slice(0, 4), 'clearing' as const),
    sku: fc.option(sku),
    amount,
    ordered,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.nat(3), (rows, lost) => {
      const byRole = new Map<(typeof rows)[number]['booked'], bigint>();
      for (const { booked, amount: of } of rows) byRole.set(booked, (byRole.get(booked) ?? 0n) - of);
      const lines = [...byRole].flatMap(([role, balance]) =>
        balance === 0n ? [] : [{ role, debit: balance > 0n ? balance : 0n, credit: balance < 0n ? -balance : 0n }],
      );
      const splitter = new JournalSplitter(lines);
      for (const one of rows.slice(lost)) splitter.add(one);
      const splits = splitter.finish();
      lines.forEach(({ role, debit, credit }, index) => {
        const own = sum(splits.filter(({ line }) => line === index + 1).map((split) => split.amount));
        expect(own).toBe(role === 'clearing' ? 0n : debit - credit);
      });
    }),
    runs(200),
  );
});

test("an invoice's and a memo's splits come to their lines but tax, on their sides", () => {
  const line = fc.record({
    item: fc.constantFrom('1', '2', '3'),
    component: fc.constantFrom('principal', 'shipping', 'promotion', 'other', 'tax', 'cod'),
    sku: fc.option(sku),
    amount,
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), ordered, fc.boolean(), (drawn, of, isMemo) => {
      const lines = drawn.map(({ item, component, ...rest }): OrderLine => ({
        ...rest,
        component,
        tag: `${item} ${component}`,
        goods: component === 'principal',
        quantity: 1,
      })) as OrderLine[];
      const purpose = isMemo ? ('CM' as const) : ('INV' as const);
      const key = { connection: 'us', purpose, businessKey: 'x', part: 1 };
      const plan = { key, memo: '', orderId: 'x', currency: 'USD', date: '2026-10-01', lines, total: 0n };
      const document = { key, plan: { ...plan, cut: [], shares: 0 } } as Parameters<typeof splitSale>[0];
      const splits = splitSale(document, {
        channel: 'ours',
        marketplace: null,
        skus: new Map([['3', 'C']]),
        ordered: of,
      });
      lines.forEach(({ component, amount: shown }, index) => {
        const own = sum(splits.filter((split) => split.line === index + 1).map((split) => split.amount));
        expect(own).toBe(component === 'tax' ? 0n : isMemo ? shown : -shown);
      });
    }),
    runs(200),
  );
});

test('what NetSuite values is split whole, whatever the documents say of its items', () => {
  const item = fc.constantFrom('MUG', 'CAP', 'SET', 'HAT');
  const split = fc.record({
    ...whose,
    line: fc.constant(1),
    sku: fc.option(sku),
    item: fc.option(item),
    units: fc.nat(5),
  });
  const line = fc.record({
    account: fc.constant('cogs'),
    role: fc.constant('cogs' as const),
    item: fc.option(item),
    amount,
    isCorrection: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 5 }),
      fc.array(split, { maxLength: 5 }),
      fc.array(fc.record({ item, amount }), { maxLength: 3 }),
      (lines, splits, moved) => {
        const shares = splitCost({ document: 'D', currency: 'USD', lines, splits, moved }, (of) =>
          of === 'C' ? null : { item: of === 'A' ? 'MUG' : 'SET', members: new Map(of === 'B' ? [['CAP', 2]] : []) },
        );
        expect(sum(shares.map((share) => share.amount))).toBe(sum(lines.map((one) => one.amount)));
      },
    ),
    runs(300),
  );
});

test('by SKU, item or marketplace, allocated by any key, every role ties and the rows come to the ledger', () => {
  const cell = fc.record({
    ...whose,
    currency: fc.constantFrom('USD', 'EUR'),
    role: fc.constantFrom('product-sales', 'cogs', 'storage', 'advertising', 'selling-fees'),
    item: fc.option(fc.constantFrom('MUG', 'CAP')),
    sku: fc.option(sku),
    amount,
    units: fc.nat(3),
    isRefund: fc.boolean(),
  });
  const key = fc.constantFrom('none', 'units', 'revenue');
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 25 }), fc.record({ storage: key, advertising: key }), (drawn, keys) => {
      const cells = togetherCells(
        drawn.map((one) => ({ ...one, account: one.role, isAllocated: false }) as ProfitCell),
      );
      const ledger = cells.map(({ currency, account, amount: held }) => ({ currency, account, amount: held }));
      const worked = profitOf(cells, ledger, keys as Parameters<typeof profitOf>[2]);
      expect(worked.ties.filter(({ difference }) => difference !== 0n)).toEqual([]);
      for (const currency of ['USD', 'EUR'])
        for (const by of PROFIT_BY) {
          const rows = profitRows(worked.cells, by).filter((row) => row.currency === currency);
          const held = sum(ledger.filter((one) => one.currency === currency).map((one) => one.amount));
          expect(sum(rows.map(({ profit }) => profit))).toBe(-held);
          for (const { income, feesTotal, cost, profit } of rows) expect(income + feesTotal + cost).toBe(profit);
          for (const { sales, shipping, promotions, refunds, income } of rows)
            expect(sales + shipping + promotions + refunds).toBe(income);
        }
    }),
    runs(200),
  );
});
