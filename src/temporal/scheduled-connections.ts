/** What is scheduled for each connection, by its configuration: one reading for workers, one-shots and `npm start`. */
import type { TieoutConfig } from '../config/connection.ts';
import { productPolicy } from './product-policy.ts';
import type { ScheduledConnection } from './schedules.ts';

/** What a person has decided is posted at once; these looks try again what NetSuite did not take. */
const EVERY_TAX = '15m';
/** What is asked of NetSuite for a close is asked at most so often (close.md, *Workflow*). */
const EVERY_CLOSE = '1h';

/** What has opened or ended is told within a minute; many at once are one message. */
const EVERY_ALERTS = { configured: '1m', nobody: '1d' };

/** Beside simulators the demo clock triggers every look, so schedules begin paused. */
export function scheduledConnections({ connections, demoClock, alerts }: TieoutConfig): ScheduledConnection[] {
  const simulated = demoClock !== undefined;
  return connections.map(({ name, schedules, stock, tax, close }) => ({
    name,
    ...schedules,
    stock: stock ? schedules.stock : null,
    tax: tax ? EVERY_TAX : null,
    close: close ? EVERY_CLOSE : null,
    alerts: alerts ? EVERY_ALERTS.configured : EVERY_ALERTS.nobody,
    policy: productPolicy(simulated),
    paused: simulated,
  }));
}
