import type { BareAccount } from './bare-account.ts';

/** Ids by name, and the documents of a sale that most tests begin with. */
export async function sellerOf(netsuite: BareAccount) {
  const ids: Record<string, string> = {};
  for (const { id, acctnumber } of await netsuite.query('SELECT id, acctnumber FROM account'))
    if (acctnumber) ids[acctnumber] = id ?? '';
  for (const { id, itemid } of await netsuite.query('SELECT id, itemid FROM item')) ids[itemid ?? ''] = id ?? '';
  for (const { id, entityid } of await netsuite.query('SELECT id, entityid FROM entity'))
    ids[entityid ?? ''] = id ?? '';
  for (const { id, name } of await netsuite.query('SELECT id, name FROM location')) ids[name ?? ''] = id ?? '';
  const ref = (name: string): { id: string } => ({ id: ids[name] ?? `no ${name}` });
  const order = (lines: object[], more: object = {}): Promise<string> =>
    netsuite.create('salesOrder', {
      entity: ref('Amazon US'),
      tranDate: '2026-10-20',
      orderStatus: { id: 'B' },
      item: { items: lines },
      ...more,
    });
  /** A stand-alone invoice on the refund item, so that stock is not touched. */
  const invoice = (amount: number, more: object = {}): Promise<string> =>
    netsuite.create('invoice', {
      entity: ref('Amazon US'),
      tranDate: '2026-10-20',
      item: { items: [{ item: ref('AMZ-REFUND'), amount }] },
      ...more,
    });
  const creditMemo = (amount: number, more: object = {}): Promise<string> =>
    netsuite.create('creditMemo', {
      entity: ref('Amazon US'),
      tranDate: '2026-10-21',
      autoApply: false,
      item: { items: [{ item: ref('AMZ-REFUND'), amount }] },
      ...more,
    });
  const goods = (item: string, quantity: number, amount: number): object => ({
    item: ref(item),
    quantity,
    amount,
    location: ref('FBA US'),
  });
  const lineIds = async (transaction: string): Promise<number[]> =>
    (
      await netsuite.query(
        "SELECT id FROM transactionline WHERE transaction = ? AND mainline = 'F' AND iscogs = 'F' ORDER BY id",
        [transaction],
      )
    ).map(({ id }) => Number(id));
  const field = async (transaction: string, column: string): Promise<string | undefined> =>
    (await netsuite.query(`SELECT ${column} AS value FROM transaction WHERE id = ?`, [transaction]))[0]?.['value'];
  return { ids, ref, order, invoice, creditMemo, goods, lineIds, field };
}
export type Seller = Awaited<ReturnType<typeof sellerOf>>;

/** Balance of an account by its number, debit positive. */
export async function balanceOf(netsuite: BareAccount, number: string): Promise<string> {
  const [row] = await netsuite.query(
    `SELECT NVL(SUM(tl.foreignamount), 0) AS balance FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
     WHERE t.posting = 'T' AND tl.expenseaccount = (SELECT id FROM account WHERE acctnumber = ?)`,
    [number],
  );
  return row?.['balance'] ?? '';
}

/** What the fulfilment centre holds of an item. */
export async function stockOf(netsuite: BareAccount, item: string): Promise<string> {
  const [row] = await netsuite.query(
    'SELECT s.quantityonhand AS quantity FROM inventoryitemlocations s JOIN item i ON i.id = s.item JOIN location l ON l.id = s.location WHERE i.itemid = ? AND l.name = ?',
    [item, 'FBA US'],
  );
  return row?.['quantity'] ?? '';
}
