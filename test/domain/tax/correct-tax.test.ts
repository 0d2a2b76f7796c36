/** The document that corrects the tax of another one, by hand from the design. */
import { expect, test } from '@jest/globals';
import { planTaxCorrection, type Corrected } from '../../../src/domain/tax/correct-tax.ts';
import type { ItemTax } from '../../../src/domain/tax/tax-policy.ts';

const ITEM: ItemTax = {
  orderItemId: '71001',
  sku: 'POT',
  collector: 'seller',
  jurisdiction: 'GB',
  rate: 2000n,
  net: 10000n,
  tax: 2000n,
};
const TAX_LINE = { jurisdiction: 'GB', rate: 2000n, net: 10000n };
const line = (amount: bigint, tax = TAX_LINE) => ({
  tag: '71001 tax',
  goods: false,
  sku: null,
  component: 'tax' as const,
  quantity: 1,
  amount,
  tax,
});
const INVOICE: Corrected = {
  externalId: 'AMZ_uk_INV_202-1-S1_1',
  key: { connection: 'uk', purpose: 'INV', businessKey: '202-1-S1', part: 1 },
  orderId: '202-1',
  currency: 'GBP',
  marketplace: 'A1F83G8C2ARO7P',
  total: 12000n,
  lines: [
    { tag: '71001 principal', goods: true, sku: 'POT', component: 'principal', quantity: 1, amount: 10000n },
    { ...line(2000n), quantity: 1 },
  ],
  linesAreCredit: false,
  taxes: [ITEM],
};

test('tax that Amazon owes comes off an invoice by a credit memo of its tax lines', () => {
  expect(planTaxCorrection(INVOICE, { owedBy: 'amazon', amount: 2000n, items: null }, '2026-11-10', 'GB')).toEqual({
    key: { connection: 'uk', purpose: 'CM', businessKey: '202-1-S1-t1', part: 1 },
    memo: 'CM 202-1-S1-t1 1',
    orderId: '202-1',
    currency: 'GBP',
    date: '2026-11-10',
    lines: [line(2000n)],
    total: 2000n,
    corrects: 'AMZ_uk_INV_202-1-S1_1',
    marketplace: 'A1F83G8C2ARO7P',
    taxes: [
      { ...ITEM, collector: 'amazon' },
      { ...ITEM, net: -10000n, tax: -2000n },
    ],
  });
});

test('tax that the seller owes is added by an invoice, as it was told of each item', () => {
  const told: ItemTax = { ...ITEM, collector: 'amazon' };
  const plan = planTaxCorrection(
    { ...INVOICE, total: 10000n, lines: INVOICE.lines.slice(0, 1), taxes: [told] },
    { owedBy: 'seller', amount: 2000n, items: null },
    '2026-11-10',
    'GB',
  );
  expect(plan).toMatchObject({ key: { purpose: 'INV', businessKey: '202-1-S1-t1' }, total: 2000n });
  expect(plan.lines).toEqual([line(2000n)]);
  expect(plan.taxes).toEqual([ITEM, { ...told, net: -10000n, tax: -2000n }]);
});

test('where what was told is not what was settled it is one line at an unknown rate', () => {
  const told: ItemTax = { ...ITEM, collector: 'amazon', tax: 1900n };
  const plan = planTaxCorrection(
    { ...INVOICE, total: 10000n, lines: [], taxes: [told] },
    { owedBy: 'seller', amount: 2000n, items: null },
    '2026-11-10',
    'GB',
  );
  expect(plan.lines).toEqual([line(2000n, { jurisdiction: 'GB', rate: null as never, net: 10000n })]);
});

test('tax that Amazon withheld of a refund comes off its credit memo by an invoice', () => {
  // A memo of 25.00 + 5.00, told as −25.00 and −5.00.
  const refunded: ItemTax = { ...ITEM, net: -2500n, tax: -500n };
  const memo: Corrected = {
    ...INVOICE,
    externalId: 'AMZ_uk_CM_202-1-20261102T120000_1',
    key: { connection: 'uk', purpose: 'CM', businessKey: '202-1-20261102T120000', part: 1 },
    total: 3000n,
    lines: [line(500n, { ...TAX_LINE, net: 2500n })],
    taxes: [refunded],
  };
  const plan = planTaxCorrection(memo, { owedBy: 'amazon', amount: 500n, items: null }, '2026-11-10', 'GB');
  expect(plan).toMatchObject({ key: { purpose: 'INV', businessKey: '202-1-20261102T120000-t1' }, total: 500n });
  expect(plan.lines).toEqual([line(500n, { ...TAX_LINE, net: 2500n })]);
  expect(plan.taxes).toEqual([
    { ...refunded, collector: 'amazon' },
    { ...refunded, net: 2500n, tax: 500n },
  ]);
});

test('tax that the seller owes of a refund is added to its credit memo by another one', () => {
  const told: ItemTax = { ...ITEM, collector: 'amazon', net: -2500n, tax: -500n };
  const plan = planTaxCorrection(
    { ...INVOICE, key: { ...INVOICE.key, purpose: 'CM' }, total: 2500n, lines: [], taxes: [told] },
    { owedBy: 'seller', amount: 500n, items: null },
    '2026-11-10',
    'GB',
  );
  expect(plan.key.purpose).toBe('CM');
  expect(plan.lines).toEqual([line(500n, { ...TAX_LINE, net: 2500n })]);
});

test('of two items that alone comes off whose tax is of Amazon, and that alone is added which the document has not', () => {
  const second: ItemTax = { ...ITEM, orderItemId: '71002', sku: 'CUP', net: 3000n, tax: 600n };
  const lines = [line(2000n), { ...line(600n, { ...TAX_LINE, net: 3000n }), tag: '71002 tax' }];
  const both: Corrected = { ...INVOICE, total: 15600n, lines, taxes: [ITEM, second] };
  const amazons = planTaxCorrection(both, { owedBy: 'amazon', amount: 600n, items: ['71002 tax'] }, '2026-11-10', 'GB');
  expect(amazons).toMatchObject({ key: { purpose: 'CM' }, total: 600n, lines: [lines[1]] });
  expect(amazons.taxes).toEqual([
    { ...second, collector: 'amazon' },
    { ...second, net: -3000n, tax: -600n },
  ]);
  const told: ItemTax = { ...second, collector: 'amazon' };
  const sellers = planTaxCorrection(
    { ...both, total: 15000n, lines: lines.slice(0, 1), taxes: [ITEM, told] },
    { owedBy: 'seller', amount: 600n, items: ['71002 tax'] },
    '2026-11-10',
    'GB',
  );
  expect(sellers).toMatchObject({ key: { purpose: 'INV' }, total: 600n, lines: [lines[1]] });
});
