/** Two more of the accounting design's examples, posted by bare fetch: a first payout with a reserve brought in, and a chain of negative payouts. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openAccount, type BareAccount, type Body } from './bare-account.ts';
import { balanceOf, sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;

beforeEach(async () => {
  netsuite = await openAccount({ switches: { autoApply: false } });
  seller = await sellerOf(netsuite);
});
afterEach(() => netsuite.close());

const dr = (account: string, debit: number): Body => ({ account: seller.ref(account), debit });
const cr = (account: string, credit: number): Body => ({ account: seller.ref(account), credit });
const journal = (tranDate: string, ...items: Body[]): Promise<string> =>
  netsuite.create('journalEntry', { subsidiary: { id: '1' }, tranDate, line: { items } });
const settle = (record: 'customerPayment' | 'customerRefund', id: string, amount: number): Promise<string> =>
  netsuite.create(record, {
    customer: seller.ref('Amazon US'),
    arAcct: seller.ref('1100'),
    account: seller.ref('1180'),
    tranDate: '2026-11-12',
    apply: { items: [{ doc: { id }, line: 0, apply: true, amount }] },
    ...(record === 'customerPayment' ? { undepFunds: { id: 'F' }, autoApply: false, payment: amount } : {}),
  });
const deposit = (amount: number): Promise<string> =>
  netsuite.create('deposit', {
    account: seller.ref('1000'),
    tranDate: '2026-11-16',
    other: { items: [{ account: seller.ref('1190'), amount }] },
  });
const charge = (amount: number): Promise<string> =>
  netsuite.create('creditCardCharge', {
    account: seller.ref('2000'),
    entity: seller.ref('Amazon Services'),
    tranDate: '2026-11-05',
    expense: { items: [{ account: seller.ref('2110'), amount }] },
  });
const balances = async (...numbers: string[]): Promise<string[]> =>
  Promise.all(numbers.map((number) => balanceOf(netsuite, number)));

test('a payout of 131.80 that brings a reserve of 50.00 in: clearing and receivable 0, reserve 60.00, bank 131.80', async () => {
  await journal('2026-10-01', dr('1185', 50), cr('3900', 50));
  const [sale, credit] = [await seller.invoice(200), await seller.creditMemo(20)];
  await journal(
    '2026-11-12',
    dr('1190', 131.8),
    dr('6110', 43.18),
    dr('6130', 7.02),
    dr('1185', 60),
    cr('1180', 180),
    cr('7100', 12),
    cr('1185', 50),
  );
  await settle('customerPayment', sale, 200);
  await settle('customerRefund', credit, 20);
  await deposit(131.8);
  expect(await balances('1180', '1100', '1185', '1000', '1190', '3900')).toEqual(['0', '0', '60', '131.8', '0', '-50']);
});

test('two negative payouts, their charges and the payout that follows: due, charges and transit 0, bank 1,016.09, card −384.00, fees 867.91', async () => {
  await journal('2026-10-01', dr('6110', 321.69), cr('2100', 321.69));
  await journal('2026-10-15', dr('2100', 321.69), dr('6110', 62.31), cr('2110', 321.69), cr('2100', 62.31));
  await charge(321.69);
  const sale = await seller.invoice(1500);
  await settle('customerPayment', sale, 1500);
  await journal(
    '2026-11-12',
    dr('1190', 1016.08),
    dr('1190', 0.01),
    dr('2100', 62.31),
    dr('6110', 483.91),
    cr('2110', 62.31),
    cr('1180', 1500),
  );
  await charge(62.31);
  await deposit(1016.08);
  await deposit(0.01);
  expect(await balances('2100', '2110', '1190', '1180', '1000', '2000', '6110')).toEqual([
    '0',
    '0',
    '0',
    '0',
    '1016.09',
    '-384',
    '867.91',
  ]);
});
