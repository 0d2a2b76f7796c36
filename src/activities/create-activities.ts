/** All activities with their dependencies: what a worker registers and what workflows are typed by. */
import { createCheckItem } from './decisions/check-item.ts';
import { createDecideBookRefund } from './decisions/book-refund.ts';
import { createDecideAmount, createDecideSku } from './decisions/decide.ts';
import { createDecideDeposit } from './decisions/match-deposit.ts';
import { createDecideReadAgain } from './decisions/read-again.ts';
import { createDecideOpenChain } from './decisions/open-chain.ts';
import { createDecideDifference } from './decisions/settle-difference.ts';
import { createImportStatement } from './bank/import-statement.ts';
import type { Dependencies } from './dependencies.ts';
import { createPurgePastRetention } from './housekeeping/purge-past-retention.ts';
import { createRecheckWaitingSkus } from './intake/recheck-waiting-skus.ts';
import { createTakeInEventGroups } from './intake/take-in-event-groups.ts';
import { createTakeInOrders } from './intake/take-in-orders.ts';
import { createTakeInRefunds } from './intake/take-in-refunds.ts';
import { createTakeInSettlements } from './intake/take-in-settlements.ts';
import { createTakeInShipments } from './intake/take-in-shipments.ts';
import { createTellOrders } from './intake/tell-orders.ts';
import { createTellPayouts } from './intake/tell-payouts.ts';
import { createCloseCancelledOrder } from './orders/close-cancelled-order.ts';
import { createPostFulfilment } from './orders/post-fulfilment.ts';
import { createPostInvoice } from './orders/post-invoice.ts';
import { createPostCreditMemo, createPostReturnAuthorisation } from './orders/post-refund.ts';
import { createPostSaleMemo } from './orders/post-sale-memo.ts';
import { createPostSalesOrder } from './orders/post-sales-order.ts';
import { createRememberOrderLines } from './orders/remember-order-lines.ts';
import { createReviseSalesOrder } from './orders/revise-sales-order.ts';
import { createApplyPayout } from './payouts/apply-payout.ts';
import { createClassifySettlement } from './payouts/classify-settlement.ts';
import { createImportSettlement } from './payouts/import-settlement.ts';
import { createMakeEarlierOrders } from './payouts/make-earlier-orders.ts';
import { createMatchMovements } from './payouts/match-movements.ts';
import { createPostJournal } from './payouts/post-journal.ts';
import { createPostMovements } from './payouts/post-movements.ts';
import { createProvePayout } from './payouts/prove-payout.ts';
import { createStageSettlement } from './payouts/stage-settlement.ts';
import { createTakeInEarlierShipments } from './payouts/take-in-earlier-shipments.ts';
import { createTieSettlement } from './payouts/tie-settlement.ts';
import { createTakeUpOrders } from './reconciler/take-up-orders.ts';
import { createTakeUpPayouts } from './reconciler/take-up-payouts.ts';
import { createCheckConnection } from './setup/check-connection.ts';
import { createReadTieOut } from './tie-out/read-tie-out.ts';
import type { AllActivities, AmazonActivities, NetSuiteActivities, StoreActivities } from '../contracts/activities.ts';

export function createActivities(deps: Dependencies): AllActivities {
  const amazon = createAmazonActivities(deps);
  return {
    ...createStoreActivities(deps),
    ...createNetSuiteActivities(deps),
    ...amazon.orders,
    ...amazon.reports,
    ...amazon.finances,
  };
}

/** Work on the store and on other workflows: no vendor's limit holds it. */
export function createStoreActivities(deps: Dependencies): StoreActivities {
  return {
    tellOrders: createTellOrders(deps),
    tellPayouts: createTellPayouts(deps),
    decideSku: createDecideSku(deps),
    decideAmount: createDecideAmount(deps),
    decideDifference: createDecideDifference(deps),
    decideDeposit: createDecideDeposit(deps),
    decideOpenChain: createDecideOpenChain(deps),
    decideBookRefund: createDecideBookRefund(deps),
    decideReadAgain: createDecideReadAgain(deps),
    stageSettlement: createStageSettlement(deps),
    classifySettlement: createClassifySettlement(deps),
    tieSettlement: createTieSettlement(deps),
    matchMovements: createMatchMovements(deps),
    importStatement: createImportStatement(deps),
    importSettlement: createImportSettlement(deps),
    takeUpOrders: createTakeUpOrders(deps),
    takeUpPayouts: createTakeUpPayouts(deps),
    purgePastRetention: createPurgePastRetention(deps),
  };
}

/** One queue for each NetSuite account. */
export function createNetSuiteActivities(deps: Dependencies): NetSuiteActivities {
  return {
    postSalesOrder: createPostSalesOrder(deps),
    postFulfilment: createPostFulfilment(deps),
    postInvoice: createPostInvoice(deps),
    postReturnAuthorisation: createPostReturnAuthorisation(deps),
    postCreditMemo: createPostCreditMemo(deps),
    closeCancelledOrder: createCloseCancelledOrder(deps),
    postSaleMemo: createPostSaleMemo(deps),
    reviseSalesOrder: createReviseSalesOrder(deps),
    rememberOrderLines: createRememberOrderLines(deps),
    recheckWaitingSkus: createRecheckWaitingSkus(deps),
    checkItem: createCheckItem(deps),
    postJournal: createPostJournal(deps),
    applyPayout: createApplyPayout(deps),
    postMovements: createPostMovements(deps),
    provePayout: createProvePayout(deps),
    readTieOut: createReadTieOut(deps),
    checkConnection: createCheckConnection(deps),
  };
}

/** One queue for each family of calls of each Amazon seller. */
export function createAmazonActivities(deps: Dependencies): AmazonActivities {
  return {
    orders: { takeInOrders: createTakeInOrders(deps), makeEarlierOrders: createMakeEarlierOrders(deps) },
    reports: {
      takeInShipments: createTakeInShipments(deps),
      takeInSettlements: createTakeInSettlements(deps),
      takeInEarlierShipments: createTakeInEarlierShipments(deps),
    },
    finances: { takeInRefunds: createTakeInRefunds(deps), takeInEventGroups: createTakeInEventGroups(deps) },
  };
}
