import { setCurrentDetails } from '@temporalio/workflow';
import { onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/**
 * Brings store and Temporal together where they have come apart: Temporal's database was lost or is older, its namespace
 * was made anew, or the store was restored from a backup. What is unfinished in the store gets a workflow that knows it.
 */
export async function reconciler({ connection, policy }: Telling): Promise<string> {
  const store = onStore(policy);
  const orders = await store.takeUpOrders({ connection, policy });
  // What was read and never told, too: the store may be as it was between the two.
  await store.tellOrders({ connection, policy });
  const payouts = await store.takeUpPayouts({ connection, policy });
  const summary = `${orders.started} orders and ${payouts.started} payouts had no workflow and have one; ${orders.told} and ${payouts.told} were told again.`;
  setCurrentDetails(summary);
  return summary;
}
