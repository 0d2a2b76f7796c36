import { isKept, keptOf } from '../../domain/matching/movement-states.ts';
import { documentsOfRest, usedNumbers } from '../../domain/matching/plan-movement-documents.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { Database } from '../../store/database.ts';
import { lessDecided, openSetOffs, sidesOf, type SetOffSide } from '../../domain/payouts/set-offs.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import { markDecided } from '../../store/exceptions/exceptions.ts';
import { heldOnSetOff, recordSetOff, unpostedSetOff } from '../../store/payouts/set-offs.ts';
import { planMovementDocuments, usedEntries } from '../../store/payouts/movements.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { loadSettlement, type StoredSettlement } from '../../store/payouts/settlements.ts';
import type { DecisionResult, SettleDifference } from '../../contracts/decisions/decisions.ts';
import { differenceSettled } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { accountNumberOf, settlementZone } from '../payouts/payout-setup.ts';
import { readMovements } from '../payouts/read-movements.ts';
import { wakePayout } from '../wake-payout.ts';
import { leaveTax } from './leave-tax.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';

export type PayoutDecision = SettleDifference & { settlementId: string };

/**
 * What a payout keeps in transit or on set-off goes to `variance`, one journal for each movement that keeps something and one for
 * a set-off that nothing answers. `leave` is of its tax that is nobody's or left over, and books nothing. A second run finds nothing and
 * answers what was decided.
 */
export async function settlePayout(
  connection: Connection,
  policy: ActivityPolicy,
  decision: PayoutDecision,
): Promise<DecisionResult> {
  const { db } = connection;
  const at = await connection.now();
  const { settlementId } = decision;
  const taken = await aloneOnSettlement(db, connection.name, settlementId, (tx) =>
    (decision.choice === 'leave' ? leaveTax : take)(tx, connection, decision, at),
  );
  const settlement = await loadSettlement(db, connection.name, settlementId);
  if (taken === null || settlement === null)
    throw refuseDecision(
      'DIFFERENCE_UNKNOWN',
      decision.choice === 'leave'
        ? `Settlement ${settlementId} has no tax that is nobody's, nor any that is left over: there is nothing to leave.`
        : `Settlement ${settlementId} keeps nothing in transit or on set-off that could be settled.`,
    );
  return {
    ...taken,
    released: (await wakePayout(connection, policy, settlement, differenceSettled)) ? 1 : 0,
    choice: decision.choice,
  };
}

async function take(
  tx: Database,
  connection: Connection,
  { settlementId, choice, by, why }: PayoutDecision,
  at: string,
): Promise<Pick<DecisionResult, 'audit' | 'detail'> | null> {
  const { name } = connection;
  const settlement = await loadSettlement(tx, name, settlementId);
  const kept = (await readMovements(tx, connection)).filter(
    (movement) => movement.settlementId === settlementId && isKept(movement),
  );
  const side = settlement === null ? undefined : await openSide(tx, name, settlement);
  if (settlement === null || (kept.length === 0 && side === undefined)) {
    const before = await lastAuditOf(tx, name, 'settle-payout', { settlementId });
    return before === null ? null : { audit: before, detail: `${settlementId} was decided before` };
  }
  if (accountNumberOf(connection, settlement.currency)('variance') === null) {
    throw refuseDecision(
      'ACCOUNT_MISSING',
      `The connection ${name} names no account for the role variance in ${settlement.currency}.`,
    );
  }
  const day = dayIn(at, settlementZone({ connection, settlement }));
  const amounts = [...kept.map(keptOf), ...(side === undefined ? [] : [side.amount])];
  const audit = await recordAudit(tx, name, {
    action: 'settle-payout',
    detail: { settlementId, choice, amounts: amounts.map((amount) => formatMinor(amount, settlement.currency)) },
    by,
    why,
    at,
  });
  for (const [index, movement] of kept.entries()) {
    await planMovementDocuments(
      tx,
      name,
      settlementId,
      documentsOfRest(movement, amounts[index]!, day, usedNumbers(await usedEntries(tx, name, settlementId))),
    );
  }
  if (side !== undefined) {
    await recordSetOff(tx, name, {
      settlementId,
      number: usedNumbers(await usedEntries(tx, name, settlementId)).variance + 1,
      amount: side.amount,
      by,
      why,
      audit,
      at,
    });
    await markDecided(
      tx,
      name,
      'set-off-open',
      settlementId,
      `on variance by ${by}; it ends when its journal is posted`,
    );
  }
  return {
    audit,
    detail: `${amounts.map((amount) => renderMoney(amount, settlement.currency)).join(', ')} of payout ${settlementId} go to variance`,
  };
}

/** What a settlement has on set-off that nothing answers, and that nobody has settled: what was decided may not be posted yet. */
async function openSide(
  tx: Database,
  connection: string,
  { settlementId, currency }: StoredSettlement,
): Promise<SetOffSide | undefined> {
  const decided = await unpostedSetOff(tx, connection, settlementId);
  const sides = sidesOf(await heldOnSetOff(tx, connection)).filter((side) => side.currency === currency);
  return openSetOffs(
    sides.map((side) => (side.settlementId === settlementId ? lessDecided(side, decided) : side)),
  ).find((side) => side.settlementId === settlementId);
}
