import { proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';
import type { Activities } from '../activities/create-activities.ts';
import { amazonQueue, netsuiteQueue, storeQueue } from '../domain/identifiers/task-queue.ts';

/** Waits of the activities, handed in with the workflow's input so that a test can make them short. */
export interface ActivityPolicy {
  /** Of one attempt. */
  startToClose: Duration;
  /** Silence after which an attempt counts as dead. */
  heartbeat: Duration;
  firstRetry: Duration;
  longestRetry: Duration;
}

/** Retries go on until it works: what cannot work answers with an exception for a person instead of failing. */
function proxiesOn(taskQueue: string, policy: ActivityPolicy): ActivityInterfaceFor<Activities> {
  return proxyActivities<Activities>({
    taskQueue, startToCloseTimeout: policy.startToClose, heartbeatTimeout: policy.heartbeat,
    retry: { initialInterval: policy.firstRetry, maximumInterval: policy.longestRetry, backoffCoefficient: 2 },
  });
}

/** One queue for each vendor limit: NetSuite's of an account, Amazon's of a seller; the store has none. */
export const onNetSuite = (connection: string, policy: ActivityPolicy) => proxiesOn(netsuiteQueue(connection), policy);
export const onAmazon = (connection: string, policy: ActivityPolicy) => proxiesOn(amazonQueue(connection), policy);
export const onStore = (policy: ActivityPolicy) => proxiesOn(storeQueue(), policy);
