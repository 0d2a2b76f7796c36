import { waitedKeys, waitersFor } from '../../store/decisions/decisions.ts';
import type { Connection } from '../connection.ts';
import { announceEnd } from '../end-waits.ts';
import { signalAllRunning } from '../signal-if-running.ts';
import { lookAgain } from '../../contracts/try-again.ts';

/** Somebody may have created the item in NetSuite meanwhile: that releases the orders as well. One query for all SKUs. */
export async function recheckWaitingSkus(connection: Connection): Promise<{ released: number }> {
  const { netsuite } = connection;
  const skus = await waitedKeys(connection.db, connection.name, 'sku');
  const items = await Promise.all(skus.map((sku) => netsuite.lookups.itemByName(sku)));
  let released = 0;
  for (const [index, item] of items.entries()) {
    const sku = skus[index]!;
    if (!item || item.inactive) continue;
    // Not a mapping: nobody decided anything, and the record of decisions must not say so.
    const waiters = await waitersFor(connection.db, connection.name, 'sku', sku);
    await announceEnd(connection, 'sku', sku, waiters.length, `NetSuite has item ${item.itemId} now`);
    // Those that do not run the reconciler finds.
    released += waiters.length - (await signalAllRunning(connection, waiters, lookAgain)).length;
  }
  return { released };
}
