/** A test message over a channel, sent by a worker as any other is. */
import type { Client } from '@temporalio/client';
import type { RunningWorld } from '../../config/running-world.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { ALERTS, type AlertsLook } from '../../contracts/alerts/alerts.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';
import { answerOf } from '../answered-workflow.ts';

/** What became of it, and of what else was to be told, as a sentence. @throws TieoutError `temporal-server`, `not-running` */
export function testChannel(world: RunningWorld, connection: string, channel: string): Promise<string> {
  return withTemporal(world, (client) =>
    sendTest({ client, policy: productPolicy(world.simulators !== null) }, connection, channel),
  );
}

/** By a client that is there. */
export function sendTest(
  { client, policy }: { client: Client; policy: ActivityPolicy },
  connection: string,
  channel: string,
): Promise<string> {
  return answerOf<AlertsLook>(client, ALERTS.name, `${ALERTS.idOf(connection)}:test-${channel}`, {
    connection,
    policy,
    test: channel,
  });
}
