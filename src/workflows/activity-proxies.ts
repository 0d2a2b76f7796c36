import { proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { AmazonActivities, NetSuiteActivities, StoreActivities } from '../contracts/activities.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import { amazonQueue, netsuiteQueue, storeQueue, type AmazonFamily } from '../contracts/task-queues.ts';

/** Retries go on until it works: what cannot work answers with an exception for a person instead of failing. */
function proxiesOn<A>(taskQueue: string, policy: ActivityPolicy): ActivityInterfaceFor<A> {
  return proxyActivities<A>({
    taskQueue,
    startToCloseTimeout: policy.startToClose,
    heartbeatTimeout: policy.heartbeat,
    retry: { initialInterval: policy.firstRetry, maximumInterval: policy.longestRetry, backoffCoefficient: 2 },
  });
}

/** One queue for each vendor limit: NetSuite's of an account, Amazon's of a seller and a family of calls; the store has none. */
export const onNetSuite = (connection: string, policy: ActivityPolicy) =>
  proxiesOn<NetSuiteActivities>(netsuiteQueue(connection), policy);
export const onAmazon = <F extends AmazonFamily>(connection: string, family: F, policy: ActivityPolicy) =>
  proxiesOn<AmazonActivities[F]>(amazonQueue(connection, family), policy);
export const onStore = (policy: ActivityPolicy) => proxiesOn<StoreActivities>(storeQueue(), policy);
