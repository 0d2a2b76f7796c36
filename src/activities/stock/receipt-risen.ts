import type { Receipt } from '../../domain/stock/kept-stock.ts';
import type { Connection } from '../connection.ts';
import { arrivingUnits } from './receipt-call.ts';

/**
 * Whether a receipt raised what is on hand, by its own lines: the preference *Restock Returned Items* may write returns off
 * instead (NSHELP section_N1305008). Reads only.
 * @param netsuiteId of the receipt
 */
export async function hasRisen(
  connection: Connection,
  { lines }: Pick<Receipt, 'lines'>,
  netsuiteId: string,
): Promise<boolean> {
  const [rows, arriving] = await Promise.all([
    connection.netsuite.suiteql(
      `SELECT tl.item AS item, tl.location AS location, SUM(tl.quantity) AS units FROM transactionline tl
       WHERE tl.transaction = ? AND tl.isinventoryaffecting = 'T' GROUP BY tl.item, tl.location ORDER BY tl.item, tl.location`,
      [netsuiteId],
    ),
    arrivingUnits(connection, lines),
  ]);
  const left = new Map(rows.map((row) => [`${row['item']} ${row['location']}`, Number(row['units'])]));
  for (const { item, location, units } of arriving) {
    const key = `${item} ${location}`;
    left.set(key, (left.get(key) ?? 0) - units);
  }
  return [...left.values()].every((units) => units >= 0);
}
