import type { ActivityPolicy } from '../contracts/activity-policy.ts';

/** Waits of the product. A simulated world uses the short ones, so that a fault costs seconds. */
export function productPolicy(simulated: boolean): ActivityPolicy {
  return simulated
    ? { startToClose: '2m', heartbeat: '6s', firstRetry: '200ms', longestRetry: '5s', triesOfALook: 8 }
    : { startToClose: '30m', heartbeat: '30s', firstRetry: '1s', longestRetry: '2m', triesOfALook: 6 };
}
