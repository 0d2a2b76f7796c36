import { condition, patched, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  renderPayoutLeftAlone,
  renderPayoutPlanned,
  renderPayoutStep,
  renderPayoutStopped,
  renderPayoutTied,
  renderPayoutUnknownAmount,
  renderPayoutWaits,
  renderPayoutWaitsForEarlier,
} from '../../domain/payouts/render-payout.ts';
import type { PayoutStopped } from '../../contracts/payouts/payout-activities.ts';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes.ts';
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import {
  amountMapped,
  bankLineSeen,
  differenceSettled,
  documentsPosted,
  reportFound,
  type PayoutInput,
} from '../../contracts/payouts/payout.ts';
import { tryAgain } from '../../contracts/try-again.ts';

/**
 * A payout from its report until it is tied: staged, classified, tied to order documents, journalled, applied, matched
 * with its bank line, deposited, and proven by reading NetSuite back. What it misses it waits for, holding up no other.
 * A report that Amazon issues again starts the story anew: its journal reverses the one that stands.
 */
export async function payout(input: PayoutInput): Promise<string> {
  const { connection, settlementId, policy } = input;
  const ref = { connection, settlementId };
  const store = onStore(policy);
  const netsuite = onNetSuite(connection, policy);
  let report = false;
  let mapped = false;
  let documents = false;
  let bank = false;
  let decided = false;
  let retry = false;
  let blocked = false;
  setHandler(reportFound, () => {
    report = true;
  });
  setHandler(amountMapped, () => {
    mapped = true;
  });
  setHandler(documentsPosted, () => {
    documents = true;
  });
  setHandler(bankLineSeen, () => {
    bank = true;
  });
  setHandler(differenceSettled, () => {
    decided = true;
  });
  setHandler(tryAgain, () => {
    retry = true;
  });

  for (;;) {
    const end = await settle();
    if (end !== 'issued again') return end;
  }

  async function settle(): Promise<'tied' | 'planned' | 'left alone' | 'issued again'> {
    await stage();
    const classified = await classify();
    if (classified !== 'classified') return classified;
    if (!(await makeEarlierDocuments())) return 'issued again';

    setCurrentDetails(renderPayoutStep('Posting the journal'));
    const journal = await completed(() => netsuite.postJournal(ref));
    if (journal === null) return 'issued again';
    if (journal.result === 'planned') return planned();
    // What is heard while a proof is under way is looked at before this ends; what was heard before a look, the look sees.
    const hears = patched('heard-while-proven-2026-11');
    for (;;) {
      if (hears) documents = bank = decided = retry = false;
      const applied = await completed(() => netsuite.applyPayout(ref));
      if (applied === null) return 'issued again';
      if (applied.result === 'planned') return planned();
      const movements = await store.matchMovements(ref);
      if (movements.matched.length > 0 && (await completed(() => netsuite.postMovements(ref))) === null)
        return 'issued again';
      const proof = await netsuite.provePayout({ ...ref, policy });
      if (proof.tied && !(hears && (documents || bank || decided || retry || report))) {
        unblock('tied');
        setCurrentDetails(renderPayoutTied());
        return 'tied';
      }
      if (!proof.tied && proof.reissued) return 'issued again';
      if (!proof.tied) setCurrentDetails(renderPayoutWaits(proof.reasons));
      await condition(() => documents || bank || decided || retry || report);
      if (report) return 'issued again';
      if (documents || retry) await store.tieSettlement(ref);
      documents = bank = decided = retry = false;
    }
  }

  /** A file that cannot be read waits for one that can. */
  async function stage(): Promise<void> {
    for (;;) {
      setCurrentDetails(renderPayoutStep('Staging the report'));
      report = false;
      const staged = await store.stageSettlement(ref);
      if (staged.result === 'staged') return unblock('open');
      block(`exception:${staged.exception}`, renderPayoutStopped(staged.exception, staged.sentence));
      await condition(() => retry || report);
      retry = false;
    }
  }

  /** Until it is known whose it is, and every row has a role: what is unknown stops this payout and nothing else. */
  async function classify(): Promise<'classified' | 'left alone' | 'issued again'> {
    for (;;) {
      mapped = false;
      const rows = await store.classifySettlement(ref);
      if (rows.result === 'left-alone') {
        setCurrentDetails(renderPayoutLeftAlone());
        return 'left alone';
      }
      if (rows.result === 'classified') {
        unblock('open');
        return 'classified';
      }
      if (rows.result === 'stopped')
        block(`exception:${rows.exception}`, renderPayoutStopped(rows.exception, rows.sentence));
      else
        block(
          'unknown-amount',
          renderPayoutUnknownAmount(rows.keys, rows.rows, rows.amount, rows.currency, rows.suggestion),
        );
      await condition(() => mapped || retry || report);
      if (report) return 'issued again';
      retry = false;
    }
  }

  /** Orders shipped before the cut-over get their documents first; only for those the payout waits before its journal. */
  async function makeEarlierDocuments(): Promise<boolean> {
    if (patched('earlier-shipments-2026-11')) await onAmazon(connection, 'reports', policy).takeInEarlierShipments(ref);
    const earlier = await onAmazon(connection, 'orders', policy).makeEarlierOrders(ref);
    if (earlier.orders > 0) await store.tellOrders({ connection, policy });
    for (;;) {
      documents = false;
      const ties = await store.tieSettlement(ref);
      if (ties.missingBeforeCutOver === 0) return true;
      setCurrentDetails(renderPayoutWaitsForEarlier(ties.missingBeforeCutOver));
      await condition(() => documents || retry || report);
      if (report) return false;
      retry = false;
    }
  }

  /** Runs a posting until it is done, waiting for a person where it is refused; null when the report was issued again meanwhile. */
  async function completed<R extends { result: string }>(
    step: () => Promise<R | PayoutStopped>,
  ): Promise<Exclude<R, PayoutStopped> | null> {
    for (;;) {
      const result = await step();
      if (result.result !== 'stopped') return result as Exclude<R, PayoutStopped>;
      const { exception, sentence } = result as PayoutStopped;
      block(`exception:${exception}`, renderPayoutStopped(exception, sentence));
      const hearsReport = patched('stopped-payout-hears-report-2026-11');
      await condition(() => retry || (hearsReport && report));
      retry = false;
      unblock('open');
      if (hearsReport && report) return null;
    }
  }

  /** Search attributes change only when a person is awaited or no longer is. */
  function block(by: string, details: string): void {
    setCurrentDetails(details);
    blocked = true;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.state, value: 'waits' },
      { key: SEARCH_ATTRIBUTES.blockedBy, value: by },
    ]);
  }

  function unblock(state: 'open' | 'tied'): void {
    if (!blocked && state === 'open') return;
    blocked = false;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.state, value: state },
      { key: SEARCH_ATTRIBUTES.blockedBy, value: null },
    ]);
  }
}

function planned(): 'planned' {
  setCurrentDetails(renderPayoutPlanned());
  return 'planned';
}
