/** NetSuite's stock as it was last read: items, what is on hand, what is open of authorisations and transfer orders. */
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { OpenAuthorisation } from '../../domain/stock/stock-plan.ts';
import type { TransferOrder } from '../../domain/stock/transfer-order.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** An item by its itemid. */
export interface StockItem {
  item: string;
  netsuiteId: string;
  /** Of a kit: its members, by itemid, and how many of each are in one; null where it has stock of its own. */
  members: { item: string; quantity: number }[] | null;
  /** In words why it cannot be counted (lots, serial numbers, bins, another stock unit); null: it can. */
  uncountable: string | null;
  lastPurchasePrice: string | null;
  /** `averagecostmli` by the name of the location; decimal text. */
  averages: { location: string; cost: string }[];
}

/** Units at a location, by its name. */
export interface OnHand {
  location: string;
  item: string;
  onHand: number;
  committed: number;
  available: number;
}

/** A SKU that NetSuite has an item for under the same name (itemid or UPC), and nobody decided otherwise. */
export interface MatchedSku {
  sku: string;
  item: string;
  matchedOn: Day;
}

export interface NetSuiteStock {
  /** Of the subsidiary. */
  currency: string;
  readAt: Instant;
  items: StockItem[];
  onHand: OnHand[];
  /** As NetSuite has them: receipts of ours that are planned and not posted are still open there. */
  authorisations: OpenAuthorisation[];
  transferOrders: TransferOrder[];
}

/** Null before the first reading. */
export async function loadNetSuiteStock(db: Database, connection: string): Promise<NetSuiteStock | null> {
  const head = await db
    .selectFrom('stock_netsuite')
    .selectAll()
    .where('connection', '=', connection)
    .executeTakeFirst();
  if (!head) return null;
  const [items, onHand, authorisations, transferOrders] = await Promise.all([
    loadItems(db, connection),
    db
      .selectFrom('stock_on_hand')
      .select(['location', 'item', 'on_hand as onHand', 'committed', 'available'])
      .where('connection', '=', connection)
      .orderBy('location')
      .orderBy('item')
      .execute(),
    db
      .selectFrom('stock_authorisations')
      .select(['netsuite_id as netsuiteId', 'order_id as orderId', 'day', 'item', 'open'])
      .where('connection', '=', connection)
      .orderBy('day')
      .orderBy('netsuite_id')
      .orderBy('item')
      .execute(),
    loadTransferOrders(db, connection),
  ]);
  return { currency: head.currency, readAt: head.read_at, items, onHand, authorisations, transferOrders };
}

async function loadItems(db: Database, connection: string): Promise<StockItem[]> {
  const rows = await db
    .selectFrom('stock_items')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('item')
    .execute();
  return rows.map((row) => ({
    item: row.item,
    netsuiteId: row.netsuite_id,
    members: factFromJson<StockItem['members']>(row.members),
    uncountable: row.uncountable,
    lastPurchasePrice: row.last_purchase_price,
    averages: factFromJson<StockItem['averages']>(row.averages),
  }));
}

async function loadTransferOrders(db: Database, connection: string): Promise<TransferOrder[]> {
  const rows = await db
    .selectFrom('stock_transfer_orders')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('netsuite_id')
    .execute();
  return rows.map((row) => ({
    netsuiteId: row.netsuite_id,
    shipmentId: row.shipment_id,
    fulfilled: row.fulfilled,
    open: factFromJson<TransferOrder['open']>(row.open),
    fulfilments: factFromJson<TransferOrder['fulfilments']>(row.fulfilments),
  }));
}

/** In the place of all that was read before. */
export async function saveNetSuiteStock(db: Database, connection: string, stock: NetSuiteStock): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const head = { currency: stock.currency, read_at: stock.readAt };
    // First, since its row keeps two attempts of one reading apart.
    await tx
      .insertInto('stock_netsuite')
      .values({ connection, ...head })
      .onConflict((conflict) => conflict.column('connection').doUpdateSet(head))
      .execute();
    for (const table of ['stock_items', 'stock_on_hand', 'stock_authorisations', 'stock_transfer_orders'] as const)
      await tx.deleteFrom(table).where('connection', '=', connection).execute();
    await insertItems(tx, connection, stock.items);
    for (const some of inBatches(stock.onHand, 5000))
      await tx
        .insertInto('stock_on_hand')
        .values(some.map(({ onHand, ...rest }) => ({ connection, ...rest, on_hand: onHand })))
        .execute();
    for (const some of inBatches(stock.authorisations, 5000))
      await tx
        .insertInto('stock_authorisations')
        .values(
          some.map(({ netsuiteId, orderId, ...rest }) => ({
            connection,
            netsuite_id: netsuiteId,
            order_id: orderId,
            ...rest,
          })),
        )
        .execute();
    for (const some of inBatches(stock.transferOrders, 5000))
      await tx
        .insertInto('stock_transfer_orders')
        .values(
          some.map(({ netsuiteId, shipmentId, fulfilled, open, fulfilments }) => ({
            connection,
            netsuite_id: netsuiteId,
            shipment_id: shipmentId,
            fulfilled,
            open: factToJson(open),
            fulfilments: factToJson(fulfilments),
          })),
        )
        .execute();
  });
}

async function insertItems(tx: Database, connection: string, items: readonly StockItem[]): Promise<void> {
  for (const some of inBatches(items, 5000))
    await tx
      .insertInto('stock_items')
      .values(
        some.map((item) => ({
          connection,
          item: item.item,
          netsuite_id: item.netsuiteId,
          members: item.members === null ? null : factToJson(item.members),
          uncountable: item.uncountable,
          last_purchase_price: item.lastPurchasePrice,
          averages: factToJson(item.averages),
        })),
      )
      .execute();
}

export async function loadMatchedSkus(db: Database, connection: string): Promise<MatchedSku[]> {
  return db
    .selectFrom('stock_skus')
    .select(['sku', 'item', 'matched_on as matchedOn'])
    .where('connection', '=', connection)
    .orderBy('sku')
    .execute();
}

/** Adds those that are not known; a match that is known keeps its day. */
export async function saveMatchedSkus(db: Database, connection: string, matched: readonly MatchedSku[]): Promise<void> {
  for (const some of inBatches(matched, 5000))
    await db
      .insertInto('stock_skus')
      .values(some.map(({ sku, item, matchedOn }) => ({ connection, sku, item, matched_on: matchedOn })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
