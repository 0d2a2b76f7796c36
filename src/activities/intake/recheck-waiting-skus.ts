import { waitedKeys, waitersFor } from '../../store/decisions/decisions.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { announceEnd } from '../end-waits.ts';
import { signalAllRunning } from '../signal-if-running.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { tryAgain } from '../../contracts/try-again.ts';

/** Somebody may have created the item in NetSuite meanwhile: that releases the orders as well. One query for all SKUs. */
export function createRecheckWaitingSkus(deps: Dependencies) {
  return async function recheckWaitingSkus(input: OfConnection): Promise<{ released: number }> {
    const { netsuite } = connectionOf(deps, input.connection);
    const skus = await waitedKeys(deps.store.db, input.connection, 'sku');
    const items = await Promise.all(skus.map((sku) => netsuite.lookups.itemByName(sku)));
    let released = 0;
    for (const [index, item] of items.entries()) {
      const sku = skus[index]!;
      if (!item || item.inactive) continue;
      // Not a mapping: nobody decided anything, and the record of decisions must not say so.
      const waiters = await waitersFor(deps.store.db, input.connection, 'sku', sku);
      await announceEnd(deps, input.connection, 'sku', sku, waiters.length, `NetSuite has item ${item.itemId} now`);
      // Those that do not run the reconciler finds.
      released += waiters.length - (await signalAllRunning(deps, waiters, tryAgain)).length;
    }
    return { released };
  };
}
