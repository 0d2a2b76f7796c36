import { explainPayoutRelease } from '../../domain/decisions/explain-release.ts';
import { renderPayoutRelease } from '../../domain/decisions/render-release.ts';
import { parseWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { covers } from '../../domain/mapping/beginnings.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { keyOfFolded } from '../../domain/settlement/fold-key.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import { waitedKeys, waitersFor } from '../../store/decisions/decisions.ts';
import { openWaits, waitingPayouts } from '../../store/decisions/waiting.ts';
import type { ConnectionSource } from '../view-source.ts';

/** What came of the payouts that waited for an amount type. */
export interface AmountReleaseView {
  payouts: {
    settlementId: string;
    state: string;
    currency: string;
    /** False while it is held up by the key, or on its way. */
    released: boolean;
    /** Of its journal, once that is posted. */
    debits: string | null;
  }[];
  sentences: string[];
}

/** Settlement ids of the payouts that wait for an amount key, or for one that begins so. */
export async function payoutsWaitingFor({ store, settings }: ConnectionSource, named: AmountKey): Promise<string[]> {
  const keys = await waitedKeys(store.db, settings.name, 'amount');
  const covered = keys.filter((waited) => covers(named, keyOfFolded(waited)));
  const waiters = await Promise.all(covered.map((key) => waitersFor(store.db, settings.name, 'amount', key)));
  return waiters.flat().map((id) => parseWorkflowId(id)?.key ?? id);
}

/** @param seconds since the decision was given */
export async function amountReleaseView(
  { store: { db }, settings: { name } }: ConnectionSource,
  settlementIds: readonly string[],
  seconds: number,
): Promise<AmountReleaseView> {
  const waits = (await openWaits(db, name)).filter((wait) => wait.kind === 'amount').map((wait) => wait.workflowId);
  const payouts = (await waitingPayouts(db, name, settlementIds)).map((payout) =>
    explainPayoutRelease(payout, waits.includes(payoutWorkflowId(name, payout.settlementId))),
  );
  return {
    payouts: payouts.map(({ settlementId, state, currency, released, debits }) => ({
      settlementId,
      state,
      currency,
      released,
      debits: debits === null ? null : formatMinor(debits, currency),
    })),
    sentences: renderPayoutRelease(payouts, seconds),
  };
}
