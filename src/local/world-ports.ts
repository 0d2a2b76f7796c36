/** The ports of a world: all are looked at before the first part starts. */
import { readEnvironment } from '../config/environment.ts';
import { PortTaken } from './port-taken.ts';
import { takePort } from './ports.ts';
import type { WorldOptions } from './start-world.ts';

/** All ports are looked at before the first part starts. */
export async function refuseTakenPorts({ ports, simulate }: WorldOptions): Promise<void> {
  if (readEnvironment().databaseUrl === null) await portOf(ports.postgres, 'Postgres');
  if (!process.env['TEMPORAL_ADDRESS']) for (const [port, what] of [[ports.temporal, 'Temporal'], [ports.temporalUi, 'Temporal UI']] as const) await portOf(port, what);
  if (simulate) for (const [port, what] of [[ports.amazon, 'Amazon simulator'], [ports.netsuite, 'NetSuite simulator']] as const) await portOf(port, what);
}

export async function portOf(port: number, what: string): Promise<number> {
  const free = await takePort(port);
  if (free === null) throw new PortTaken(port, what);
  return free;
}
