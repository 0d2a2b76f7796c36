import type { Books } from './ledger/books.ts';
import { currencySymbol, type Masters } from './masters.ts';
import type { Switches } from './switches.ts';

/** One NetSuite account: its lists, its books, its preferences, its clock. */
export interface Company {
  account: string;
  masters: Masters;
  books: Books;
  switches: Switches;
  /** `custbody_…` and `custcol_…` fields that the account has. */
  customFields: Set<string>;
  /** Today on the account's clock, `YYYY-MM-DD`. */
  today(): string;
  /** Epoch milliseconds on the account's clock. */
  now(): number;
}

/** Symbol of a currency, by its id. */
export function symbolOf({ masters }: { masters: Masters }, currency: string): string {
  return currencySymbol(masters, currency);
}
