import { setCurrentDetails } from '@temporalio/workflow';
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import type { IntakeInput } from './intake.contract.ts';

/** One look at Amazon for orders, dispatches and refunds; each order's workflow hears what is new for it. */
export async function orderIntake({ connection, policy }: IntakeInput): Promise<string> {
  const amazon = onAmazon(connection, policy);
  const orders = await amazon.takeInOrders({ connection });
  const shipments = await amazon.takeInShipments({ connection });
  const refunds = await amazon.takeInRefunds({ connection });
  if (shipments.seen > 0) await onNetSuite(connection, policy).rememberOrderLines({ connection });
  const { told, waitedSkus } = await onStore(policy).tellOrders({ connection, policy });
  if (waitedSkus > 0) await onNetSuite(connection, policy).recheckWaitingSkus({ connection });
  const summary = `${orders.seen} orders, ${shipments.seen} shipments, ${refunds.seen} refunds read; ${told} orders told.`;
  setCurrentDetails(summary);
  return summary;
}
