import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { settlementKey } from '../../domain/identifiers/settlement-key.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { ExpectedMovements } from '../../domain/settlement/expected-movements.ts';
import { raise } from '../../store/exceptions.ts';
import { dropMovement, movementsOf, planMovement, unseenPayout, updateMovement } from '../../store/payouts.ts';
import { bankLineSeen } from '../../workflows/payouts/payout.contract.ts';
import type { Dependencies } from '../dependencies.ts';
import { movementId } from './movement-id.ts';
import { settlementZone, type PayoutSetup } from './payout-setup.ts';

/**
 * Writes down what the bank and the card must show. Idempotent: a movement that is expected already stays. Of a report
 * that was issued again, those that no longer come are dropped where nothing was seen of them, and raised where it was.
 */
export async function expectMovements(deps: Dependencies, setup: PayoutSetup, { movements, returned }: ExpectedMovements): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const zone = settlementZone(setup);
  const known = await movementsOf(deps.store.db, name, settlement.settlementId);
  const counts = { payout: 0, 'micro-deposit': 0, charge: 0 };
  for (const { kind, amount, postedAt } of movements) {
    const externalId = movementId(name, settlementKey(settlement.settlementId, settlement.revision), kind, counts[kind]++);
    const same = known.findIndex((movement) => movement.kind === kind && movement.amount === amount);
    if (same >= 0) known.splice(same, 1);
    else {
      await planMovement(deps.store.db, name, {
        externalId, settlementId: settlement.settlementId, kind, amount, currency: settlement.currency,
        // A payout may show from the settlement's end on; a micro deposit or charge from the day of its row.
        postedOn: kind === 'payout' ? dayIn(settlement.end, zone) : dayIn(postedAt, zone),
      });
    }
  }
  for (const movement of known) {
    if (movement.state === 'expected') await dropMovement(deps.store.db, name, movement.externalId);
    else {
      await raise(deps.store.db, name, {
        code: 'report-reissued', key: movement.externalId, subject: payoutSubject(settlement.settlementId),
        evidence: {
          what: `${movement.externalId} (${renderMoney(movement.amount, movement.currency)}) was seen on a statement, and the report of settlement ${settlement.settlementId} that was issued again names no such movement`,
          atStake: movement.amount, currency: movement.currency,
        },
        remedy: { kind: 'look', where: 'Compare the statement with the two reports, and ask Amazon which one holds' },
      }, await deps.now());
    }
  }
  // A failed transfer comes back in this file: with that the earlier movement counts as seen; it never had a bank line.
  for (const payout of returned) {
    const earlier = await unseenPayout(deps.store.db, name, settlement.currency, payout.amount, dayIn(settlement.end, zone));
    if (!earlier || earlier.settlementId === settlement.settlementId) continue;
    await updateMovement(deps.store.db, name, earlier.externalId, { state: 'returned' });
    await deps.temporal.workflow.getHandle(payoutWorkflowId(name, earlier.settlementId)).signal(bankLineSeen).catch(() => {});
  }
}
