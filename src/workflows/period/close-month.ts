import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import {
  approveAccrual,
  carryItem,
  evaluate,
  evaluated,
  reopen,
  signOff,
  type CloseInput,
  type CloseSaid,
} from '../../contracts/period/close.ts';
import { decideCloseShape } from '../../domain/decisions/decide-close-shape.ts';
import { onNetSuite, onStore } from '../activity-proxies.ts';

/**
 * A month from its first day until it is signed: the look works it out and tells what is open, people decide here. Reopening
 * starts it again.
 */
export async function closeMonth(input: CloseInput): Promise<string> {
  const { connection, period, policy } = input;
  let said: CloseSaid | null = null;
  let isAsked = false;
  let isAccrued = false;
  const netsuite = onNetSuite(connection, policy);
  const store = onStore(policy);

  /** What was decided changes what is open, and who is refused shall see why: the month is worked out again. */
  const answer = <D extends { period: string }>(
    update: UpdateDefinition<DecisionResult, [D]>,
    decide: (decision: D) => Promise<DecisionResult>,
  ): void =>
    setHandler(
      update,
      async (decision) => {
        try {
          const result = await decide(decision);
          isAsked = true;
          return result;
        } catch (error) {
          isAsked ||= patched('refused-2026-11');
          throw error;
        }
      },
      { validator: (decision) => refuse(decideCloseShape(update.name, decision, period)) },
    );
  answer(carryItem, (decision) => store.decideCarryItem({ connection, policy, decision, act: uuid4() }));
  answer(approveAccrual, async (decision) => {
    const result = await store.decideAccrual({ connection, policy, decision, act: uuid4() });
    isAccrued ||= result.choice === 'post';
    return result;
  });
  answer(signOff, (decision) => netsuite.decideSignOff({ connection, policy, decision, act: uuid4() }));
  answer(reopen, (decision) => store.decideReopen({ connection, policy, decision, act: uuid4() }));
  setHandler(evaluate, () => {
    isAsked = true;
  });
  setHandler(evaluated, (told) => {
    said = told;
  });

  for (;;) {
    await condition(() => said !== null || isAsked || workflowInfo().continueAsNewSuggested);
    const isAnew = isAsked;
    if (isAsked) {
      isAsked = false;
      if (isAccrued) await netsuite.postAccruals({ connection });
      isAccrued = false;
      said = await netsuite.evaluateClose({ connection, period });
    }
    const now = said as CloseSaid | null;
    said = null;
    if (now !== null) setCurrentDetails([now.sentence, ...now.lines.map((line) => `- ${line}`)].join('\n'));
    if (isAnew && now?.isNone !== true && patched('profit-asked-2026-11'))
      await netsuite.evaluateProfit({ connection, period });
    if (now?.isSigned || now?.isNone) {
      // Nobody tells it again: whoever is still being answered is waited for here.
      await condition(() => isAsked || allHandlersFinished());
      if (!isAsked) return now.sentence;
    }
    if (workflowInfo().continueAsNewSuggested && !isAsked && said === null) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof closeMonth>(input);
    }
  }
}

function refuse(problem: string | null): void {
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'DECISION_SHAPE');
}
