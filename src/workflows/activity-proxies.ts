import { proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import { amazonQueue, netsuiteQueue, storeQueue, type AmazonFamily } from '../domain/identifiers/task-queue.ts';
import type { ActivityPolicy } from './activity-policy.ts';

/** Retries go on until it works: what cannot work answers with an exception for a person instead of failing. */
function proxiesOn(taskQueue: string, policy: ActivityPolicy): ActivityInterfaceFor<Activities> {
  return proxyActivities<Activities>({
    taskQueue,
    startToCloseTimeout: policy.startToClose,
    heartbeatTimeout: policy.heartbeat,
    retry: { initialInterval: policy.firstRetry, maximumInterval: policy.longestRetry, backoffCoefficient: 2 },
  });
}

/** One queue for each vendor limit: NetSuite's of an account, Amazon's of a seller and a family of calls; the store has none. */
export const onNetSuite = (connection: string, policy: ActivityPolicy) => proxiesOn(netsuiteQueue(connection), policy);
export const onAmazon = (connection: string, family: AmazonFamily, policy: ActivityPolicy) =>
  proxiesOn(amazonQueue(connection, family), policy);
export const onStore = (policy: ActivityPolicy) => proxiesOn(storeQueue(), policy);
