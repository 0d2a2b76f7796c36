/** The tie of a month's tax to NetSuite's accounts, asked for by a workflow. */
import type { Client } from '@temporalio/client';
import type { RunningWorld } from '../../config/running-world.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { TAX_TIE, type TaxTie, type TaxTieWorkflow } from '../../contracts/tax/tax-tie.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';
import { answerOf } from '../answered-workflow.ts';

/** @throws TieoutError `temporal-server`; `not-running` when NetSuite's figures do not come in time */
export function taxTieOf(world: RunningWorld, connection: string, month: string): Promise<TaxTie[]> {
  return withTemporal(world, (client) =>
    taxTie({ client, policy: productPolicy(world.simulators !== null) }, connection, month),
  );
}

/** By a client that is there. @throws TieoutError `not-running` when NetSuite's figures do not come in time */
export function taxTie(
  { client, policy }: { client: Client; policy: ActivityPolicy },
  connection: string,
  month: string,
): Promise<TaxTie[]> {
  return answerOf<TaxTieWorkflow>(client, TAX_TIE.name, TAX_TIE.idOf(connection, month), {
    connection,
    month,
    policy,
  });
}
