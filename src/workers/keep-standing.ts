/** A worker sees to it that its connections' schedules and decisions stand in Temporal, at its start and while it runs. */
import type { Client } from '@temporalio/client';
import { connectionsStand, reconcileConnections } from '../temporal/reconcile-connections.ts';
import type { ScheduledConnection } from '../temporal/schedules.ts';

/** Between two looks; a seller loses no more than this when Temporal comes back empty. */
const EVERY_MS = 60_000;

/** @param say hears of what was missing, and of looks that failed */
export async function keepStanding(
  client: Client,
  connections: readonly ScheduledConnection[],
  say: (line: string) => void,
): Promise<void> {
  await reconcileConnections(client, connections);
  setInterval(
    () =>
      void look(client, connections, say).catch((error: unknown) =>
        say(`Temporal could not be asked for its schedules: ${String(error)}`),
      ),
    EVERY_MS,
  ).unref();
}

async function look(
  client: Client,
  connections: readonly ScheduledConnection[],
  say: (line: string) => void,
): Promise<void> {
  if (await connectionsStand(client, connections)) return;
  const ids = await reconcileConnections(client, connections);
  say(`schedules or decisions were missing in Temporal and are made again: ${ids.join(', ')}`);
}
