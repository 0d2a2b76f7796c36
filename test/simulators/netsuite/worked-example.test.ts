/**
 * Order 113-1111111-2222222 in mode `invoice`, from the sale to the second deposit, posted by bare fetch. The figures are
 * those of the accounting design's worked example (an order of 65.99 with 5.00 off, a refund of 25.00, two payouts of
 * 20.02 and 11.50); the simulator's ledger must come to the same balances without being told.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openAccount, type BareAccount } from './bare-account.ts';

let netsuite: BareAccount;
const ids: Record<string, string> = {};
const ref = (name: string): { id: string } => ({ id: ids[name] ?? name });

beforeAll(async () => {
  netsuite = await openAccount({ switches: { autoApply: false } });
  for (const number of ['1000', '1100', '1180', '1185', '1190', '6110', '6120', '6130', '6160', '7100'])
    ids[number] = await netsuite.id('account', number);
  for (const item of ['SKU-A', 'SKU-B', 'AMZ-SHIPPING', 'AMZ-PROMOTION']) ids[item] = await netsuite.id('item', item);
  ids['customer'] = await netsuite.id('customer', 'Amazon US');
  ids['location'] = await netsuite.id('location', 'FBA US');
});
afterAll(() => netsuite.close());

async function balances(): Promise<Record<string, string>> {
  const rows = await netsuite.query(
    `SELECT a.acctnumber, SUM(tl.foreignamount) balance FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
     WHERE t.posting = 'T' AND t.externalid IS NOT NULL GROUP BY a.acctnumber ORDER BY a.acctnumber`,
  );
  return Object.fromEntries(
    rows.filter(({ balance }) => balance !== '0').map(({ acctnumber, balance }) => [acctnumber ?? '', balance ?? '']),
  );
}

test('the order is sold, shipped and billed: receivable 65.99, sales 65.00, shipping 5.99, promotions 5.00, cost of goods 24.00', async () => {
  ids['SO'] = await netsuite.create('salesOrder', {
    externalId: 'AMZ_us_SO_113-1111111-2222222_1',
    entity: ref('customer'),
    tranDate: '2026-10-27',
    otherRefNum: '113-1111111-2222222',
    orderStatus: { id: 'B' },
    item: {
      items: [
        { item: ref('SKU-A'), quantity: 1, amount: 40.0, location: ref('location'), description: 'A' },
        { item: ref('SKU-B'), quantity: 1, amount: 25.0, location: ref('location') },
        { item: ref('AMZ-SHIPPING'), quantity: 1, amount: 5.99 },
        { item: ref('AMZ-PROMOTION'), quantity: 1, amount: -5.0 },
      ],
    },
  });
  expect(await balances()).toEqual({});
  await netsuite.create(`salesOrder/${ids['SO']}/!transform/itemFulfillment`, {
    externalId: 'AMZ_us_IF_113-1111111-2222222-S1_1',
    tranDate: '2026-10-28',
    shipStatus: { id: 'C' },
  });
  expect(await balances()).toEqual({ 1200: '-24', 5000: '24' });
  ids['INV'] = await netsuite.create(`salesOrder/${ids['SO']}/!transform/invoice`, {
    externalId: 'AMZ_us_INV_113-1111111-2222222-S1_1',
    tranDate: '2026-10-28',
  });
  expect(await balances()).toEqual({ 1100: '65.99', 1200: '-24', 4000: '-65', 4050: '-5.99', 4090: '5', 5000: '24' });
});

test('the first payout: journal, payment and deposit leave 20.00 in the reserve and nothing in clearing, receivable and in transit', async () => {
  await netsuite.create('journalEntry', {
    externalId: 'AMZ_us_JE_S1_1',
    subsidiary: { id: '1' },
    currency: { id: '1' },
    tranDate: '2026-10-29',
    memo: 'JE S1 1',
    line: {
      items: [
        { account: ref('1190'), debit: 20.02 },
        { account: ref('6110'), debit: 9.9 },
        { account: ref('6120'), debit: 13.07 },
        { account: ref('6130'), debit: 3.0 },
        { account: ref('1185'), debit: 20.0 },
        { account: ref('1180'), credit: 65.99 },
      ],
    },
  });
  await netsuite.create('customerPayment', {
    externalId: 'AMZ_us_PAY_S1_1',
    customer: ref('customer'),
    arAcct: ref('1100'),
    account: ref('1180'),
    undepFunds: { id: 'F' },
    autoApply: false,
    payment: 65.99,
    tranDate: '2026-10-29',
    apply: { items: [{ doc: ref('INV'), line: 0, apply: true, amount: 65.99 }] },
  });
  await netsuite.create('deposit', {
    externalId: 'AMZ_us_DEP_S1_1',
    tranId: 'TRACE1',
    account: ref('1000'),
    tranDate: '2026-11-02',
    other: { items: [{ account: ref('1190'), amount: 20.02 }] },
  });
  expect(await balances()).toEqual({
    1000: '20.02',
    1185: '20',
    1200: '-24',
    4000: '-65',
    4050: '-5.99',
    4090: '5',
    5000: '24',
    6110: '9.9',
    6120: '13.07',
    6130: '3',
  });
});

test('between credit memo and refund the receivable is −25.00; the goods do not come back to stock', async () => {
  const [line] = await netsuite.query('SELECT id FROM transactionline WHERE transaction = ? AND item = ?', [
    ids['INV'] ?? '',
    ids['SKU-B'] ?? '',
  ]);
  const rest = await netsuite.query(
    "SELECT id FROM transactionline WHERE transaction = ? AND mainline = 'F' AND item <> ?",
    [ids['INV'] ?? '', ids['SKU-B'] ?? ''],
  );
  ids['RA'] = await netsuite.create(`invoice/${ids['INV']}/!transform/returnAuthorization`, {
    externalId: 'AMZ_us_RA_113-1111111-2222222-20261104T000000_1',
    tranDate: '2026-11-04',
    item: {
      items: [
        { orderLine: Number(line?.['id']), quantity: 1, amount: 25.0 },
        ...rest.map(({ id }) => ({ orderLine: Number(id), quantity: 0 })),
      ],
    },
  });
  ids['CM'] = await netsuite.create(`returnAuthorization/${ids['RA']}/!transform/creditMemo`, {
    externalId: 'AMZ_us_CM_113-1111111-2222222-20261104T000000_1',
    tranDate: '2026-11-04',
    autoApply: false,
  });
  expect(await balances()).toMatchObject({ 1100: '-25', 4000: '-40', 1200: '-24', 5000: '24' });
});

test('the second payout: everything that Amazon owed has been paid, and profit is 7.52', async () => {
  await netsuite.create('journalEntry', {
    externalId: 'AMZ_us_JE_S2_1',
    subsidiary: { id: '1' },
    currency: { id: '1' },
    tranDate: '2026-11-12',
    memo: 'JE S2 1',
    line: {
      items: [
        { account: ref('1190'), debit: 11.5 },
        { account: ref('6160'), debit: 1.5 },
        { account: ref('1180'), debit: 25.0 },
        { account: ref('6110'), credit: 3.0 },
        { account: ref('7100'), credit: 15.0 },
        { account: ref('1185'), credit: 20.0 },
      ],
    },
  });
  await netsuite.create('customerRefund', {
    externalId: 'AMZ_us_RFD_S2_1',
    customer: ref('customer'),
    arAcct: ref('1100'),
    account: ref('1180'),
    tranDate: '2026-11-12',
    apply: { items: [{ doc: ref('CM'), line: 0, apply: true, amount: 25.0 }] },
  });
  await netsuite.create('deposit', {
    externalId: 'AMZ_us_DEP_S2_1',
    tranId: 'TRACE2',
    account: ref('1000'),
    tranDate: '2026-11-16',
    other: { items: [{ account: ref('1190'), amount: 11.5 }] },
  });
  const all = await balances();
  expect(all).toEqual({
    1000: '31.52',
    1200: '-24',
    4000: '-40',
    4050: '-5.99',
    4090: '5',
    5000: '24',
    6110: '6.9',
    6120: '13.07',
    6130: '3',
    6160: '1.5',
    7100: '-15',
  });
  const [profit] = await netsuite.query(
    `SELECT -SUM(tl.foreignamount) profit FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
     WHERE t.posting = 'T' AND a.accttype IN ('Income', 'OthIncome', 'COGS', 'Expense')`,
  );
  expect(profit).toEqual({ profit: '7.52' });
});

test('each document is settled for exactly its amount', async () => {
  const rows = await netsuite.query(
    "SELECT type, foreigntotal, foreignamountunpaid, BUILTIN.DF(status) status FROM transaction WHERE type IN ('CustInvc', 'CustCred', 'CustPymt') ORDER BY id",
  );
  expect(rows).toEqual([
    { type: 'CustInvc', foreigntotal: '65.99', foreignamountunpaid: '0', status: 'Invoice : Paid In Full' },
    { type: 'CustPymt', foreigntotal: '65.99', foreignamountunpaid: '0', status: 'Payment : Deposited' },
    { type: 'CustCred', foreigntotal: '-25', foreignamountunpaid: '0', status: 'Credit Memo : Fully Applied' },
  ]);
  const order = await netsuite.call('GET', `/record/v1/salesOrder/${ids['SO']}`);
  expect(order.body).toMatchObject({ status: { id: 'G', refName: 'Billed' }, total: 65.99 });
});
