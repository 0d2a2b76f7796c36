import { patched, setCurrentDetails } from '@temporalio/workflow';
import { lookingAtAmazon, onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { byItself, renderRead } from './by-itself.ts';

/**
 * One look at Amazon for orders, dispatches and refunds; each order's workflow hears what is new for it. One of the three
 * that fails is left to the next look, and what the others have brought is told.
 */
export async function orderIntake(input: Telling): Promise<string> {
  const { connection, policy } = input;
  const [orders, shipments, refunds] = patched('each-source-by-itself-2026-12')
    ? await eachByItself(input)
    : await oneAfterTheOther(input);
  if (shipments !== null && shipments.seen > 0) await onNetSuite(connection, policy).rememberOrderLines({ connection });
  const { told, waitedSkus } = await onStore(policy).tellOrders({ connection, policy });
  if (waitedSkus > 0) await onNetSuite(connection, policy).recheckWaitingSkus({ connection });
  const summary = `${renderRead(orders?.seen, 'orders')}, ${renderRead(shipments?.seen, 'shipments')}, ${renderRead(refunds?.seen, 'refunds')} read; ${told} orders told.`;
  setCurrentDetails(summary);
  return summary;
}

/** Refunds after the orders, which say whose they are, whether those could be read or not. */
function eachByItself({ connection, policy }: Telling) {
  const orders = byItself(lookingAtAmazon(connection, 'orders', policy).takeInOrders({ connection }));
  return Promise.all([
    orders,
    byItself(lookingAtAmazon(connection, 'reports', policy).takeInShipments({ connection })),
    orders.then(() => byItself(lookingAtAmazon(connection, 'finances', policy).takeInRefunds({ connection }))),
  ]);
}

/** Looks that were under way before. */
async function oneAfterTheOther({ connection, policy }: Telling) {
  const orders = await onAmazon(connection, 'orders', policy).takeInOrders({ connection });
  const shipments = await onAmazon(connection, 'reports', policy).takeInShipments({ connection });
  const refunds = await onAmazon(connection, 'finances', policy).takeInRefunds({ connection });
  return [orders, shipments, refunds] as const;
}
