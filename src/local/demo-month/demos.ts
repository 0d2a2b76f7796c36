/** The demos by name: each one's world, what NetSuite holds of it, and its connection. */
import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import type { NetSuiteSeed } from '../../simulators/netsuite/seed.ts';
import { demoConnectionSettings, type DemoConnectionSettings } from './connection-settings.ts';
import { demoMonth } from './demo-month.ts';
import type { DemoName } from './demo-names.ts';
import { withDemoStock } from './demo-stock.ts';
import { netSuiteSeedFor } from './netsuite-seed.ts';
import { ukMonth } from './uk/uk-month.ts';
import { ukSettings } from './uk/uk-settings.ts';

interface Demo {
  world(): AmazonWorld;
  seed(world: AmazonWorld): NetSuiteSeed;
  settings(world: AmazonWorld): DemoConnectionSettings;
}

export const DEMOS: Readonly<Record<DemoName, Demo>> = {
  us: {
    world: () => demoMonth(),
    seed: (world) => withDemoStock(netSuiteSeedFor(world), world.stock!),
    settings: (world) => ({ ...demoConnectionSettings(world), close: {}, closedPeriod: 'first-open-day' }),
  },
  uk: { world: () => ukMonth(), seed: netSuiteSeedFor, settings: (world) => ukSettings(world) },
};
