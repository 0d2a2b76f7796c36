import type { ConnectionSettings } from '../../config/connection.ts';
import { externalIdOf, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import type { Day } from '../../domain/money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../domain/money/money.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import type { TaxJournalPlan } from '../../domain/tax/tax-journal.ts';
import { planDocument } from '../../store/documents/documents.ts';
import type { Database } from '../../store/database.ts';

/** A journal that a person's decision makes; `plan` is null where no account moves by it. */
export interface DecidedJournal {
  connection: string;
  businessKey: string;
  plan: TaxJournalPlan | null;
}

const keyOf = ({ connection, businessKey }: DecidedJournal): DocumentKey<'FTX'> => ({
  connection,
  purpose: 'FTX',
  businessKey,
  part: 1,
});

/** External id of its journal, whether one is posted or not. */
export const taxJournalId = (journal: DecidedJournal): string => externalIdOf(keyOf(journal));

/** What a decision answers of its journal. */
export function journalNamed(journal: DecidedJournal): { document?: string } {
  return journal.plan === null ? {} : { document: taxJournalId(journal) };
}

/** Writes a journal of tax down, which the next look at tax posts; nothing where no account moves. In the transaction of its decision. */
export async function writeTaxJournal(
  tx: Database,
  settings: ConnectionSettings,
  journal: DecidedJournal,
  of: { day: Day; currency: CurrencyCode; marketplace: string | null; orderId: string | null },
): Promise<void> {
  if (journal.plan === null) return;
  const { day: date, currency, marketplace, orderId } = of;
  const lines = withDimensions(journal.plan.lines, (role) => dimensionsOf(settings.dimensions, role, marketplace));
  const total = sumMinor(lines.map(({ debit }) => debit));
  await planDocument(tx, { key: keyOf(journal), plan: { lines }, date, currency, total, orderId, settlementId: null });
}
