/** What a workflow answers while a person waits for it. */
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { TimeoutFailure, type Workflow, type WorkflowResultType } from '@temporalio/common';
import { workflowQueue } from '../contracts/task-queues.ts';
import { TieoutError } from '../errors/tieout-error.ts';

/** How long a person waits for NetSuite's figures. */
const ANSWER_WITHIN_S = 120;

/** Who asks for the same joins whoever asked before. @throws TieoutError `not-running` when NetSuite's figures do not come in time */
export async function answerOf<W extends Workflow>(
  client: Client,
  name: string,
  workflowId: string,
  input: Parameters<W>[0],
): Promise<WorkflowResultType<W>> {
  try {
    return (await client.workflow.execute(name, {
      workflowId,
      taskQueue: workflowQueue(),
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: `${ANSWER_WITHIN_S}s`,
    })) as WorkflowResultType<W>;
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
