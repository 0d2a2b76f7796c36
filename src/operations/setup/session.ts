/** The connections of a run to its store and its Temporal, and what must stand there before anything happens by itself. */
import type { Client, ScheduleHandle } from '@temporalio/client';
import type { ConnectionSettings } from '../../config/connection.ts';
import { readConfig } from '../../config/read-config.ts';
import type { RunningWorld } from '../../config/running-world.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { CONNECTION_CHECK, type ConnectionCheck } from '../../contracts/setup/connection-check.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { openStore, type Store } from '../../store/database.ts';
import { connectClient } from '../../temporal/connection.ts';
import { dataConverterOf } from '../../temporal/payload-codec.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { reconcileConnections } from '../../temporal/reconcile-connections.ts';
import { scheduledConnections } from '../../temporal/scheduled-connections.ts';
import { scheduleIdsOf, type ScheduledConnection } from '../../temporal/schedules.ts';
import type { LookContext } from '../intake/look-once.ts';

export interface Session {
  client: Client;
  store: Store;
  connections: ConnectionSettings[];
  scheduled: ScheduledConnection[];
  /** Whether somebody is told of exceptions. */
  alerts: boolean;
  policy: ActivityPolicy;
  /** The simulator that serves bank statements; null beside real accounts. */
  statementsUrl: string | null;
}

export async function openSession(world: RunningWorld): Promise<Session> {
  const configuration = readConfig(world.config);
  const { client } = await connectClient(world.temporal.address, dataConverterOf(configuration, process.env));
  return {
    client,
    store: openStore(world.databaseUrl, { max: 5 }),
    connections: configuration.connections,
    scheduled: scheduledConnections(configuration),
    alerts: configuration.alerts !== undefined,
    policy: productPolicy(world.simulators !== null),
    statementsUrl: world.simulators?.amazonUrl ?? null,
  };
}

/** What a look at each of its connections needs. */
export function looksOf(
  { client, store, policy, statementsUrl, connections, alerts }: Session,
  stopped: () => boolean,
): LookContext[] {
  return connections.map(({ name, stock, tax, close }) => ({
    client,
    store,
    policy,
    statementsUrl,
    connection: name,
    stock: stock !== undefined,
    tax: tax !== undefined,
    close: close !== undefined,
    alerts,
    stopped,
  }));
}

/** Schedules, and the check of each connection. Beside simulators the demo clock triggers every look. @returns ids of the schedules */
export async function prepareConnections({ client, scheduled, connections, policy }: Session): Promise<string[]> {
  const ids = await reconcileConnections(client, scheduled);
  for (const { name: connection } of connections) {
    await client.workflow.start<ConnectionCheck>(CONNECTION_CHECK.name, {
      workflowId: CONNECTION_CHECK.idOf(connection),
      taskQueue: workflowQueue(),
      args: [{ connection, policy }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  }
  return ids;
}

/** Each schedule acts once, now. */
export function triggerSchedules(session: Session): Promise<void> {
  return onSchedules(session, (schedule) => schedule.trigger());
}

/** From here on the schedules act by themselves. */
export function resumeSchedules(session: Session): Promise<void> {
  return onSchedules(session, (schedule) => schedule.unpause());
}

async function onSchedules(
  { client, connections }: Session,
  act: (schedule: ScheduleHandle) => Promise<void>,
): Promise<void> {
  for (const connection of connections)
    for (const id of scheduleIdsOf(connection)) await act(client.schedule.getHandle(id));
}
