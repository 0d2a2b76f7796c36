import { allHandlersFinished, ApplicationFailure, condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { decideBookRefundShape, decideMapAmountShape, decideMapSkuShape, decideMatchDepositShape, decideOpenChainShape, decideSettleDifferenceShape } from '../../domain/decisions/decide-shape.ts';
import { renderDecisions } from '../../domain/decisions/render-decisions.ts';
import { onNetSuite, onStore } from '../activity-proxies.ts';
import { bookRefund, mapAmount, mapSku, matchDeposit, openChain, settleDifference, type DecisionsInput } from './decisions.contract.ts';

/**
 * People answer here, once for all who wait: each decision is checked, stored, and sent as a signal to every order or
 * payout that waits for it. The validators check shape only (they must be synchronous); the handlers ask NetSuite.
 */
export async function decisions(input: DecisionsInput): Promise<void> {
  const { connection, policy } = input;
  let taken = 0;
  setHandler(mapSku, async (decision) => {
    const item = await onNetSuite(connection, policy).checkItem({ connection, item: decision.item });
    if (item.problem !== null) throw ApplicationFailure.nonRetryable(item.problem.sentence, item.problem.type);
    const result = await onStore(policy).decideSku({ connection, decision: { ...decision, item: item.itemId } });
    taken += 1;
    return { ...result, detail: `NetSuite item ${item.itemId} (${item.id}) exists and is active` };
  }, { validator: (decision) => refuse(decideMapSkuShape(decision)) });
  setHandler(mapAmount, async (decision) => {
    const result = await onStore(policy).decideAmount({ connection, decision });
    taken += 1;
    return result;
  }, { validator: (decision) => refuse(decideMapAmountShape(decision)) });

  setHandler(settleDifference, async (decision) => {
    const result = await onStore(policy).decideDifference({ connection, decision, policy });
    taken += 1;
    return result;
  }, { validator: (decision) => refuse(decideSettleDifferenceShape(decision)) });

  setHandler(matchDeposit, async (decision) => {
    const result = await onStore(policy).decideDeposit({ connection, decision, policy });
    taken += 1;
    return result;
  }, { validator: (decision) => refuse(decideMatchDepositShape(decision)) });

  setHandler(openChain, async (decision) => {
    const result = await onStore(policy).decideOpenChain({ connection, policy, decision });
    taken += 1;
    return result;
  }, { validator: (decision) => refuse(decideOpenChainShape(decision)) });

  setHandler(bookRefund, async (decision) => {
    const result = await onStore(policy).decideBookRefund({ connection, policy, decision });
    taken += 1;
    return result;
  }, { validator: (decision) => refuse(decideBookRefundShape(decision)) });

  setCurrentDetails(renderDecisions(connection));
  await condition(() => (taken >= input.decisionsPerRun || workflowInfo().continueAsNewSuggested) && allHandlersFinished());
  await continueAsNew<typeof decisions>(input);
}

function refuse(problem: string | null): void {
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'DECISION_SHAPE');
}
