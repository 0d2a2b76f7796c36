import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { WorkflowIdReusePolicy } from '@temporalio/common';
import { sql } from 'kysely';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { firstDayFor } from '../../domain/matching/match-bank-line.ts';
import { pendingRevisions } from '../../store/revisions.ts';
import { listSettlements, setSettlementState, type StoredSettlement } from '../../store/settlements.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import { bankLineSeen, documentsPosted, reportFound, type PayoutInput } from '../../workflows/payouts/payout.contract.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

/**
 * Starts the payout of each settlement whose report was found, or was issued again, and tells those that wait when what they wait for has come.
 * Idempotent: a payout that runs is not started twice, and looks for itself when it is told.
 */
export function createTellPayouts(deps: Dependencies) {
  return async function tellPayouts(input: { connection: string; policy: ActivityPolicy }): Promise<{ started: number; told: number }> {
    const live = connectionOf(deps, input.connection).settings.posting === 'live';
    const reissued = await pendingRevisions(deps.store.db, input.connection);
    let started = 0;
    let told = 0;
    for (const settlement of await listSettlements(deps.store.db, input.connection)) {
      if (settlement.state === 'found' || (live && settlement.state === 'planned') || reissued.has(settlement.settlementId)) started += (await start(deps, input, settlement)) ? 1 : 0;
      else if (settlement.state === 'waits-documents' && (await documentsCame(deps, input.connection, settlement))) told += await signal(deps, input.connection, settlement, 'documents');
      else if (settlement.state === 'waits-bank' && (await bankNewsCame(deps, input.connection, settlement))) told += await signal(deps, input.connection, settlement, 'bank');
    }
    return { started, told };
  };
}

async function start(deps: Dependencies, input: { connection: string; policy: ActivityPolicy }, settlement: StoredSettlement): Promise<boolean> {
  const argument: PayoutInput = { connection: input.connection, settlementId: settlement.settlementId, policy: input.policy };
  try {
    await deps.temporal.workflow.signalWithStart('payout', {
      workflowId: payoutWorkflowId(input.connection, settlement.settlementId), taskQueue: workflowQueue(), args: [argument],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE, signal: reportFound,
      staticSummary: `Payout of settlement ${settlement.settlementId}, ${settlement.currency}`,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.connection, value: input.connection }, { key: SEARCH_ATTRIBUTES.settlementId, value: settlement.settlementId },
        { key: SEARCH_ATTRIBUTES.state, value: 'open' }, { key: SEARCH_ATTRIBUTES.period, value: settlement.end.slice(0, 7) },
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** An invoice or credit memo of an order whose rows have none yet was posted. */
async function documentsCame(deps: Dependencies, connection: string, settlement: StoredSettlement): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    select exists (select 1 from settlement_rows r join documents d on d.connection = r.connection and d.order_id = r.order_id and d.purpose in ('INV', 'CM') and d.state = 'posted'
      where r.connection = ${connection} and r.settlement_id = ${settlement.settlementId} and r.booked = 'clearing' and r.document is null) as came`.execute(deps.store.db);
  return rows[0]!.came;
}

/** A statement line that nobody took, a transfer that Amazon now reports on, or a line that should have come by now. */
async function bankNewsCame(deps: Dependencies, connection: string, settlement: StoredSettlement): Promise<boolean> {
  const overdue = firstDayFor((await deps.now()).slice(0, 10));
  const { rows } = await sql<{ came: boolean }>`
    select exists (select 1 from movements m join bank_lines b on b.connection = m.connection and b.movement is null and b.currency = m.currency
      and (b.amount = m.amount or b.transaction_id = m.trace_id)
      where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.state in ('expected', 'failed'))
    or exists (select 1 from movements m join event_groups g on g.connection = m.connection and g.currency = ${settlement.currency} and g.ended_at = ${settlement.end} and g.total = ${settlement.total}
      where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.kind = 'payout' and m.state = 'expected'
      and (m.trace_id is distinct from g.trace_id or lower(g.status) = 'failed'))
    or exists (select 1 from movements m where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.state = 'expected' and m.posted_on < ${overdue}::date
      and not exists (select 1 from exceptions e where e.connection = m.connection and e.code = 'bank-line-missing' and e.key = m.external_id and e.closed_at is null)) as came`.execute(deps.store.db);
  return rows[0]!.came;
}

async function signal(deps: Dependencies, connection: string, settlement: StoredSettlement, news: 'documents' | 'bank'): Promise<number> {
  const { settlementId, state } = settlement;
  // At work again until it is proven: nobody may take it for idle meanwhile.
  await setSettlementState(deps.store.db, connection, settlementId, 'posted');
  try {
    await deps.temporal.workflow.getHandle(payoutWorkflowId(connection, settlementId)).signal(news === 'documents' ? documentsPosted : bankLineSeen);
    return 1;
  } catch (error) {
    await setSettlementState(deps.store.db, connection, settlementId, state);
    if (error instanceof WorkflowNotFoundError) return 0;
    throw error;
  }
}
