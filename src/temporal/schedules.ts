/** Schedules as data, reconciled with the configuration: created, updated where they differ, never silently left behind. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { workflowQueue } from '../contracts/task-queues.ts';
import { DOCUMENT_SWEEP } from '../contracts/documents/document-sweep.ts';
import { ALERTS } from '../contracts/alerts/alerts.ts';
import { HOUSEKEEPING } from '../contracts/housekeeping/housekeeping.ts';
import { ORDER_INTAKE } from '../contracts/intake/order-intake.ts';
import { PAYOUT_INTAKE } from '../contracts/intake/payout-intake.ts';
import { POPULATION_INTAKE } from '../contracts/period/population-intake.ts';
import { STOCK } from '../contracts/stock/stock.ts';
import { TAX_LOOK } from '../contracts/tax/tax-look.ts';
import type { WorkflowContract } from '../contracts/workflow.ts';
import { CLOSE_LOOK } from '../contracts/period/close.ts';
import { RECONCILER } from '../contracts/reconciler/reconciler.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import type { Telling } from '../contracts/activity-inputs.ts';

export interface ScheduledConnection {
  name: string;
  orders: string;
  payouts: string;
  reconciler: string;
  /** Null for a connection without a stock flow. */
  stock: string | null;
  /** Null for a connection whose configuration says nothing of tax. */
  tax: string | null;
  /** Null for a connection whose months are not closed here. */
  close: string | null;
  /** Often where somebody is told; else so often that what is left of a channel that was taken away ends. */
  alerts: string;
  policy: ActivityPolicy;
  paused: boolean;
}

type Look = (input: Telling) => Promise<unknown>;

/** The workflows that are scheduled, and how often: by the configuration, or as it is fixed. */
const SCHEDULED: { contract: WorkflowContract<Look>; every: (connection: ScheduledConnection) => string | null }[] = [
  { contract: ORDER_INTAKE, every: ({ orders }) => orders },
  { contract: PAYOUT_INTAKE, every: ({ payouts }) => payouts },
  { contract: POPULATION_INTAKE, every: () => '1h' },
  { contract: RECONCILER, every: ({ reconciler }) => reconciler },
  { contract: HOUSEKEEPING, every: () => '1d' },
  { contract: DOCUMENT_SWEEP, every: () => '1d' },
  { contract: STOCK, every: ({ stock }) => stock },
  { contract: TAX_LOOK, every: ({ tax }) => tax },
  { contract: CLOSE_LOOK, every: ({ close }) => close },
  { contract: ALERTS, every: ({ alerts }) => alerts },
];

/** A look that a connection takes by schedule. */
export interface ScheduledLook {
  contract: WorkflowContract<Look>;
  /** Of the schedule; each run of it has this id and its time behind it. */
  id: string;
  every: string;
}

/** The looks that a connection has by its settings. */
export function scheduledLooks(connection: ScheduledConnection): ScheduledLook[] {
  return SCHEDULED.flatMap(({ contract, every }) => {
    const interval = every(connection);
    return interval === null ? [] : [{ contract, id: contract.idOf(connection.name), every: interval }];
  });
}

export function schedulesOf(connection: ScheduledConnection): ScheduleOptions[] {
  const input: Telling = { connection: connection.name, policy: connection.policy };
  return scheduledLooks(connection).map(({ contract, id, every: interval }) => {
    return {
      scheduleId: id,
      spec: { intervals: [{ every: interval as `${number}m` }] },
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

/** What decides which flows a connection has, in its settings or in what is scheduled of it. */
export interface ScheduledFlows {
  name: string;
  stock?: unknown;
  tax?: unknown;
  close?: unknown;
}

/** Ids of the schedules of a connection. */
export const scheduleIdsOf = ({ name, stock, tax, close }: ScheduledFlows): string[] => {
  const has = (flow: unknown) => flow !== undefined && flow !== null;
  const left: string[] = [
    ...(has(stock) ? [] : [STOCK.name]),
    ...(has(tax) ? [] : [TAX_LOOK.name]),
    ...(has(close) ? [] : [CLOSE_LOOK.name]),
  ];
  return SCHEDULED.filter(({ contract }) => !left.includes(contract.name)).map(({ contract }) => contract.idOf(name));
};

/** Ids of schedules that connections should have and Temporal does not. */
export async function missingSchedules(client: Client, connections: readonly ScheduledFlows[]): Promise<string[]> {
  const known = new Set<string>();
  for await (const { scheduleId } of client.schedule.list()) known.add(scheduleId);
  return connections.flatMap(scheduleIdsOf).filter((id) => !known.has(id));
}

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
