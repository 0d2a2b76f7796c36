import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  renderPayoutPlanned, renderPayoutStep, renderPayoutStopped, renderPayoutTied, renderPayoutUnknownAmount, renderPayoutWaits, renderPayoutWaitsForEarlier,
} from '../../domain/payouts/render-payout.ts';
import type { PayoutStopped } from '../../activities/payouts/payout-results.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import { amountMapped, bankLineSeen, documentsPosted, tryAgain, type PayoutInput } from './payout.contract.ts';

/**
 * A payout from its report until it is tied: staged, classified, tied to order documents, journalled, applied, matched
 * with its bank line, deposited, and proven by reading NetSuite back. What it misses it waits for, holding up no other.
 */
export async function payout(input: PayoutInput): Promise<string> {
  const { connection, settlementId, policy } = input;
  const ref = { connection, settlementId };
  const store = onStore(policy);
  const netsuite = onNetSuite(connection, policy);
  let mapped = false;
  let documents = false;
  let bank = false;
  let retry = false;
  let blocked = false;
  setHandler(amountMapped, () => { mapped = true; });
  setHandler(documentsPosted, () => { documents = true; });
  setHandler(bankLineSeen, () => { bank = true; });
  setHandler(tryAgain, () => { retry = true; });

  setCurrentDetails(renderPayoutStep('Staging the report'));
  await completed(() => store.stageSettlement(ref));
  await classify();
  await makeEarlierDocuments();

  setCurrentDetails(renderPayoutStep('Posting the journal'));
  if ((await completed(() => netsuite.postJournal(ref))).result === 'planned') return planned();
  for (;;) {
    if ((await completed(() => netsuite.applyPayout(ref))).result === 'planned') return planned();
    const movements = await store.matchMovements(ref);
    if (movements.matched.length > 0) await completed(() => netsuite.postMovements(ref));
    const proof = await netsuite.provePayout(ref);
    if (proof.tied) {
      unblock('tied');
      setCurrentDetails(renderPayoutTied());
      return 'tied';
    }
    setCurrentDetails(renderPayoutWaits(proof.reasons));
    await condition(() => documents || bank || retry);
    if (documents || retry) await store.tieSettlement(ref);
    documents = bank = retry = false;
  }

  /** Until every row has a role; an unknown amount stops this payout and nothing else. */
  async function classify(): Promise<void> {
    for (;;) {
      mapped = false;
      const rows = await store.classifySettlement(ref);
      if (rows.result === 'classified') return unblock('open');
      block('unknown-amount', renderPayoutUnknownAmount(rows.keys, rows.rows, rows.amount, rows.currency, rows.suggestion));
      await condition(() => mapped || retry);
      retry = false;
    }
  }

  /** Orders shipped before the cut-over get their documents first; only for those the payout waits before its journal. */
  async function makeEarlierDocuments(): Promise<void> {
    const earlier = await onAmazon(connection, policy).makeEarlierOrders(ref);
    if (earlier.orders > 0) await store.tellOrders({ connection, policy });
    for (;;) {
      documents = false;
      const ties = await store.tieSettlement(ref);
      if (ties.missingBeforeCutOver === 0) return;
      setCurrentDetails(renderPayoutWaitsForEarlier(ties.missingBeforeCutOver));
      await condition(() => documents || retry);
      retry = false;
    }
  }

  /** Runs a step until it is done, waiting for a person where it is refused. */
  async function completed<R extends { result: string }>(step: () => Promise<R | PayoutStopped>): Promise<Exclude<R, PayoutStopped>> {
    for (;;) {
      const result = await step();
      if (result.result !== 'stopped') return result as Exclude<R, PayoutStopped>;
      const { exception, sentence } = result as PayoutStopped;
      block(`exception:${exception}`, renderPayoutStopped(exception, sentence));
      await condition(() => retry);
      retry = false;
      unblock('open');
    }
  }

  /** Search attributes change only when a person is awaited or no longer is. */
  function block(by: string, details: string): void {
    setCurrentDetails(details);
    blocked = true;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: 'waits' }, { key: SEARCH_ATTRIBUTES.blockedBy, value: by }]);
  }

  function unblock(state: 'open' | 'tied'): void {
    if (!blocked && state === 'open') return;
    blocked = false;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }, { key: SEARCH_ATTRIBUTES.blockedBy, value: null }]);
  }
}

function planned(): string {
  setCurrentDetails(renderPayoutPlanned());
  return 'planned';
}
