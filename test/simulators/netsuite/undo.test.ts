/** Whatever is posted, on whatever day, can be taken out again, in the opposite order, and leaves nothing behind. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openAccount, type BareAccount } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';
import { balanceOf, sellerOf, type Seller } from './order-documents.ts';

type Step = {
  kind: 'sale' | 'part' | 'refund' | 'credit' | 'adjust' | 'transfer' | 'order' | 'kit' | 'bill';
  quantity: number;
  cents: number;
  day: number;
};
const step = fc.record<Step>({
  kind: fc.constantFrom('sale', 'part', 'refund', 'credit', 'adjust', 'transfer', 'order', 'kit', 'bill'),
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
  if (kind === 'order') {
    const transfer = await create('transferOrder', 'transferOrder', {
      subsidiary: { id: '1' },
      location: seller.ref('FBA US'),
      transferLocation: seller.ref('Merchant'),
      orderStatus: { id: 'B' },
      item: { items: [{ item: seller.ref('SKU-A'), quantity }] },
    });
    await create(`transferOrder/${transfer}/!transform/itemFulfillment`, 'itemFulfillment', {
      shipStatus: { id: 'C' },
    });
    for (const units of quantity > 1 ? [1, quantity - 1] : [1])
      await create(`transferOrder/${transfer}/!transform/itemReceipt`, 'itemReceipt', {
        item: { items: [{ orderLine: 3, quantity: units }] },
      });
    return made;
  }
  if (kind === 'bill') {
    await create('invoice', 'invoice', {
      entity: seller.ref('Amazon US'),
      item: { items: [seller.goods('GIFT-SET', 1, amount), seller.goods('SKU-B', quantity, amount)] },
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
    item: {
      items: [seller.goods(kind === 'kit' ? 'GIFT-SET' : 'SKU-A', quantity, amount), seller.goods('SKU-B', 1, 5)],
    },
  });
  const [line] = await seller.lineIds(order);
  await create(`salesOrder/${order}/!transform/itemFulfillment`, 'itemFulfillment', {
    shipStatus: { id: 'C' },
    item: { items: [{ orderLine: line, quantity: kind === 'part' ? 1 : quantity }] },
  });
  const invoice = await create(`salesOrder/${order}/!transform/invoice`, 'invoice', {});
  await settle('customerPayment', invoice, kind === 'part' ? 5 : (cents + 500) / 100);
  if (kind === 'refund' || kind === 'kit') {
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
      'SELECT item, location, quantityonhand, quantityintransit, averagecostmli, onhandvaluemli FROM aggregateitemlocation WHERE quantityonhand <> 0 ORDER BY item, location',
    ),
  };
}

/** With nothing below zero, what is on hand is worth what its account holds. */
async function expectValued(netsuite: BareAccount): Promise<void> {
  const [held] = await netsuite.query('SELECT SUM(onhandvaluemli) total FROM aggregateitemlocation');
  expect(await balanceOf(netsuite, '1200')).toBe(held?.['total']);
}

/** "On hand as of a day" is the sum of the lines that affect inventory (public queries); today it is what the item shows. */
async function expectCounted(netsuite: BareAccount): Promise<void> {
  const moved = await netsuite.query(
    `SELECT tl.item, tl.location, SUM(tl.quantity) quantity FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
     WHERE tl.isinventoryaffecting = 'T' AND t.posting = 'T' GROUP BY tl.item, tl.location
     HAVING SUM(tl.quantity) <> 0 ORDER BY tl.item, tl.location`,
  );
  expect(moved).toEqual(
    await netsuite.query(
      'SELECT item, location, quantityonhand quantity FROM aggregateitemlocation WHERE quantityonhand <> 0 ORDER BY item, location',
    ),
  );
}

let netsuite: BareAccount;
beforeAll(async () => {
  const seed = exampleSeed();
  const members = [
    { itemId: 'SKU-A', quantity: 2 },
    { itemId: 'SKU-B', quantity: 1 },
  ];
  seed.items.push({ itemId: 'GIFT-SET', type: 'Kit', displayName: 'Gift set', incomeAccount: '4000', members });
  netsuite = await openAccount({ seed, switches: { autoApply: false } });
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
      await expectCounted(netsuite);
      for (const path of made.reverse()) expect((await netsuite.call('DELETE', `/record/v1/${path}`)).text).toBe('');
      expect(await picture(netsuite)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
