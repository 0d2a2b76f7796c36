/** A decision goes to the decisions workflow of its connection as an update, so it has one path whoever takes it. */
import {
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type Workflow } from '@temporalio/common';
import { workflowQueue } from '../../contracts/task-queues.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import {
  DECISIONS,
  isDecisionFailure,
  type DecisionFailure,
  type DecisionResult,
  type DecisionsInput,
} from '../../contracts/decisions/decisions.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { CLOSE, type CloseInput } from '../../contracts/period/close.ts';
import { OF_A_MONTH } from '../../contracts/period/close-decisions.ts';
import type { CloseDecision, Decision } from './decision.ts';
import { nextStep } from './next-step.ts';

const ANSWER_WITHIN_MS = 60_000;
const CODES: Readonly<Record<DecisionFailure, ErrorCode>> = {
  ITEM_UNKNOWN: 'item-unknown',
  ITEM_INACTIVE: 'item-inactive',
  DECISION_SHAPE: 'usage',
  DIFFERENCE_UNKNOWN: 'not-found',
  CHAIN_NOT_BROKEN: 'not-found',
  REFUND_NOT_BOOKABLE: 'not-found',
  PRICES_NOT_OPEN: 'not-found',
  STOCK_UNKNOWN: 'not-found',
  STOCK_NOT_OPEN: 'decision-refused',
  ACCOUNT_MISSING: 'config',
  NOT_AT_WORK: 'not-found',
  EXCEPTION_NOT_OPEN: 'not-found',
  NOTE_REFUSED: 'decision-refused',
  NOT_ALLOWED: 'decision-refused',
  TAX_REFUSED: 'decision-refused',
  CLOSE_REFUSED: 'decision-refused',
};

/** A month's own workflow takes what is decided about it; all else is the decisions workflow's. */
const isOfMonth = (decision: Decision): decision is CloseDecision & { args: { period: string } } =>
  OF_A_MONTH.some((update) => update === decision.update);
const nameOf = (decision: Decision): string => (isOfMonth(decision) ? CLOSE.name : DECISIONS.name);
const workflowOf = (connection: string, decision: Decision): string =>
  isOfMonth(decision) ? CLOSE.idOf(connection, decision.args.period) : DECISIONS.idOf(connection);
const inputOf = (decision: Decision, told: Telling): DecisionsInput | CloseInput =>
  isOfMonth(decision) ? { ...told, period: decision.args.period } : { ...told, decisionsPerRun: 500 };

/**
 * Sends the update, starting the decisions workflow when it does not run yet.
 * @throws TieoutError `item-unknown`, `item-inactive`, `not-found`, `usage` when it is refused; `not-running` when no worker answers
 */
export async function sendDecision(
  { client, connection, policy }: Omit<ConnectionAtWork, 'store'>,
  decision: Decision,
): Promise<DecisionResult> {
  const { update, args } = decision;
  const startWorkflowOperation = new WithStartWorkflowOperation<Workflow>(nameOf(decision), {
    workflowId: workflowOf(connection, decision),
    taskQueue: workflowQueue(),
    args: [inputOf(decision, { connection, policy })],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    return await client.withAbortSignal(AbortSignal.timeout(ANSWER_WITHIN_MS), () =>
      client.workflow.executeUpdateWithStart<Workflow, DecisionResult, [Decision['args']]>(update, {
        args: [args],
        startWorkflowOperation,
      }),
    );
  } catch (error) {
    throw explained(error, connection, decision);
  }
}

function explained(error: unknown, connection: string, decision: Decision): unknown {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || (error as Error).name === 'AbortError') {
    return new TieoutError(
      {
        code: 'not-running',
        what: 'No worker answers.',
        notDone: 'The decision is not taken yet; it may still be when they are back.',
        where: [`update to ${workflowOf(connection, decision)}, no answer within ${ANSWER_WITHIN_MS / 1000} s`],
        do: ['npx tieout doctor shows what runs; giving the same decision again does no harm'],
      },
      { cause: error },
    );
  }
  const failure = error instanceof WorkflowUpdateFailedError ? refusalIn(error) : null;
  if (failure === null || !isDecisionFailure(failure.type)) return error;
  const code = CODES[failure.type];
  return new TieoutError(
    {
      code,
      what: failure.message,
      notDone: code === 'item-unknown' || code === 'item-inactive' ? 'Nothing was mapped.' : 'Nothing was decided.',
      where: code === 'usage' ? [] : [`connection ${connection}`],
      do: [nextStep(decision, failure.type)],
    },
    { cause: error },
  );
}

/** A handler refuses by itself, or by an activity that refused. */
function refusalIn(error: Error): ApplicationFailure | null {
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause)
    if (at instanceof ApplicationFailure) return at;
  return null;
}
