import { ORDER_LIFECYCLE, refunded, type OrderInput } from '../../../src/contracts/orders/order-lifecycle.ts';
import type { Stopped } from '../../../src/contracts/orders/order-activities.ts';
import type { Script } from '../fake-activities.ts';
import type { RunUnderTest, WorkflowsUnderTest } from '../workflows-under-test.ts';

export const DONE = { result: 'done', complete: false } as const;
export const COMPLETE = { result: 'done', complete: true } as const;
export const POSTED = { result: 'posted' } as const;
export const PLANNED = { result: 'planned' } as const;
export const stopped = (exception: number): Stopped => ({
  result: 'stopped',
  exception,
  sentence: 'NetSuite refuses it: the period is closed',
});

/** One shipment, dispatched and billed in full. */
export const BILLED = { postFulfilment: [DONE], billShipment: [COMPLETE] } satisfies Script;

/** An order that needs its Sales Order, unless `input` says otherwise; `news` is what starts it again. */
export function startOrder(
  workflows: WorkflowsUnderTest,
  script: Script,
  input: Partial<Pick<OrderInput, 'salesOrder' | 'complete'>> = {},
  news?: { refunds: string[] },
): Promise<RunUnderTest> {
  const { connection, policy } = workflows;
  const orderId = '114-1000001-0000001';
  return workflows.start(
    ORDER_LIFECYCLE,
    [orderId],
    { connection, policy, orderId, salesOrder: 'needed', complete: false, ...input },
    script,
    news && { signal: refunded, args: [news] },
  );
}
