/** Journal entries of a settlement as the outbox keeps them. */
import type { JournalPurpose } from '../../domain/documents/document-kinds.ts';
import { reversalOf } from '../../domain/journal/build-reversal.ts';
import type { JournalPart, StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { sumMinor } from '../../domain/money/money.ts';
import type { DocumentIntent, StoredDocument } from '../../store/documents/documents.ts';
import type { PayoutSetup } from './payout-setup.ts';

/** One part of an entry. `reverses` is the external id of the entry that it takes back. */
export function entryIntent(
  { connection, settlement }: PayoutSetup,
  purpose: JournalPurpose,
  businessKey: string,
  part: JournalPart,
  { of, reverses }: { of: number; reverses?: string },
): DocumentIntent<'journal'> {
  const plan: StoredJournalPart = {
    part: part.part,
    of,
    mapVersion: settlement.mapVersion!,
    date: part.date,
    lines: part.lines,
    ...(part.taxShares === undefined ? {} : { taxShares: part.taxShares }),
    ...(reverses === undefined ? {} : { reverses }),
  };
  return {
    key: { connection: connection.name, purpose, businessKey, part: part.part },
    date: part.date,
    currency: settlement.currency,
    total: sumMinor(part.lines.map((line) => line.debit)),
    orderId: null,
    settlementId: settlement.settlementId,
    plan,
  };
}

/** What takes a posted part back: the same accounts, sides exchanged, and the day under which it is booked, so that both fall into one month. */
export function reversingIntent(
  setup: PayoutSetup,
  businessKey: string,
  document: StoredDocument<'journal'>,
): DocumentIntent<'journal'> {
  const intent = entryIntent(
    setup,
    document.key.purpose,
    businessKey,
    reversalOf(document.plan, `reverses ${document.externalId}`),
    { of: document.plan.of, reverses: document.externalId },
  );
  return { ...intent, date: document.date, trueDay: document.trueDay };
}
