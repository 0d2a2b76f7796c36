import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { openSetOffs, SET_OFF_DAYS } from '../../domain/payouts/set-offs.ts';
import { openKeys, raise, resolveException } from '../../store/exceptions/exceptions.ts';
import { setOffSides, unpostedSetOff } from '../../store/payouts/set-offs.ts';
import type { Dependencies } from '../dependencies.ts';

/** One side of a set-off that stays alone is raised after 35 days, and ends with the other side. It holds nothing up. Idempotent. */
export async function watchSetOffs(deps: Dependencies, connection: string): Promise<void> {
  const { db } = deps.store;
  const sides = await setOffSides(db, connection);
  const known = await openKeys(db, connection, 'set-off-open');
  if (sides.length === 0 && known.length === 0) return;
  const at = await deps.now();
  const currencies = [...new Set(sides.map(({ currency }) => currency))];
  const open = currencies.flatMap((currency) => openSetOffs(sides.filter((side) => side.currency === currency)));
  const late = open.filter((side) => epochMsOf(at) - epochMsOf(side.at) > SET_OFF_DAYS * 86_400_000);
  for (const { settlementId, amount, currency } of late) {
    // Settled by a person, and its journal is on the way.
    if ((await unpostedSetOff(db, connection, settlementId)) !== 0n) continue;
    await raise(
      db,
      connection,
      {
        code: 'set-off-open',
        subject: payoutSubject(settlementId),
        evidence: {
          what: `settlement ${settlementId} has ${renderMoney(amount, currency)} on set-off, and no other account's settlement answers it`,
          atStake: amount,
          currency,
        },
        remedy: {
          kind: 'settle-payout',
          first: 'Look for the settlement of the other account (npx tieout settlement import FILE)',
          settlementId,
        },
      },
      at,
    );
  }
  for (const key of known)
    if (!late.some(({ settlementId }) => settlementId === key))
      await resolveException(
        db,
        connection,
        'set-off-open',
        key,
        'the other side is there, or a person has settled it',
        at,
      );
}
