/** The connections of a run to its store and its Temporal, and what must stand there before anything happens by itself. */
import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../../config/connection.ts';
import { readConfig } from '../../config/read-config.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import type { StartedWorld } from '../../local/start-world.ts';
import { openStore, type Store } from '../../store/database.ts';
import { connectClient } from '../../temporal/connection.ts';
import { dataConverterOf } from '../../temporal/payload-codec.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { reconcileConnections } from '../../temporal/reconcile-connections.ts';
import { scheduledConnections } from '../../temporal/scheduled-connections.ts';
import type { ScheduledConnection } from '../../temporal/schedules.ts';
import type { LookContext } from './look-once.ts';
import type { Progress } from './progress.ts';
import { CONNECTION_CHECK, type ConnectionCheck } from '../../contracts/setup/connection-check.ts';

export interface Session {
  client: Client;
  store: Store;
  connections: ConnectionSettings[];
  scheduled: ScheduledConnection[];
  /** What a look at any connection needs. */
  look: Omit<LookContext, 'stopped' | 'connection'>;
}

export async function openSession(world: StartedWorld, config: string | null): Promise<Session> {
  const configuration = readConfig(world.run.config);
  const { connections } = configuration;
  const { client } = await connectClient(world.run.temporal.address, dataConverterOf(configuration, process.env));
  const store = openStore(world.run.databaseUrl, { max: 5 });
  return {
    client,
    store,
    connections,
    scheduled: scheduledConnections(configuration),
    look: {
      client,
      store,
      policy: productPolicy(config === null),
      statementsUrl: world.run.simulators?.amazonUrl ?? null,
    },
  };
}

/** Schedules and the workflow that takes decisions. Beside simulators the demo clock triggers every look. */
export async function prepare(session: Session, progress: Progress): Promise<void> {
  const begun = performance.now();
  const { client, look } = session;
  const ids = await reconcileConnections(client, session.scheduled);
  progress.step(
    'schedules',
    `${ids.length}: orders, payouts, reconciler, housekeeping`,
    (performance.now() - begun) / 1000,
  );
  for (const { name: connection } of session.connections) {
    await client.workflow.start<ConnectionCheck>(CONNECTION_CHECK.name, {
      workflowId: CONNECTION_CHECK.idOf(connection),
      taskQueue: workflowQueue(),
      args: [{ connection, policy: look.policy }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  }
}

/** The server's own word: with TEMPORAL_ADDRESS nobody else knows. */
export async function serverVersion({ client }: Session): Promise<string> {
  const { serverVersion: version } = await client.workflowService.getSystemInfo({});
  return version;
}

export function endOnce(
  world: StartedWorld,
  session: Session,
  progress: Progress,
  mark: () => void,
): () => Promise<void> {
  let ended: Promise<void> | null = null;
  return () =>
    (ended ??= (async () => {
      mark();
      progress.close();
      const begun = performance.now();
      const parts: string[] = [];
      // The connection to Temporal ends with the process: closed, it would make calls that still wait to be tried again throw out of their timers.
      await session.store.close().catch(() => {});
      await world.stop((name) => parts.push(`${name} ✓`));
      if (progress.mode !== 'quiet')
        progress.line(
          `Stopping  ${parts.join(' · ')}  ${((performance.now() - begun) / 1000).toFixed(1)} s\nNothing is left running. ${world.run.simulators ? 'The demo begins afresh with the next npm start.' : 'Data stay where they are; npm start goes on from here.'}`,
        );
    })());
}
