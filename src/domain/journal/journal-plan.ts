import type { Role } from '../mapping/roles.ts';
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { TaxShare } from '../tax/left-tax-shares.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { Dimensions } from '../mapping/dimensions.ts';

/** One line of a planned journal: exactly one side is above zero. */
export interface JournalLine {
  role: Role;
  /** Account name of the connection's mapping; null where no connection is given (`inspect`). */
  account: string | null;
  debit: bigint;
  credit: bigint;
  memo: string;
  /** True for the one line that is the payout. */
  payout: boolean;
  /** Of a line of tax that a jurisdiction's seller owes; left out where it is of none. */
  jurisdiction?: Jurisdiction;
  /** Orders whose tax that is, in plans from before their items were told apart (`taxShares`). */
  orders?: (string | null)[];
  /** Left out where the connection gives the line none, and in plans from before it could. */
  dimensions?: Dimensions;
  /** Names in the report of the marketplaces whose rows it has, null for rows of none; left out where no other line of its part has this role. */
  marketplaces?: (string | null)[];
}

/** Debit positive. */
export const balanceOf = ({ debit, credit }: Pick<JournalLine, 'debit' | 'credit'>): bigint => debit - credit;

/** What a journal says that was paid out, debit positive. */
export const payoutLineOf = (lines: readonly JournalLine[]): bigint =>
  sumMinor(lines.filter(({ payout }) => payout).map(balanceOf));

/** One NetSuite journal entry: balances on its own. */
export interface JournalPart {
  /** From 1, by date. */
  part: number;
  date: Day;
  lines: JournalLine[];
  /** Tax of items that no document carries, as it stands on the lines of `sales-tax-payable`; left out where there is none. */
  taxShares?: TaxShare[];
}

export interface JournalPlan {
  settlementId: string;
  currency: CurrencyCode;
  /** Version of the amount map that classified the rows. */
  mapVersion: number;
  parts: JournalPart[];
}

/** One journal entry as the outbox keeps it in a document's plan (`JE`, and `OPN` with one part): never computed again. */
export interface StoredJournalPart extends JournalPart {
  /** Number of parts of the settlement's journal. */
  of: number;
  mapVersion: number;
  /** External id of the entry that this one takes back. */
  reverses?: string;
}
