/** Schedules as data, reconciled with the configuration: created, updated where they differ, never silently left behind. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { workflowQueue } from '../domain/identifiers/task-queue.ts';
import { housekeepingId, orderIntakeId, payoutIntakeId, reconcilerId } from '../domain/identifiers/workflow-id.ts';
import type { ActivityPolicy } from '../workflows/activity-policy.ts';
import type { IntakeInput } from '../workflows/intake/intake.contract.ts';

export interface ScheduledConnection {
  name: string;
  orders: string;
  payouts: string;
  reconciler: string;
  policy: ActivityPolicy;
  paused: boolean;
}

export function schedulesOf(connection: ScheduledConnection): ScheduleOptions[] {
  const input: IntakeInput = { connection: connection.name, policy: connection.policy };
  const schedule = (scheduleId: string, workflowType: string, every: string): ScheduleOptions => ({
    scheduleId,
    spec: { intervals: [{ every: every as `${number}m` }] },
    action: { type: 'startWorkflow', workflowType, taskQueue: workflowQueue(), workflowId: scheduleId, args: [input] },
    // One look at a time: a run that is late makes the next one unnecessary.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' },
    state: { paused: connection.paused },
  });
  return [
    schedule(orderIntakeId(connection.name), 'orderIntake', connection.orders),
    schedule(payoutIntakeId(connection.name), 'payoutIntake', connection.payouts),
    schedule(reconcilerId(connection.name), 'reconciler', connection.reconciler),
    schedule(housekeepingId(connection.name), 'housekeeping', '1d'),
  ];
}

/** Ids of the schedules of a connection. */
export const scheduleIdsOf = (name: string): string[] => [
  orderIntakeId(name),
  payoutIntakeId(name),
  reconcilerId(name),
  housekeepingId(name),
];

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
