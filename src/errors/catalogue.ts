/**
 * The catalogue of codes: every error and every exception that a person meets has one, with a title, the one who acts,
 * and a section in docs/errors.md under the same name (a test holds the two equal). Codes are stable: they stand in
 * tables, search attributes and other people's scripts.
 */
export type Owner = 'finance' | 'operations' | 'engineering';

export interface CatalogueEntry {
  title: string;
  /** Who can end it. */
  owner: Owner;
}

export const CATALOGUE = {
  // A settlement report that is refused.
  'report-not-settlement': { title: 'The file is not a settlement report', owner: 'finance' },
  'report-columns': { title: 'Columns of the report are missing, doubled or too many', owner: 'finance' },
  'report-summary': { title: 'The summary row is missing or not readable', owner: 'finance' },
  'report-truncated': { title: 'The report is cut off', owner: 'finance' },
  'report-amount': { title: 'An amount of the report cannot be read', owner: 'finance' },
  'report-quantity': { title: 'A quantity of the report cannot be read', owner: 'finance' },
  'report-number': { title: 'An id of the report was turned into a number', owner: 'finance' },
  'report-date': { title: 'A date of the report cannot be read', owner: 'finance' },
  'report-currency': { title: 'The report mixes currencies', owner: 'finance' },
  'report-foreign-row': { title: 'The report holds rows of another settlement', owner: 'finance' },
  'report-encoding': { title: 'The report is in another character set', owner: 'finance' },
  'report-sum': { title: 'The rows of the report do not sum to its total', owner: 'finance' },
  'report-file': { title: 'The file cannot be opened', owner: 'operations' },
  'report-before-cut-over': { title: 'The settlement ended before the cut-over', owner: 'finance' },
  // Waits for a decision, or for a look.
  'sku-unknown': { title: 'NetSuite has no item for a SKU', owner: 'operations' },
  'unknown-amount': { title: 'An amount type has no account', owner: 'finance' },
  'tax-residual': { title: 'Tax collected and withheld of an order do not come to zero', owner: 'finance' },
  'transfer-failed': { title: 'Amazon could not transfer a payout', owner: 'finance' },
  'period-closed': { title: 'The accounting period is closed or locked', owner: 'finance' },
  'document-missing': { title: 'An order that was settled has no document', owner: 'operations' },
  'document-differs': { title: 'A document was settled for another amount than its own', owner: 'finance' },
  'bank-line-missing': { title: 'A movement is not on the statement', owner: 'finance' },
  'statement-line': { title: 'A line of a statement cannot be read', owner: 'finance' },
  'netsuite-refused': { title: 'NetSuite refused a document', owner: 'operations' },
  'report-unreadable': { title: 'A report that Amazon delivered cannot be read', owner: 'finance' },
  'refund-unclear': { title: 'A refund cannot be booked as it stands', owner: 'finance' },
  'chain-broken': { title: 'Two settlements do not follow on each other', owner: 'finance' },
  'report-reissued': { title: 'Amazon issued a settlement report again with other content', owner: 'finance' },
  'drift': { title: 'An answer of Amazon holds something that Tieout does not know', owner: 'engineering' },
  'setting-unknown': { title: 'NetSuite does not have what the configuration names', owner: 'engineering' },
  // Deciding and asking.
  'item-unknown': { title: 'NetSuite has no such item', owner: 'operations' },
  'item-inactive': { title: 'The NetSuite item is inactive', owner: 'operations' },
  'not-found': { title: 'What was asked for is not known', owner: 'operations' },
  // Setting up and running.
  'config': { title: 'The configuration is not valid', owner: 'engineering' },
  'cut-over-missing': { title: 'A connection has no cut-over', owner: 'finance' },
  'mode-not-built': { title: 'The posting mode is not built yet', owner: 'finance' },
  'decisions-file': { title: 'The file of decisions is not valid', owner: 'operations' },
  'usage': { title: 'The command was not understood', owner: 'operations' },
  'not-running': { title: 'Nothing is running', owner: 'operations' },
  'port': { title: 'A port is in use', owner: 'engineering' },
  'postgres': { title: 'Postgres cannot be started or reached', owner: 'engineering' },
  'temporal-server': { title: 'There is no Temporal server', owner: 'engineering' },
  // The other sides.
  'netsuite-auth': { title: 'NetSuite refused the sign-in', owner: 'engineering' },
  'netsuite-down': { title: 'NetSuite does not answer', owner: 'engineering' },
  'amazon-auth': { title: 'Amazon refused the sign-in', owner: 'engineering' },
  'amazon-down': { title: 'Amazon does not answer', owner: 'engineering' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;

/** Where the code is explained. */
export function docsAnchor(code: ErrorCode): string {
  return `docs/errors.md#${code}`;
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(CATALOGUE, text);
}
