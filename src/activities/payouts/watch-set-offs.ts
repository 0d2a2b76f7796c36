import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { openSetOffs, SET_OFF_DAYS, sidesOf } from '../../domain/payouts/set-offs.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { heldOnSetOff, unpostedSetOff } from '../../store/payouts/set-offs.ts';
import type { Connection } from '../connection.ts';

/** One side of a set-off that stays alone is raised after 35 days, and ends with the other side. It holds nothing up. Idempotent. */
export async function watchSetOffs(connection: Connection): Promise<void> {
  const { db } = connection;
  const sides = sidesOf(await heldOnSetOff(db, connection.name));
  const known = await openKeys(db, connection.name, 'set-off-open');
  if (sides.length === 0 && known.length === 0) return;
  const at = await connection.now();
  const currencies = [...new Set(sides.map(({ currency }) => currency))];
  const open = currencies.flatMap((currency) => openSetOffs(sides.filter((side) => side.currency === currency)));
  const late = open.filter((side) => epochMsOf(at) - epochMsOf(side.at) > SET_OFF_DAYS * 86_400_000);
  for (const { settlementId, amount, currency } of late) {
    // Settled by a person, and its journal is on the way.
    if ((await unpostedSetOff(db, connection.name, settlementId)) !== 0n) continue;
    await connection.raise({
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
    });
  }
  for (const key of known)
    if (!late.some(({ settlementId }) => settlementId === key))
      await connection.resolve('set-off-open', key, 'the other side is there, or a person has settled it');
}
