import type { Telling } from '../../contracts/activity-inputs.ts';
import {
  CLOSE,
  evaluated,
  type CloseInput,
  type CloseMonth,
  type CloseSaid,
  type OfMonth,
} from '../../contracts/period/close.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import type { Connection } from '../connection.ts';

/** Starts a month's workflow where it does not run, and tells it what was worked out; a signed month's has ended and stays so. Idempotent: the last word counts. */
export async function tellClose(
  { temporal, name }: Connection,
  { period, policy, said }: OfMonth & Telling & { said: CloseSaid },
): Promise<void> {
  if (said.isSigned) return;
  const input: CloseInput = { connection: name, period, policy };
  await temporal.workflow.signalWithStart<CloseMonth, [CloseSaid]>(CLOSE.name, {
    workflowId: CLOSE.idOf(name, period),
    taskQueue: workflowQueue(),
    args: [input],
    signal: evaluated,
    signalArgs: [said],
  });
}
