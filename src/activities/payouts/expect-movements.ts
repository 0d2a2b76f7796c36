import { settlementKey } from '../../domain/identifiers/settlement-key.ts';
import { dayIn } from '../../domain/money/instant.ts';
import type { ExpectedMovements } from '../../domain/matching/expected-movements.ts';
import { movementDocuments } from '../../store/payouts/movements.ts';
import { replaceReturnedRows } from '../../store/payouts/returned-payouts.ts';
import { changeMovement, dropMovement, movementsOf, planMovement } from '../../store/payouts/planned-movements.ts';
import { movementId } from './movement-id.ts';
import { settlementZone, type PayoutSetup } from './payout-setup.ts';

/**
 * Writes down what the bank and the card must show, and which earlier payouts come back. Idempotent: a movement that is
 * expected already stays. Of a report that was issued again, those that no longer come are dropped where nothing was seen
 * of them; what was seen stays, with the amount that the report now says, so that in transit keeps the difference.
 */
export async function expectMovements(setup: PayoutSetup, { movements, returned }: ExpectedMovements): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection;
  const { db } = connection;
  const zone = settlementZone(setup);
  const seen = new Set((await movementDocuments(db, name, settlement.settlementId)).map(({ movement }) => movement));
  const known = await movementsOf(db, name, settlement.settlementId);
  const take = (like: (movement: (typeof known)[number]) => boolean) => {
    const index = known.findIndex(like);
    return index < 0 ? null : known.splice(index, 1)[0]!;
  };
  const counts = { payout: 0, 'micro-deposit': 0, charge: 0 };
  for (const { kind, amount, postedAt } of movements) {
    const externalId = movementId(
      name,
      settlementKey(settlement.settlementId, settlement.revision),
      kind,
      counts[kind]++,
    );
    if (take((movement) => movement.kind === kind && movement.amount === amount) !== null) continue;
    const paid =
      kind === 'payout'
        ? take((movement) => movement.kind === kind && (seen.has(movement.externalId) || movement.state === 'returned'))
        : null;
    if (paid !== null) await changeMovement(db, name, paid.externalId, amount);
    else
      await planMovement(db, name, {
        externalId,
        settlementId: settlement.settlementId,
        kind,
        amount,
        currency: settlement.currency,
        postedOn: dayIn(postedAt, zone),
      });
  }
  for (const movement of known) {
    if (seen.has(movement.externalId) || movement.state === 'returned')
      await changeMovement(db, name, movement.externalId, 0n);
    else await dropMovement(db, name, movement.externalId);
  }
  await replaceReturnedRows(
    db,
    name,
    settlement.settlementId,
    returned.map(({ amount, line, postedAt }) => ({
      settlementId: settlement.settlementId,
      line,
      amount,
      currency: settlement.currency,
      postedAt,
    })),
  );
}
