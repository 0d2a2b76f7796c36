import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import {
  decideBookRefundShape,
  decideConfirmPricesShape,
  decideCorrectTaxShape,
  decideMapAmountShape,
  decideMapSkuShape,
  decideMatchDepositShape,
  decideOpenChainShape,
  decideReadAgainShape,
  decideSettleDifferenceShape,
  decideTryAgainShape,
} from '../../domain/decisions/decide-shape.ts';
import {
  decideBookFeeInvoiceShape,
  decideMoveTaxShape,
  decidePlaceSaleShape,
} from '../../domain/decisions/decide-tax-shape.ts';
import { decideCloseShape, decideMapFinancesShape } from '../../domain/decisions/decide-close-shape.ts';
import { decideNoteShape } from '../../domain/decisions/decide-note-shape.ts';
import { decideStockShape } from '../../domain/decisions/decide-stock-shape.ts';
import { renderUnits } from '../../domain/decisions/render-item.ts';
import { renderReadBack } from '../../domain/documents/render-sweep.ts';
import { renderDecisions } from '../../domain/decisions/render-decisions.ts';
import { onNetSuite, onStore } from '../activity-proxies.ts';
import {
  approveOpeningBalance,
  bookFeeInvoice,
  bookRefund,
  confirmPrices,
  correctTax,
  mapAmount,
  mapFinances,
  mapSku,
  matchDeposit,
  moveTax,
  noteException,
  openChain,
  placeSale,
  readAgain,
  settleDifference,
  STOCK_UPDATES,
  tryAgainUpdate,
  type DecisionResult,
  type DecisionsInput,
} from '../../contracts/decisions/decisions.ts';
import type { SentStockDecision, StockDecisionKind } from '../../contracts/decisions/stock-decisions.ts';

/**
 * People answer here, once for all who wait: each decision is checked, stored, and sent as a signal to every order or
 * payout that waits for it. The validators check shape only (they must be synchronous); the handlers ask NetSuite.
 */
export async function decisions(input: DecisionsInput): Promise<void> {
  const { connection, policy } = input;
  let taken = 0;
  /** Shape is refused before anything is recorded; what was taken counts, and what was refused does not. */
  const answer = <D>(
    update: UpdateDefinition<DecisionResult, [D]>,
    shape: (decision: unknown) => string | null,
    decide: (decision: D) => Promise<DecisionResult>,
  ): void =>
    setHandler(
      update,
      async (decision) => {
        const result = await decide(decision);
        taken += 1;
        return result;
      },
      { validator: (decision) => refuse(shape(decision)) },
    );

  answer(mapSku, decideMapSkuShape, async (decision) => {
    const item = await onNetSuite(connection, policy).checkItem({ connection, item: decision.item });
    if (item.problem !== null) throw ApplicationFailure.nonRetryable(item.problem.sentence, item.problem.type);
    const result = await onStore(policy).decideSku({
      connection,
      policy,
      decision: { ...decision, item: item.itemId },
    });
    return {
      ...result,
      detail: `NetSuite item ${item.itemId} (${item.id}) exists and is active${renderUnits(decision)}`,
    };
  });
  answer(mapAmount, decideMapAmountShape, (decision) => onStore(policy).decideAmount({ connection, policy, decision }));
  answer(settleDifference, decideSettleDifferenceShape, (decision) =>
    onStore(policy).decideDifference({ connection, decision, policy }),
  );
  answer(matchDeposit, decideMatchDepositShape, (decision) =>
    onStore(policy).decideDeposit({ connection, decision, policy }),
  );
  answer(openChain, decideOpenChainShape, (decision) =>
    onStore(policy).decideOpenChain({ connection, policy, decision }),
  );
  answer(bookRefund, decideBookRefundShape, (decision) =>
    onStore(policy).decideBookRefund({ connection, policy, decision }),
  );
  answer(correctTax, decideCorrectTaxShape, (decision) =>
    onStore(policy).decideCorrectTax({ connection, policy, decision }),
  );
  answer(confirmPrices, decideConfirmPricesShape, (decision) =>
    onStore(policy).decideConfirmPrices({ connection, policy, decision, act: uuid4() }),
  );
  answer(moveTax, decideMoveTaxShape, (decision) =>
    onStore(policy).decideMoveTax({ connection, policy, decision, act: uuid4() }),
  );
  answer(placeSale, decidePlaceSaleShape, (decision) =>
    onStore(policy).decidePlaceSale({ connection, policy, decision }),
  );
  answer(bookFeeInvoice, decideBookFeeInvoiceShape, (decision) =>
    onStore(policy).decideBookFeeInvoice({ connection, policy, decision }),
  );
  answer(tryAgainUpdate, decideTryAgainShape, async (decision) => {
    const result = await onStore(policy).decideTryAgain({ connection, policy, decision, act: uuid4() });
    if (decision.of !== 'document') return result;
    const { altered } = await onNetSuite(connection, policy).sweepDocuments({
      connection,
      policy,
      after: '',
      only: decision.id,
    });
    return { ...result, detail: renderReadBack(decision.id, altered) };
  });
  answer(readAgain, decideReadAgainShape, (decision) =>
    onStore(policy).decideReadAgain({ connection, decision, act: uuid4() }),
  );
  answer(noteException, decideNoteShape, (decision) =>
    onStore(policy).decideNote({ connection, decision, act: uuid4() }),
  );
  answer(
    approveOpeningBalance,
    (decision) => decideCloseShape('approveOpeningBalance', decision, null),
    (decision) => onStore(policy).decideOpeningBalance({ connection, policy, decision }),
  );
  answer(mapFinances, decideMapFinancesShape, (decision) =>
    onStore(policy).decideFinances({ connection, policy, decision }),
  );
  for (const kind of Object.keys(STOCK_UPDATES) as StockDecisionKind[])
    answer<object>(
      STOCK_UPDATES[kind],
      (decision) => decideStockShape(kind, decision),
      (decision) => onStore(policy).decideStock({ connection, decision: { ...decision, kind } as SentStockDecision }),
    );

  setCurrentDetails(renderDecisions(connection));
  await condition(
    () => (taken >= input.decisionsPerRun || workflowInfo().continueAsNewSuggested) && allHandlersFinished(),
  );
  await continueAsNew<typeof decisions>(input);
}

function refuse(problem: string | null): void {
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'DECISION_SHAPE');
}
