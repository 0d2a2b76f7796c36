/** The workflows as they are, but for one that was changed without a patch: the order asks the store before anything else. */
import { onStore } from '../../../src/workflows/activity-proxies.ts';
import type { OrderInput } from '../../../src/contracts/orders/order-lifecycle.ts';
import { orderLifecycle as asItIs } from '../../../src/workflows/orders/order-lifecycle.ts';

export { payout } from '../../../src/workflows/payouts/payout.ts';

export async function orderLifecycle(input: OrderInput): Promise<string> {
  await onStore(input.policy).tellOrders({ connection: input.connection, policy: input.policy });
  return asItIs(input);
}
