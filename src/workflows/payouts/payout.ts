import { condition, patched, setCurrentDetails, setHandler } from '@temporalio/workflow';
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
import { onAmazon, onNetSuite, onStore } from '../activity-proxies.ts';
import {
  amountMapped,
  bankLineSeen,
  differenceSettled,
  documentsPosted,
  reportFound,
  type PayoutInput,
} from '../../contracts/payouts/payout.ts';
import { listenForPerson } from '../wait-for-person.ts';

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
  const person = listenForPerson(input);
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

  for (;;) {
    const end = await settle();
    if (end === 'issued again') continue;
    await person.recorded();
    return end;
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
      if (hears) forget();
      const applied = await completed(() => netsuite.applyPayout(ref));
      if (applied === null) return 'issued again';
      if (applied.result === 'planned') return planned();
      const movements = await store.matchMovements(ref);
      if (movements.matched.length > 0 && (await completed(() => netsuite.postMovements(ref))) === null)
        return 'issued again';
      const proof = await netsuite.provePayout({ ...ref, policy });
      if (proof.tied && !(hears && hasNews())) {
        person.unblock('tied');
        setCurrentDetails(renderPayoutTied());
        return 'tied';
      }
      if (!proof.tied && proof.reissued) return 'issued again';
      if (!proof.tied) setCurrentDetails(renderPayoutWaits(proof.reasons));
      await condition(hasNews);
      if (report) return 'issued again';
      if (documents || person.asked()) await store.tieSettlement(ref);
      forget();
    }
  }

  /** A file that cannot be read waits for one that can. */
  async function stage(): Promise<void> {
    for (;;) {
      setCurrentDetails(renderPayoutStep('Staging the report'));
      report = false;
      const staged = await store.stageSettlement(ref);
      if (staged.result === 'staged') return person.unblock();
      block(staged);
      await condition(() => person.asked() || report);
      person.forget();
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
        person.unblock();
        return 'classified';
      }
      if (rows.result === 'stopped') block(rows);
      else
        person.block(
          'unknown-amount',
          renderPayoutUnknownAmount(rows.keys, rows.rows, rows.amount, rows.currency, rows.suggestion),
        );
      await condition(() => mapped || person.asked() || report);
      if (report) return 'issued again';
      person.forget();
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
      await condition(() => documents || person.asked() || report);
      if (report) return false;
      person.forget();
    }
  }

  /** Runs a posting until it is done, waiting for a person where it is refused; null when the report was issued again meanwhile. */
  async function completed<R extends { result: string }>(
    step: () => Promise<R | PayoutStopped>,
  ): Promise<Exclude<R, PayoutStopped> | null> {
    for (;;) {
      const result = await step();
      if (result.result !== 'stopped') return result as Exclude<R, PayoutStopped>;
      block(result as PayoutStopped);
      const hearsReport = patched('stopped-payout-hears-report-2026-11');
      await condition(() => person.asked() || (hearsReport && report));
      person.forget();
      person.unblock();
      if (hearsReport && report) return null;
    }
  }

  function block({ exception, sentence }: PayoutStopped): void {
    person.block(`exception:${exception}`, renderPayoutStopped(exception, sentence));
  }

  function hasNews(): boolean {
    return documents || bank || decided || person.asked() || report;
  }

  /** What was heard before a look, the look sees. */
  function forget(): void {
    documents = bank = decided = false;
    person.forget();
  }
}

function planned(): 'planned' {
  setCurrentDetails(renderPayoutPlanned());
  return 'planned';
}
