/** Documents of the month, and what its journals, deposits and charges put on accounts, in the accountant's notation. */
import { kindOf, POSTS_BY_PLAN } from '../../../domain/documents/document-kinds.ts';
import type { Role } from '../../../domain/mapping/roles.ts';
import { formatMinor } from '../../../domain/money/money.ts';
import { roleLines } from '../../../domain/period/role-lines.ts';
import type { Database } from '../../../store/database.ts';
import { storedDocumentsOf, type StoredDocument } from '../../../store/documents/documents.ts';
import { documentsDated } from '../../../store/documents/listed-documents.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import { daysOf, type MonthOfPack } from './month.ts';

export type AccountOfRole = (role: Role, currency: string, jurisdiction: string | null) => string | null;

export const JOURNAL_COLUMNS = columnsOf(
  'Date',
  'Document',
  'Kind',
  'Number',
  'Account',
  'Role',
  'Currency',
  '>Debit',
  '>Credit',
);

export async function journalTables(
  db: Database,
  month: MonthOfPack,
  accountOf: AccountOfRole,
): Promise<EvidenceTable[]> {
  const { first, last } = daysOf(month);
  const documents = await documentsDated(db, month.connection, first, last);
  const journals = await storedDocumentsOf(db, month.connection, {
    purposes: POSTS_BY_PLAN,
    from: first,
    until: last,
    state: 'posted',
  });
  return [
    {
      name: 'journals',
      title: 'Journals, deposits and charges',
      note: 'As posted in the month, line by line.',
      columns: JOURNAL_COLUMNS,
      rows: journals.flatMap((document) => journalRows(document, accountOf)),
    },
    {
      name: 'documents',
      title: 'Documents of the month',
      note: null,
      columns: columnsOf(
        'Date',
        'Its own day',
        'Document',
        'Type',
        'Number',
        'Currency',
        '>Total',
        'Order',
        'Settlement',
        'State',
      ),
      rows: documents.map((document) => [
        document.date,
        document.trueDay ?? document.date,
        document.externalId,
        document.recordType,
        document.tranId ?? '',
        document.currency,
        formatMinor(document.total, document.currency),
        document.orderId ?? '',
        document.settlementId ?? '',
        document.state,
      ]),
    },
  ];
}

/** The lines of a document, each on one side. */
export function journalRows(document: StoredDocument, accountOf: AccountOfRole): string[][] {
  const { date, externalId, key, tranId, currency } = document;
  return roleLines(document).map(({ role, jurisdiction = null, amount }) => [
    date,
    externalId,
    kindOf(key.purpose).name,
    tranId ?? '',
    accountOf(role, currency, jurisdiction) ?? '',
    jurisdiction === null ? role : `${role}:${jurisdiction}`,
    currency,
    amount > 0n ? formatMinor(amount, currency) : '',
    amount > 0n ? '' : formatMinor(-amount, currency),
  ]);
}
