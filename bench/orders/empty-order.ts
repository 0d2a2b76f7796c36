/** The order's shape with nothing in it: a start with a signal, an activity, a signal, two activities. */
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { nothing } = proxyActivities<{
  nothing(input: { connection: string; orderId: string }): Promise<{ result: string }>;
}>({
  taskQueue: 'empty-activities',
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
});
export const seen = defineSignal('seen');
export const gone = defineSignal('gone');

export async function emptyOrder(input: { connection: string; orderId: string }): Promise<string> {
  let left = false;
  setHandler(seen, () => {});
  setHandler(gone, () => {
    left = true;
  });
  await nothing(input);
  await condition(() => left);
  await nothing(input);
  await nothing(input);
  return 'dispatched and billed';
}
