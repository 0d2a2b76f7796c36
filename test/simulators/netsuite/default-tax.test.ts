/**
 * An account whose customers have a default tax code of 20 % and no 0 % code, asked by bare fetch. Worked out by hand:
 * lines of 100.00, 5.00 and −5.00 are taxed with 20.00; half of an invoice of 50.00 that is credited with 5.00.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openAccount, type BareAccount } from './bare-account.ts';
import { balanceOf, sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;
let order: string;

beforeAll(async () => {
  netsuite = await openAccount({ switches: { defaultTaxPercent: 20, autoApply: false } });
  seller = await sellerOf(netsuite);
  order = await seller.order([
    seller.goods('SKU-A', 1, 100),
    { item: seller.ref('AMZ-SHIPPING'), amount: 5 },
    { item: seller.ref('AMZ-PROMOTION'), amount: -5 },
  ]);
  await netsuite.create(`salesOrder/${order}/!transform/itemFulfillment`, {
    tranDate: '2026-10-28',
    shipStatus: { id: 'C' },
  });
});
afterAll(() => netsuite.close());

const read = async (path: string) => (await netsuite.call('GET', `/record/v1/${path}`)).body;
const lines = (transaction: string) =>
  netsuite.query(
    "SELECT tl.taxline, tl.foreignamount FROM transactionline tl WHERE tl.transaction = ? AND tl.mainline = 'F' ORDER BY tl.id",
    [transaction],
  );

test('an order and the invoice made of it cost a fifth more than their lines', async () => {
  expect(await read(`salesOrder/${order}`)).toMatchObject({ subtotal: 100, taxTotal: 20, total: 120 });
  const invoice = await netsuite.create(`salesOrder/${order}/!transform/invoice`, { tranDate: '2026-10-28' });
  expect(await read(`invoice/${invoice}`)).toMatchObject({
    subtotal: 100,
    taxTotal: 20,
    total: 120,
    amountRemaining: 120,
  });
  expect(await lines(invoice)).toEqual([
    { taxline: 'F', foreignamount: '-100' },
    { taxline: 'F', foreignamount: '-5' },
    { taxline: 'F', foreignamount: '5' },
    { taxline: 'T', foreignamount: '-20' },
  ]);
  expect(await balanceOf(netsuite, '1100')).toBe('120');
  expect(await balanceOf(netsuite, '4000')).toBe('-100');
});

test('the tax stands on an account of NetSuite’s own', async () => {
  expect(
    await netsuite.query(
      "SELECT a.accttype, SUM(tal.amount) AS tax FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.fullname = 'Sales Taxes Payable' AND tal.posting = 'T' GROUP BY a.accttype",
    ),
  ).toEqual([{ accttype: 'OthCurrLiab', tax: '-20' }]);
});

test('a credit memo gives the tax back, and settles what it comes to', async () => {
  const invoice = await seller.invoice(50);
  const memo = await seller.creditMemo(25, {
    apply: { items: [{ doc: { id: invoice }, apply: true, amount: 25 }] },
  });
  expect(await read(`creditMemo/${memo}`)).toMatchObject({
    subtotal: 25,
    taxTotal: 5,
    total: 30,
    applied: 25,
    unapplied: 5,
  });
  expect(await read(`invoice/${invoice}`)).toMatchObject({ total: 60, amountRemaining: 35 });
});

test('a document keeps its tax in step when its lines change', async () => {
  const invoice = await seller.invoice(50);
  await netsuite.call('PATCH', `/record/v1/invoice/${invoice}?replace=item`, {
    item: { items: [{ item: seller.ref('AMZ-REFUND'), amount: 12.99 }] },
  });
  // 12.99 × 20 % = 2.598.
  expect(await read(`invoice/${invoice}`)).toMatchObject({ taxTotal: 2.6, total: 15.59 });
});

test('without the switch nothing is taxed', async () => {
  await netsuite.admin('POST', '/admin/switches', { defaultTaxPercent: 0 });
  const invoice = await read(`invoice/${await seller.invoice(50)}`);
  expect(invoice).toMatchObject({ total: 50 });
  expect(invoice).not.toHaveProperty('taxTotal');
});
