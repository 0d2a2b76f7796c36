import { setCurrentDetails } from '@temporalio/workflow';
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/** One look at Amazon for orders, dispatches and refunds; each order's workflow hears what is new for it. */
export async function orderIntake({ connection, policy }: Telling): Promise<string> {
  const orders = await onAmazon(connection, 'orders', policy).takeInOrders({ connection });
  const shipments = await onAmazon(connection, 'reports', policy).takeInShipments({ connection });
  const refunds = await onAmazon(connection, 'finances', policy).takeInRefunds({ connection });
  if (shipments.seen > 0) await onNetSuite(connection, policy).rememberOrderLines({ connection });
  const { told, waitedSkus } = await onStore(policy).tellOrders({ connection, policy });
  if (waitedSkus > 0) await onNetSuite(connection, policy).recheckWaitingSkus({ connection });
  const summary = `${orders.seen} orders, ${shipments.seen} shipments, ${refunds.seen} refunds read; ${told} orders told.`;
  setCurrentDetails(summary);
  return summary;
}
