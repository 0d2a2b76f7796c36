/** Both simulators over one world, in this process: what `tieout simulate` and `npm start` run. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { startAmazonSimulator, type RunningAmazonSimulator } from '../simulators/amazon/server.ts';
import { worldSpan } from '../simulators/amazon/timeline.ts';
import { worldFromSettlements } from '../simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../simulators/amazon/world.ts';
import { DemoClock } from '../simulators/clock.ts';
import {
  startNetSuiteSimulator,
  type RunningNetSuiteSimulator,
} from '../simulators/netsuite/start-netsuite-simulator.ts';
import { demoConnectionSettings, type DemoConnectionSettings } from './demo-month/connection-settings.ts';
import { DEMO_NAMES, type DemoName } from './demo-month/demo-names.ts';
import { DEMOS } from './demo-month/demos.ts';
import { netSuiteSeedFor } from './demo-month/netsuite-seed.ts';
import type { NetSuiteSeed } from '../simulators/netsuite/seed.ts';

/** Which world: a demo, or that of settlement reports with the seller's own statements beside them. */
export interface WorldSource {
  /** The first demo where it is left out. */
  demo?: DemoName;
  settlements: string[];
  bank: string | null;
  card: string | null;
}

export interface SimulatedWorldOptions {
  source: WorldSource;
  amazonPort: number;
  netsuitePort: number;
  /** `first`: the clock starts when the first fact is published, and somebody drives it. `last`: everything is there. */
  clockAt: 'first' | 'last';
}

export interface SimulatedWorld {
  title: string;
  /** Name of its connection. */
  name: string;
  clock: DemoClock;
  amazon: RunningAmazonSimulator;
  netsuite: RunningNetSuiteSimulator;
  settings: DemoConnectionSettings;
  counts: { orders: number; settlements: number; bankLines: number };
  close(): Promise<void>;
}

/** What the seller's NetSuite holds of a world. */
export function seedOf(world: AmazonWorld, source: WorldSource): NetSuiteSeed {
  return demoOf(source)?.seed(world) ?? netSuiteSeedFor(world);
}

export function worldOf(source: WorldSource): AmazonWorld {
  return demoOf(source)?.world() ?? worldOfReports(source);
}

function settingsOf(world: AmazonWorld, source: WorldSource): DemoConnectionSettings {
  return demoOf(source)?.settings(world) ?? demoConnectionSettings(world);
}

function demoOf({ settlements, demo = DEMO_NAMES[0] }: WorldSource): (typeof DEMOS)[DemoName] | null {
  return settlements.length === 0 ? DEMOS[demo] : null;
}

function worldOfReports(source: WorldSource): AmazonWorld {
  return worldFromSettlements(
    source.settlements.map((path) => ({ name: basename(path), bytes: readFileSync(path) })),
    {
      ...(source.bank ? { bank: readFileSync(source.bank) } : {}),
      ...(source.card ? { card: readFileSync(source.card) } : {}),
    },
  );
}

function connectionName({ settlements, demo = DEMO_NAMES[0] }: WorldSource): string {
  return `demo-${settlements.length === 0 ? demo : DEMO_NAMES[0]}`;
}

export async function startSimulatedWorld(options: SimulatedWorldOptions): Promise<SimulatedWorld> {
  const world = worldOf(options.source);
  const clock = new DemoClock(Date.parse(worldSpan(world)?.[options.clockAt] ?? '2026-10-01T07:00:00Z'));
  const amazon = await startAmazonSimulator({ world, port: options.amazonPort, clock });
  try {
    const netsuite = await startNetSuiteSimulator({
      seed: seedOf(world, options.source),
      port: options.netsuitePort,
      clock,
    });
    return {
      title: world.title,
      clock,
      amazon,
      netsuite,
      name: connectionName(options.source),
      settings: settingsOf(world, options.source),
      counts: { orders: world.orders.length, settlements: world.settlements.length, bankLines: world.bankLines.length },
      close: async () => {
        await Promise.all([amazon.close(), netsuite.close()]);
      },
    };
  } catch (error) {
    await amazon.close();
    throw error;
  }
}
