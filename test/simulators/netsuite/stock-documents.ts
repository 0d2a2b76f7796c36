import type { BareAccount, Row } from './bare-account.ts';
import { sellerOf } from './order-documents.ts';

/** The documents that move stock, of SKU-A unless another item is named, each on a day of its own choice. */
export async function warehouseOf(netsuite: BareAccount) {
  const seller = await sellerOf(netsuite);
  const { ref } = seller;
  interface Move {
    item?: string;
    location?: string;
    quantity: number;
    unitCost?: number;
    more?: object;
  }
  const adjust = (
    tranDate: string,
    { item = 'SKU-A', location = 'FBA US', quantity, unitCost, more }: Move,
  ): Promise<string> =>
    netsuite.create('inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: ref('6300'),
      adjLocation: ref(location),
      tranDate,
      inventory: {
        items: [
          {
            item: ref(item),
            location: ref(location),
            adjustQtyBy: quantity,
            ...(unitCost === undefined ? {} : { unitCost }),
          },
        ],
      },
      ...more,
    });
  /** Sells and ships; hands back the fulfilment. */
  const ship = async (
    tranDate: string,
    { item = 'SKU-A', location = 'FBA US', quantity, more }: Omit<Move, 'unitCost'>,
  ): Promise<string> => {
    const order = await netsuite.create('salesOrder', {
      entity: ref('Amazon US'),
      tranDate,
      orderStatus: { id: 'B' },
      item: { items: [{ item: ref(item), quantity, amount: 50, location: ref(location) }] },
      ...more,
    });
    return netsuite.create(`salesOrder/${order}/!transform/itemFulfillment`, { tranDate, shipStatus: { id: 'C' } });
  };
  /** What a document posts to an account, debit positive. */
  const posted = async (transaction: string, account: string): Promise<string> =>
    (
      await netsuite.query(
        `SELECT NVL(SUM(tal.amount), 0) amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account
         WHERE tal.transaction = ? AND a.acctnumber = ?`,
        [transaction, account],
      )
    )[0]?.['amount'] ?? '';
  const held = async (location = 'FBA US', item = 'SKU-A'): Promise<Row | undefined> =>
    (
      await netsuite.query(
        `SELECT s.quantityonhand, s.averagecostmli, s.onhandvaluemli FROM aggregateitemlocation s
         WHERE s.item = ? AND s.location = ?`,
        [seller.ids[item] ?? '', seller.ids[location] ?? ''],
      )
    )[0];
  return { ...seller, adjust, ship, posted, held };
}
export type Warehouse = Awaited<ReturnType<typeof warehouseOf>>;
