/** What is scheduled for each connection, by its configuration: one reading for workers, one-shots and `npm start`. */
import type { TieoutConfig } from '../config/connection.ts';
import { productPolicy } from './product-policy.ts';
import type { ScheduledConnection } from './schedules.ts';

/** Beside simulators the demo clock triggers every look, so schedules begin paused. */
export function scheduledConnections({ connections, demoClock }: TieoutConfig): ScheduledConnection[] {
  const simulated = demoClock !== undefined;
  return connections.map(({ name, schedules, stock }) => ({
    name,
    ...schedules,
    stock: stock ? schedules.stock : null,
    policy: productPolicy(simulated),
    paused: simulated,
  }));
}
