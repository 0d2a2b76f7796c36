import { proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { AmazonActivities, NetSuiteActivities, StoreActivities } from '../contracts/activities.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import { amazonQueue, netsuiteQueue, storeQueue, type AmazonFamily } from '../contracts/task-queues.ts';

/**
 * Retries go on until it works: what cannot work answers with an exception for a person instead of failing.
 * @param tries of one of several sources of a look, which the next look takes up again
 */
function proxiesOn<A>(taskQueue: string, policy: ActivityPolicy, tries?: number): ActivityInterfaceFor<A> {
  return proxyActivities<A>({
    taskQueue,
    startToCloseTimeout: policy.startToClose,
    heartbeatTimeout: policy.heartbeat,
    retry: {
      initialInterval: policy.firstRetry,
      maximumInterval: policy.longestRetry,
      backoffCoefficient: 2,
      ...(tries === undefined ? {} : { maximumAttempts: tries }),
    },
  });
}

/** One queue for each vendor limit: NetSuite's of an account, Amazon's of a seller and a family of calls; the store has none. */
export const onNetSuite = (connection: string, policy: ActivityPolicy) =>
  proxiesOn<NetSuiteActivities>(netsuiteQueue(connection), policy);
export const onAmazon = <F extends AmazonFamily>(connection: string, family: F, policy: ActivityPolicy) =>
  proxiesOn<AmazonActivities[F]>(amazonQueue(connection, family), policy);
/** For a look at several sources, none of which holds up another: fails after the tries of a look. */
export const lookingAtAmazon = <F extends AmazonFamily>(connection: string, family: F, policy: ActivityPolicy) =>
  proxiesOn<AmazonActivities[F]>(amazonQueue(connection, family), policy, policy.triesOfALook);
export const onStore = (policy: ActivityPolicy) => proxiesOn<StoreActivities>(storeQueue(), policy);
