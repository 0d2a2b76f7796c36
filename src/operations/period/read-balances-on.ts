/** Accounts at the end of a day, asked of NetSuite by a workflow; what it reads stands in the store. */
import type { Client } from '@temporalio/client';
import type { RunningWorld } from '../../config/running-world.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import {
  BALANCES_ON,
  type BalancesOnWorkflow,
  type BalancesRead,
  type NotAsked,
} from '../../contracts/period/balances-on.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';
import { answerOf } from '../answered-workflow.ts';

/** Where nobody answers, what was read before is shown all the same. */
export async function readBalancesOnDay(
  world: RunningWorld,
  connection: string,
  day: string,
): Promise<BalancesRead | NotAsked> {
  try {
    return await withTemporal(world, (client) =>
      readBalancesOn({ client, policy: productPolicy(world.simulators !== null) }, connection, day),
    );
  } catch (error) {
    if (!(error instanceof TieoutError && SILENT.includes(error.code))) throw error;
    return { notAsked: error.notice.what };
  }
}

const SILENT: readonly string[] = ['temporal-server', 'not-running'];

/** By a client that is there. @throws TieoutError `not-running` when NetSuite's figures do not come in time */
export function readBalancesOn(
  { client, policy }: { client: Client; policy: ActivityPolicy },
  connection: string,
  day: string,
): Promise<BalancesRead> {
  return answerOf<BalancesOnWorkflow>(client, BALANCES_ON.name, BALANCES_ON.idOf(connection, day), {
    connection,
    day,
    policy,
  });
}
