/** The worked example of tax.md as the VAT report sees it: three invoices of October, one credit memo of November. */
import type { ItemTax } from '../../../src/domain/tax/tax-policy.ts';
import type { AmazonVatRow, VatFact } from '../../../src/domain/tax/vat-facts.ts';

export const [A, B, D] = ['202-1000001-0000001', '202-1000002-0000002', '202-1000004-0000004'];
export const INV_A = `AMZ_demo-uk_INV_${A}-GBa_1`;
export const INV_B = `AMZ_demo-uk_INV_${B}-GBb_1`;
export const INV_D = `AMZ_demo-uk_INV_${D}-GBd_1`;
export const CM_B = `AMZ_demo-uk_CM_${B}-20261102T120000_1`;

export const itemTax = (net: bigint, tax: bigint, over: Partial<ItemTax> = {}): ItemTax => ({
  orderItemId: '71001',
  sku: 'POT',
  collector: 'seller',
  jurisdiction: 'GB',
  rate: 2000n,
  net,
  tax,
  ...over,
});

export const fact = (document: string, tax: ItemTax, over: Partial<VatFact> = {}): VatFact => ({
  ...tax,
  document,
  type: 'invoice',
  event: 'sale',
  orderId: document.split('_')[3]!.slice(0, 19),
  currency: 'GBP',
  day: '2026-10-28',
  posted: true,
  ...over,
});

/** 100.00 at 20 % with free shipping, 50.00 at 20 %, 50.00 exported. */
export const OCTOBER: VatFact[] = [
  fact(INV_A, itemTax(10_000n, 2_000n)),
  fact(INV_B, itemTax(5_000n, 1_000n, { sku: 'CUP' }), { day: '2026-10-30' }),
  fact(INV_D, itemTax(5_000n, 0n, { rate: 0n }), { day: '2026-10-31' }),
];
/** One of two comes back. */
export const NOVEMBER: VatFact[] = [
  fact(CM_B, itemTax(-2_500n, -500n, { sku: 'CUP' }), { type: 'credit memo', event: 'refund', day: '2026-11-02' }),
];

/** What Amazon's report says of an item. */
export const told = (orderId: string, over: Partial<AmazonVatRow> = {}): AmazonVatRow => ({
  orderId,
  event: 'sale',
  sku: 'POT',
  completed: '2026-10-28',
  collector: 'seller',
  jurisdiction: 'GB',
  rate: 2000n,
  net: 10_000n,
  tax: 2_000n,
  currency: 'GBP',
  departure: 'GB',
  exported: false,
  business: false,
  ...over,
});
