import { tryAgain as tryAgainSignal } from '../../contracts/try-again.ts';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { RECONCILER, type Reconciler } from '../../contracts/reconciler/reconciler.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { orderWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { poll } from './poll.ts';
import { withConnection, withTemporal } from './running-connection.ts';

export interface TriedAgain {
  of: 'payout' | 'order';
  id: string;
}

/** Sends `tryAgain` to the workflow and says what of its exceptions is left. @throws TieoutError `not-found` when none runs */
export async function tryAgain(
  io: CommandIo,
  { of, id }: TriedAgain,
  options: QueryOptions & { wait: number },
): Promise<void> {
  await withConnection(options.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const open = async () => (await openExceptions(store.db, name)).filter((exception) => isAbout(exception, of, id));
      const before = await open();
      const workflowId = of === 'payout' ? payoutWorkflowId(name, id) : orderWorkflowId(name, id);
      // One whose workflow was lost is taken up first.
      if (!(await signalled(client, workflowId))) {
        const policy = productPolicy(world.simulators !== null);
        await client.workflow.execute<Reconciler>(RECONCILER.name, {
          workflowId: `${RECONCILER.idOf(name)}:try-again`,
          taskQueue: workflowQueue(),
          args: [{ connection: name, policy }],
          workflowIdConflictPolicy: 'USE_EXISTING',
        });
        if (!(await signalled(client, workflowId))) throw nothingWaits(of, id, name);
      }
      const left = await poll(open, (seen) => seen.length < before.length || before.length === 0, options.wait);
      if (options.json) {
        io.out(
          `${JSON.stringify({ kind: 'try-again', connection: name, of, id, before: before.map((exception) => exception.id), open: left.map((exception) => exception.id) }, null, 2)}\n`,
        );
        return;
      }
      const next = left.map((exception) => `${exception.id} ${exception.evidence.what}`);
      io.out(
        inCharactersOf(
          io,
          [
            left.length === 0 ? `✓ ${of} ${id} goes on` : `… ${of} ${id} was told; ${left.length} open:`,
            ...next.map((line) => `  ${line}`),
            `Next: npx tieout status ${of} ${id}`,
            '',
          ].join('\n'),
        ),
      );
    }),
  );
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
