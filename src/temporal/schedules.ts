/** Schedules as data, reconciled with the configuration: created, updated where they differ, never silently left behind. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { workflowQueue } from '../contracts/task-queues.ts';
import { HOUSEKEEPING } from '../contracts/housekeeping/housekeeping.ts';
import { ORDER_INTAKE } from '../contracts/intake/order-intake.ts';
import { PAYOUT_INTAKE } from '../contracts/intake/payout-intake.ts';
import { RECONCILER } from '../contracts/reconciler/reconciler.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import type { Telling } from '../contracts/activity-inputs.ts';

export interface ScheduledConnection {
  name: string;
  orders: string;
  payouts: string;
  reconciler: string;
  policy: ActivityPolicy;
  paused: boolean;
}

/** The workflows that are scheduled, and how often: by the configuration, or as it is fixed. */
const SCHEDULED = [
  { contract: ORDER_INTAKE, every: ({ orders }: ScheduledConnection) => orders },
  { contract: PAYOUT_INTAKE, every: ({ payouts }: ScheduledConnection) => payouts },
  { contract: RECONCILER, every: ({ reconciler }: ScheduledConnection) => reconciler },
  { contract: HOUSEKEEPING, every: () => '1d' },
];

export function schedulesOf(connection: ScheduledConnection): ScheduleOptions[] {
  const input: Telling = { connection: connection.name, policy: connection.policy };
  return SCHEDULED.map(({ contract, every }) => {
    const id = contract.idOf(connection.name);
    return {
      scheduleId: id,
      spec: { intervals: [{ every: every(connection) as `${number}m` }] },
      action: {
        type: 'startWorkflow',
        workflowType: contract.name,
        taskQueue: workflowQueue(),
        workflowId: id,
        args: [input],
      },
      // One look at a time: a run that is late makes the next one unnecessary.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' },
      state: { paused: connection.paused },
    };
  });
}

/** Ids of the schedules of a connection. */
export const scheduleIdsOf = (name: string): string[] => SCHEDULED.map(({ contract }) => contract.idOf(name));

export async function reconcileSchedules(
  client: Client,
  connections: readonly ScheduledConnection[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const options of connections.flatMap(schedulesOf)) {
    try {
      await client.schedule.create(options);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(options.scheduleId).update((known) => ({
        ...known,
        spec: options.spec,
        action: options.action as never,
        policies: options.policies ?? {},
      }));
    }
    ids.push(options.scheduleId);
  }
  return ids;
}
