/** The ports of a world: all are looked at before the first part starts. */
import { DEFAULT_PORTS } from '../config/connection.ts';
import { readEnvironment } from '../config/environment.ts';
import { PortTaken } from './port-taken.ts';
import { takePort } from './ports.ts';

interface WorldPorts {
  ports: { postgres: number; temporal: number; temporalUi: number; amazon: number; netsuite: number; health: number };
  /** Null for real accounts, which have no simulators. */
  simulate: object | null;
}

export async function refuseTakenPorts({ ports, simulate }: WorldPorts): Promise<void> {
  if (readEnvironment().databaseUrl === null) await portOf(ports.postgres, 'Postgres');
  if (!process.env['TEMPORAL_ADDRESS'])
    for (const [port, what] of [
      [ports.temporal, 'Temporal'],
      [ports.temporalUi, 'Temporal UI'],
    ] as const)
      await portOf(port, what);
  if (ports.health !== DEFAULT_PORTS.health) await portOf(ports.health, 'health');
  if (simulate)
    for (const [port, what] of [
      [ports.amazon, 'Amazon simulator'],
      [ports.netsuite, 'NetSuite simulator'],
    ] as const)
      await portOf(port, what);
}

/** The port for health and metrics: where the one that nobody chose is taken it gives way to a free one; one that somebody chose is refused. */
export async function healthPortOf(port: number): Promise<number> {
  if (port !== DEFAULT_PORTS.health) return portOf(port, 'health');
  return (await takePort(port)) ?? portOf(0, 'health');
}

export async function portOf(port: number, what: string): Promise<number> {
  const free = await takePort(port);
  if (free === null) throw new PortTaken(port, what);
  return free;
}
