/** Documents of ours as NetSuite holds them, read by their keys, never by account. */
import { parseMinor } from '../../domain/money/money.ts';
import { inBatches } from '../../store/in-batches.ts';
import type { Connection } from '../connection.ts';
import { marks } from './ledger-query.ts';

/** Units of fulfilments; of a kit those of the kit, since its members have lines of their own. What NetSuite does not post is not in it. */
export async function unitsHeld({ netsuite }: Connection, keys: readonly string[]): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  for (const some of inBatches(keys))
    for (const row of await netsuite.suiteql(
      'SELECT t.externalid AS externalid, SUM(ABS(tl.quantity)) AS units FROM transaction t JOIN transactionline tl ON tl.transaction = t.id ' +
        `WHERE t.externalid IN (${marks(some)}) AND t.posting = 'T' AND tl.mainline = 'F' AND tl.item IS NOT NULL AND tl.kitmemberof IS NULL AND NVL(tl.iscogs, 'F') = 'F' ` +
        'GROUP BY t.externalid ORDER BY t.externalid',
      some,
    ))
      units.set(row['externalid']!, Number(row['units'] ?? 0));
  return units;
}

/** Totals of invoices and memos, positive on their own side; what NetSuite does not post is not in it. */
export async function totalsHeld({ netsuite }: Connection, keys: readonly string[]): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>();
  for (const some of inBatches(keys))
    for (const row of await netsuite.suiteql(
      `SELECT t.externalid AS externalid, c.symbol AS currency, ABS(t.foreigntotal) AS total FROM transaction t JOIN currency c ON c.id = t.currency WHERE t.externalid IN (${marks(some)}) AND t.posting = 'T' ORDER BY t.externalid`,
      some,
    ))
      totals.set(row['externalid']!, parseMinor(row['total'] ?? '0', row['currency'] ?? '') ?? 0n);
  return totals;
}
