import { orderWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { payoutIs } from '../../domain/payouts/payout-states.ts';
import { explainRefusedPerson } from '../../domain/people/roles.ts';
import { recordAuditOnce } from '../../store/audit/audit-log.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { unfinishedOrders } from '../../store/reconciler/unfinished.ts';
import { describeRunning } from '../../temporal/running-workflows.ts';
import type { Deciding, HandSent } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult, TryAgain } from '../../contracts/decisions/decisions.ts';
import { LEAST_ROLE } from '../../contracts/decisions/least-role.ts';
import { lookAgain, tryAgain } from '../../contracts/try-again.ts';
import type { Connection } from '../connection.ts';
import { signalIfRunning } from '../signal-if-running.ts';
import { tellOrder } from '../tell-order.ts';
import { startPayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Tells an order or a payout that what stopped it has been mended; one whose workflow was lost begins again. A second
 * attempt tells it once more, which does no harm, and finds its record. A document is read back by the step after this one.
 * @throws ApplicationFailure `NOT_AT_WORK`
 */
export async function decideTryAgain(
  connection: Connection,
  { decision, policy, act }: Deciding<TryAgain> & { act: string },
): Promise<DecisionResult> {
  const { of, id, by, why = null } = decision;
  const { db, name, temporal } = connection;
  const recorded = async () =>
    recordAuditOnce(db, name, act, {
      action: 'try-again',
      detail: { of, id },
      by,
      why,
      at: await connection.now(),
    });
  if (of === 'document') {
    if ((await openExceptionOf(db, name, 'document-altered', id)) === null)
      throw refuseDecision('NOT_AT_WORK', `Nothing is open about document ${id}.`);
    return { audit: await recorded(), released: 0, choice: of, detail: `document ${id} is read back` };
  }
  const workflowId = of === 'payout' ? payoutWorkflowId(name, id) : orderWorkflowId(name, id);
  const begin = of === 'payout' ? await payoutToBegin(connection, id) : await orderToBegin(connection, id);
  if (begin === null && (await describeRunning(temporal, workflowId)) === null)
    throw refuseDecision('NOT_AT_WORK', `No ${of} ${id} is at work or waits.`);
  const audit = await recorded();
  if (!(await signalIfRunning(connection, workflowId, tryAgain, { by, audit })) && begin !== null) await begin(policy);
  return { audit, released: 0, choice: of, detail: `${of} ${id} was told` };
}

type Begin = (policy: Deciding<TryAgain>['policy']) => Promise<void>;

/** How one that is unfinished by the store begins where nothing runs; null where it has ended or is not known. */
async function payoutToBegin(connection: Connection, settlementId: string): Promise<Begin | null> {
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  return settlement === null || payoutIs.ended(settlement.state)
    ? null
    : (policy) => startPayout(connection, policy, settlement, lookAgain);
}

async function orderToBegin(connection: Connection, orderId: string): Promise<Begin | null> {
  const [order] = await unfinishedOrders(connection.db, connection.name, '', 1, [orderId]);
  return order === undefined ? null : (policy) => tellOrder(connection, order, policy);
}

/**
 * A signal that somebody sent by hand stands in the record as well: it did its work, whoever sent it, since who reaches
 * Temporal directly is an administrator (close.md, *People*). A second attempt finds its record.
 */
export async function recordSignal(
  connection: Connection,
  { signal, workflow, by, why, act }: HandSent,
): Promise<void> {
  const said = { connection: connection.name, least: LEAST_ROLE.tryAgain, what: signal };
  const unchecked = by === null ? null : explainRefusedPerson(connection.people, { ...said, by });
  await recordAuditOnce(connection.db, connection.name, act, {
    action: 'signal',
    detail: { signal, workflow, ...(unchecked === null ? {} : { unchecked }) },
    by: by ?? 'sent outside',
    why: why ?? 'no reason given',
    at: await connection.now(),
  });
}
