/** Whatever is posted, on whatever day, can be taken out again, in the opposite order, and leaves nothing behind. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openAccount, type BareAccount } from './bare-account.ts';
import { balanceOf, sellerOf, type Seller } from './order-documents.ts';

type Step = {
  kind: 'sale' | 'part' | 'refund' | 'credit' | 'adjust' | 'transfer';
  quantity: number;
  cents: number;
  day: number;
};
const step = fc.record<Step>({
  kind: fc.constantFrom('sale', 'part', 'refund', 'credit', 'adjust', 'transfer'),
  quantity: fc.integer({ min: 1, max: 4 }),
  cents: fc.integer({ min: 1, max: 9999 }),
  day: fc.integer({ min: 10, max: 28 }),
});

/** Posts the documents of one step; returns their addresses in order. */
async function post(netsuite: BareAccount, seller: Seller, { kind, quantity, cents, day }: Step): Promise<string[]> {
  const amount = cents / 100;
  const made: string[] = [];
  const create = async (path: string, record: string, body: object): Promise<string> => {
    const id = await netsuite.create(path, { tranDate: `2026-10-${day}`, ...body });
    made.push(`${record}/${id}`);
    return id;
  };
  const settle = (record: string, id: string, paid: number): Promise<string> =>
    create(record, record, {
      customer: seller.ref('Amazon US'),
      account: seller.ref('1180'),
      apply: { items: [{ doc: { id }, amount: paid }] },
      ...(record === 'customerPayment' ? { undepFunds: { id: 'F' }, autoApply: false } : {}),
    });
  if (kind === 'adjust') {
    await create('inventoryAdjustment', 'inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: seller.ref('6300'),
      adjLocation: seller.ref('FBA US'),
      inventory: {
        items: [{ item: seller.ref('SKU-B'), adjustQtyBy: cents % 2 === 0 ? quantity : -quantity, unitCost: amount }],
      },
    });
    return made;
  }
  if (kind === 'transfer') {
    await create('inventoryTransfer', 'inventoryTransfer', {
      subsidiary: { id: '1' },
      location: seller.ref('FBA US'),
      transferLocation: seller.ref('Merchant'),
      inventory: { items: [{ item: seller.ref('SKU-A'), adjustQtyBy: quantity }] },
    });
    return made;
  }
  if (kind === 'credit') {
    await create('creditMemo', 'creditMemo', {
      entity: seller.ref('Amazon US'),
      autoApply: false,
      item: { items: [seller.goods('SKU-A', quantity, amount)] },
    });
    return made;
  }
  const order = await create('salesOrder', 'salesOrder', {
    entity: seller.ref('Amazon US'),
    orderStatus: { id: 'B' },
    item: { items: [seller.goods('SKU-A', quantity, amount), seller.goods('SKU-B', 1, 5)] },
  });
  const [line] = await seller.lineIds(order);
  await create(`salesOrder/${order}/!transform/itemFulfillment`, 'itemFulfillment', {
    shipStatus: { id: 'C' },
    item: { items: [{ orderLine: line, quantity: kind === 'part' ? 1 : quantity }] },
  });
  const invoice = await create(`salesOrder/${order}/!transform/invoice`, 'invoice', {});
  await settle('customerPayment', invoice, kind === 'part' ? 5 : (cents + 500) / 100);
  if (kind === 'refund') {
    const returned = await create(`invoice/${invoice}/!transform/returnAuthorization`, 'returnAuthorization', {});
    await create(`returnAuthorization/${returned}/!transform/itemReceipt`, 'itemReceipt', {});
    const memo = await create(`returnAuthorization/${returned}/!transform/creditMemo`, 'creditMemo', {
      autoApply: false,
    });
    await settle('customerRefund', memo, 5);
  }
  return made;
}

async function picture(netsuite: BareAccount): Promise<unknown> {
  const state = await netsuite.admin('GET', '/admin/state');
  return {
    counts: state.body['transactions'],
    balances: await netsuite.query(
      "SELECT expenseaccount, SUM(foreignamount) amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE t.posting = 'T' AND expenseaccount IS NOT NULL GROUP BY expenseaccount HAVING SUM(foreignamount) <> 0 ORDER BY expenseaccount",
    ),
    stock: await netsuite.query(
      'SELECT item, location, quantityonhand, averagecostmli, onhandvaluemli FROM aggregateitemlocation WHERE quantityonhand <> 0 ORDER BY item, location',
    ),
  };
}

/** With nothing below zero, what is on hand is worth what its account holds. */
async function expectValued(netsuite: BareAccount): Promise<void> {
  const [held] = await netsuite.query('SELECT SUM(onhandvaluemli) total FROM aggregateitemlocation');
  expect(await balanceOf(netsuite, '1200')).toBe(held?.['total']);
}

let netsuite: BareAccount;
beforeAll(async () => {
  netsuite = await openAccount({ switches: { autoApply: false } });
});
afterAll(() => netsuite.close());

test('posting any documents and deleting them in the opposite order restores ledger and stock', async () => {
  const seller = await sellerOf(netsuite);
  const before = await picture(netsuite);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const made: string[] = [];
      for (const one of steps) made.push(...(await post(netsuite, seller, one)));
      for (const path of made) {
        const sums = await netsuite.query(
          "SELECT SUM(amount) total FROM transactionaccountingline WHERE posting = 'T' AND transaction = ?",
          [path.split('/')[1] ?? ''],
        );
        expect(['0', undefined]).toContain(sums[0]?.['total']);
        expect((await netsuite.call('PATCH', `/record/v1/${path}`, { memo: 'touched' })).status).toBe(204);
      }
      await expectValued(netsuite);
      for (const path of made.reverse()) expect((await netsuite.call('DELETE', `/record/v1/${path}`)).text).toBe('');
      expect(await picture(netsuite)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
