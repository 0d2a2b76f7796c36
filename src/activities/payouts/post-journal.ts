import { documentIs } from '../../domain/documents/document-states.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { documentsOfSettlement, type DocumentIntent } from '../../store/documents/documents.ts';
import { advanceSettlement } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { bookingOf } from '../posting/booking.ts';
import { postDocument } from '../posting/post-document.ts';
import type { StoppedPosting } from '../posting/stopped-posting.ts';
import { journalCall } from './journal-call.ts';
import type { PayoutRef, PostingsResult } from '../../contracts/payouts/payout-activities.ts';
import { isForgotten, resumePayout, stopPayout, type PayoutSetup } from './payout-setup.ts';
import { planJournal } from './plan-journal.ts';
import { raiseTaxResiduals } from '../tax/tax-residuals.ts';

/**
 * Posts the settlement's journal: the opening entry of its chain where it is the first, then the journal in its parts; of
 * a report that was issued again the reversal of what stands comes first. All of it is written down before the first call
 * and never computed again. Idempotent: by `AMZ_…_OPN_…` and `AMZ_…_JE_{settlementId}_{part}`, `-x{n}`, `-r{n}`.
 */
export async function postJournal(connection: Connection, input: PayoutRef): Promise<PostingsResult> {
  const setup = await resumePayout(connection, input, 'staged');
  if (isForgotten(setup)) return { result: 'done', externalIds: [] };
  const intents = await planJournal(setup);
  await raiseTaxResiduals(setup);
  const shut = setup.connection.settings.posting === 'plan' ? null : await shutPart(setup, intents);
  if (shut) return stopPayout(setup, shut);
  const externalIds: string[] = [];
  for (const intent of intents) {
    const posting = await postDocument(connection, intent, (dated) =>
      journalCall(setup.connection, intent, intent.plan, dated),
    );
    if (posting.result === 'stopped') return stopPayout(setup, posting);
    if (posting.result === 'planned') continue;
    externalIds.push(posting.externalId);
  }
  const planned = externalIds.length < intents.length;
  await advanceSettlement(connection.db, connection.name, input.settlementId, planned ? 'planned' : 'works');
  return planned ? { result: 'planned' } : { result: 'done', externalIds };
}

/**
 * The first part that no period takes: then all that is not posted yet waits together, since half a journal would leave
 * `settlement-in-progress` open. Under `first-open-day` each part moves for itself: its bridge lies within it, so every
 * month balances, and what bridges a month's end comes to nothing with the last part, which is booked no earlier than the others.
 */
async function shutPart(
  { connection, settlement }: PayoutSetup,
  intents: readonly DocumentIntent[],
): Promise<StoppedPosting | null> {
  const wanted = new Set(intents.map(({ key }) => externalIdOf(key)));
  const documents = await documentsOfSettlement(connection.db, connection.name, settlement.settlementId);
  // What may be in NetSuite already is looked up before its period is asked for.
  const waiting = documents.filter(
    (document) => wanted.has(document.externalId) && document.state !== 'posted' && !documentIs.perhapsOut(document),
  );
  const bookings = await Promise.all(
    waiting.map(async ({ externalId, ...dated }) => ({
      externalId,
      booking: await bookingOf(connection, dated, { fresh: true }),
    })),
  );
  for (const { externalId, booking } of bookings)
    if (!booking.takes) return { result: 'stopped', externalId, why: 'period', sentence: booking.sentence };
  return null;
}
