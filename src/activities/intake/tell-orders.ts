import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import { waitedKeys } from '../../store/decisions/decisions.ts';
import { markTold, ordersWithNews } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';
import { judgeStoppedPrices } from '../tax/judge-prices.ts';
import { releaseHeld } from '../tax/stopped-marketplace.ts';
import { tellOrder } from '../tell-order.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

const BATCH = 500;
/** Signals that are under way at one time. */
const AT_ONCE = 10;
/** What was told of these is written down in one go; a process that dies before tells them once more. */
const MARKED_TOGETHER = 50;

/**
 * Tells each order's workflow its news by signal-with-start. Idempotent: news stays news until the signal has been
 * accepted, and an order takes the same news twice without harm.
 */
export async function tellOrders(
  connection: Connection,
  input: Telling,
): Promise<{ told: number; waitedSkus: number }> {
  const live = connection.settings.posting === 'live';
  let told = 0;
  for (;;) {
    const orders = await ordersWithNews(connection.db, connection.name, { live }, BATCH);
    for (let start = 0; start < orders.length; start += MARKED_TOGETHER) {
      const some = orders.slice(start, start + MARKED_TOGETHER);
      await pMap(some, (order) => tellOrder(connection, order, input.policy), { concurrency: AT_ONCE });
      await markTold(connection.db, connection.name, some, { live });
      told += some.length;
      heartbeat(told);
    }
    if (orders.length < BATCH) break;
  }
  await releaseStopped(connection, input);
  return { told, waitedSkus: (await waitedKeys(connection.db, connection.name, 'sku')).length };
}

/** A marketplace that is stopped for its tax may have been proven meanwhile, or what stopped it has ended. */
async function releaseStopped(connection: Connection, { policy }: Telling): Promise<void> {
  if (connection.settings.tax === undefined) return;
  await judgeStoppedPrices(connection);
  await releaseHeld(connection, policy);
}
