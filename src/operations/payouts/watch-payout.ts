import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { poll } from '../poll.ts';

/** Watches a payout that was told something until it is no longer at work, tied or not; its state then, null for one that is not known. */
export async function watchPayout(
  { store, connection }: Pick<ConnectionAtWork, 'store' | 'connection'>,
  settlementId: string,
  seconds: number,
): Promise<PayoutState | null> {
  const look = async () => (await loadSettlement(store.db, connection, settlementId))?.state ?? null;
  return poll(look, (state) => state !== 'works', seconds);
}
