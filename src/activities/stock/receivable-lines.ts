import type { ReceivableLine } from '../../domain/stock/allot-receipt.ts';
import type { Connection } from '../connection.ts';

/** Types of items that stand in stock: other members of a kit are on the way nowhere. */
const STOCKED = ['InvtPart', 'Assembly'];

/**
 * What can be received of an authorisation or transfer order. Of the three lines that a transfer order has for each item it
 * is the one that receives, of a kit its own line and those of its members that are kept in stock.
 * @param id NetSuite's. @throws NetSuiteFailure
 */
export async function receivableLines({ netsuite }: Connection, id: string): Promise<ReceivableLine[]> {
  const rows = await netsuite.suiteql(
    `SELECT tl.id AS orderline, tl.item AS item, ABS(tl.quantity) AS quantity, NVL(tl.quantityshiprecv, 0) AS received, NVL(tl.isclosed, 'F') AS closed, tl.kitmemberof AS kit, tl.itemtype AS type, tl.transactionlinetype AS kind
     FROM transactionline tl WHERE tl.transaction = ? AND tl.mainline = 'F' AND NVL(tl.taxline, 'F') = 'F' ORDER BY tl.id`,
    [id],
  );
  const receiving = rows.filter(({ kind }) => kind === 'RECEIVING');
  return (receiving.length > 0 ? receiving : rows)
    .filter(({ item, kit, type }) => item !== undefined && (kit === undefined || STOCKED.includes(type ?? '')))
    .map((row) => ({
      orderLine: row['orderline']!,
      item: row['item']!,
      quantity: Number(row['quantity'] ?? '0'),
      received: Number(row['received'] ?? '0'),
      closed: row['closed'] === 'T',
      kit: row['kit'] ?? null,
    }));
}
