/**
 * The catalogue of codes: every error and every exception that a person meets has one, with a title, the one who acts,
 * and a section in docs/errors.md under the same name (a test holds the two equal). Codes are stable: they stand in
 * tables, search attributes and other people's scripts.
 */
import { EXCEPTIONS, type Owner } from '../domain/exceptions/catalogue.ts';

export type { Owner };

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
  'report-file': { title: 'The file cannot be opened', owner: 'operations' },
  'report-before-cut-over': { title: 'The settlement ended before the cut-over', owner: 'finance' },
  'vat-report': { title: "Amazon's VAT report cannot be used", owner: 'finance' },
  'statement-line': { title: 'A line of a statement cannot be read', owner: 'finance' },
  // Deciding and asking.
  'item-unknown': { title: 'NetSuite has no such item', owner: 'operations' },
  'item-inactive': { title: 'The NetSuite item is inactive', owner: 'operations' },
  'decision-refused': { title: 'A decision is refused as things stand', owner: 'operations' },
  'not-found': { title: 'What was asked for is not known', owner: 'operations' },
  // Setting up and running.
  config: { title: 'The configuration is not valid', owner: 'engineering' },
  'cut-over-missing': { title: 'A connection has no cut-over', owner: 'finance' },
  'mode-not-built': { title: 'The posting mode is not built yet', owner: 'finance' },
  'decisions-file': { title: 'The file of decisions is not valid', owner: 'operations' },
  usage: { title: 'The command was not understood', owner: 'operations' },
  'not-running': { title: 'Nothing is running', owner: 'operations' },
  port: { title: 'A port is in use', owner: 'engineering' },
  postgres: { title: 'Postgres cannot be started or reached', owner: 'engineering' },
  'temporal-server': { title: 'There is no Temporal server', owner: 'engineering' },
  'part-lost': { title: 'A part of the demo is gone', owner: 'engineering' },
  // What waits for a person while everything else goes on.
  ...EXCEPTIONS,
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;

/** Where the code is explained. */
export function docsAnchor(code: ErrorCode): string {
  return `docs/errors.md#${code}`;
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(CATALOGUE, text);
}
