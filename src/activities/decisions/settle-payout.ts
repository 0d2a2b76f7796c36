import { ApplicationFailure } from '@temporalio/common';
import { isKept, keptOf } from '../../domain/matching/judge-movements.ts';
import { documentsOfRest, usedNumbers } from '../../domain/matching/plan-movement-documents.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { Database } from '../../store/database.ts';
import { lastActionOn, recordAudit } from '../../store/decisions.ts';
import { planMovementDocuments, usedEntries } from '../../store/movements.ts';
import { aloneOnSettlement } from '../../store/settlement-lock.ts';
import { loadSettlement } from '../../store/settlements.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import type { DecisionResult, SettleDifference } from '../../workflows/decisions/decisions.contract.ts';
import { differenceSettled } from '../../workflows/payouts/payout.contract.ts';
import { connectionOf, type Connection, type Dependencies } from '../dependencies.ts';
import { accountNumberOf, settlementZone } from '../payouts/payout-setup.ts';
import { readMovements } from '../payouts/read-movements.ts';
import { wakePayout } from '../wake-payout.ts';

export type PayoutDecision = SettleDifference & { settlementId: string };

/** What a payout keeps in transit goes to `variance`, one journal for each movement that keeps something. A second run finds nothing and answers what was decided. */
export async function settlePayout(deps: Dependencies, input: { connection: string; policy: ActivityPolicy }, decision: PayoutDecision): Promise<DecisionResult> {
  const { db } = deps.store;
  const at = await deps.now();
  const { settlementId } = decision;
  const taken = await aloneOnSettlement(db, input.connection, settlementId, (tx) => take(tx, connectionOf(deps, input.connection), decision, at));
  const settlement = await loadSettlement(db, input.connection, settlementId);
  if (taken === null || settlement === null) throw ApplicationFailure.nonRetryable(`Settlement ${settlementId} keeps nothing in transit that could be settled.`, 'DIFFERENCE_UNKNOWN');
  return { ...taken, released: (await wakePayout(deps, input, settlement, differenceSettled)) ? 1 : 0, choice: decision.choice };
}

async function take(tx: Database, connection: Connection, { settlementId, choice, by, why }: PayoutDecision, at: string): Promise<Pick<DecisionResult, 'audit' | 'detail'> | null> {
  const { name } = connection.settings;
  const settlement = await loadSettlement(tx, name, settlementId);
  const kept = (await readMovements(tx, connection)).filter((movement) => movement.settlementId === settlementId && isKept(movement));
  if (settlement === null || kept.length === 0) {
    const before = await lastActionOn(tx, name, 'settle-payout', settlementId);
    return before === null ? null : { audit: before, detail: `${settlementId} was decided before` };
  }
  if (accountNumberOf(connection, settlement.currency)('variance') === null) {
    throw ApplicationFailure.nonRetryable(`The connection ${name} names no account for the role variance in ${settlement.currency}.`, 'ACCOUNT_MISSING');
  }
  const day = dayIn(at, settlementZone({ connection, settlement }));
  const amounts = kept.map(keptOf);
  const audit = await recordAudit(tx, name, { action: 'settle-payout', detail: { settlementId, choice, amounts: amounts.map((amount) => formatMinor(amount, settlement.currency)) }, by, why, at });
  for (const [index, movement] of kept.entries()) {
    await planMovementDocuments(tx, name, settlementId, documentsOfRest(movement, amounts[index]!, day, usedNumbers(await usedEntries(tx, name, settlementId))));
  }
  return { audit, detail: `${amounts.map((amount) => renderMoney(amount, settlement.currency)).join(', ')} of payout ${settlementId} go to variance` };
}
