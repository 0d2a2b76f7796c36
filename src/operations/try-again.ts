import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { RECONCILER, type Reconciler } from '../contracts/reconciler/reconciler.ts';
import { workflowQueue } from '../contracts/task-queues.ts';
import { tryAgain as tryAgainSignal } from '../contracts/try-again.ts';
import { orderWorkflowId, payoutWorkflowId } from '../domain/identifiers/workflow-id.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { openExceptions, type StoredException } from '../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from './connection-at-work.ts';
import { poll } from './poll.ts';

export interface Stopped {
  of: 'payout' | 'order';
  id: string;
}
/** Numbers of the exceptions about it that were open before, and those that are left, with their sentences. */
export interface TriedAgain {
  before: number[];
  left: { number: number; what: string }[];
}

/**
 * Tells an order or a payout that what stopped it has been mended, and watches what of its exceptions is left.
 * @throws TieoutError `not-found` when none runs
 */
export async function tryAgain(
  { client, store, connection, policy }: ConnectionAtWork,
  { of, id }: Stopped,
  seconds: number,
): Promise<TriedAgain> {
  const open = async () => (await openExceptions(store.db, connection)).filter((one) => isAbout(one, of, id));
  const before = await open();
  const workflowId = of === 'payout' ? payoutWorkflowId(connection, id) : orderWorkflowId(connection, id);
  // One whose workflow was lost is taken up first.
  if (!(await signalled(client, workflowId))) {
    await client.workflow.execute<Reconciler>(RECONCILER.name, {
      workflowId: `${RECONCILER.idOf(connection)}:try-again`,
      taskQueue: workflowQueue(),
      args: [{ connection, policy }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    if (!(await signalled(client, workflowId))) throw nothingWaits(of, id, connection);
  }
  const left = await poll(open, (seen) => seen.length < before.length || before.length === 0, seconds);
  return {
    before: before.map((exception) => exception.id),
    left: left.map((exception) => ({ number: exception.id, what: exception.evidence.what })),
  };
}

async function signalled(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(tryAgainSignal);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function isAbout({ subject, payout }: StoredException, of: 'payout' | 'order', id: string): boolean {
  return of === 'payout' ? payout === id : subject.kind === 'order' && subject.id === id;
}

function nothingWaits(of: 'payout' | 'order', id: string, connection: string): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `No ${of} ${id} is at work or waits.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}`],
    do: [`npx tieout status ${of} ${id} says where it stands; npx tieout exceptions lists what waits for a person`],
  });
}
