/** The tie of a month's tax to NetSuite's accounts, asked for by a workflow. */
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { TimeoutFailure } from '@temporalio/common';
import type { RunningWorld } from '../../config/running-world.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { TAX_TIE, type TaxTie, type TaxTieWorkflow } from '../../contracts/tax/tax-tie.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';

/** How long a person waits for NetSuite's figures. */
const ANSWER_WITHIN_S = 120;

/** @throws TieoutError `temporal-server`; `not-running` when NetSuite's figures do not come in time */
export function taxTieOf(world: RunningWorld, connection: string, month: string): Promise<TaxTie[]> {
  return withTemporal(world, (client) =>
    taxTie({ client, policy: productPolicy(world.simulators !== null) }, connection, month),
  );
}

/** By a client that is there. @throws TieoutError `not-running` when NetSuite's figures do not come in time */
export async function taxTie(
  { client, policy }: { client: Client; policy: ActivityPolicy },
  connection: string,
  month: string,
): Promise<TaxTie[]> {
  const workflowId = TAX_TIE.idOf(connection, month);
  try {
    return await client.workflow.execute<TaxTieWorkflow>(TAX_TIE.name, {
      workflowId,
      taskQueue: workflowQueue(),
      args: [{ connection, month, policy }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: `${ANSWER_WITHIN_S}s`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowFailedError && error.cause instanceof TimeoutFailure)) throw error;
    throw new TieoutError({
      code: 'not-running',
      what: "NetSuite's figures did not come.",
      notDone: 'Nothing is shown.',
      where: [`workflow ${workflowId}, no answer within ${ANSWER_WITHIN_S} s`],
      do: ['npx tieout doctor shows what runs, and what fails'],
    });
  }
}
