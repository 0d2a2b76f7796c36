/** What a tie-out knows of a connection by itself, to say what each balance of the ledger must be. Amounts in minor units. */
import type { SalesPurpose } from '../documents/document-kinds.ts';
import type { Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { ClearingSums } from './clearing-left.ts';
import type { SetOffSide } from './set-offs.ts';

export interface LedgerFacts {
  currency: CurrencyCode;
  /** Posted invoices and credit memos, and what posted payments and refunds applied of each. */
  documents: readonly { purpose: SalesPurpose; total: bigint; applied: bigint }[];
  /** Settlements whose journal is posted. */
  settlements: readonly SettledPeriod[];
  movements: readonly MovementBalance[];
  /** Posted documents of movements in this currency, which may be another than their movement's. */
  moved: readonly { debit: Role; credit: Role; amount: bigint }[];
  /** What posted journals hold on set-off, by settlement. */
  setOffs: readonly SetOffSide[];
}

export interface MovementBalance {
  kind: 'payout' | 'micro-deposit' | 'charge';
  amount: bigint;
  /** By its posted documents. */
  cleared: bigint;
  /** By rows of later settlements whose journal is posted. */
  broughtBack: bigint;
  /** It was seen: what is left of it is the report's. */
  seen: boolean;
}

export interface SettledPeriod {
  start: Instant;
  end: Instant;
  total: bigint;
  /** Sum of the rows `Current Reserve Amount`, as in the report: zero or negative. */
  currentReserve: bigint;
  clearing: ClearingSums;
  /** Another of them takes up where it ends, as `chains.ts` links them. Left out where there is one chain only: the instants tell. */
  followed?: boolean;
}

export interface ExplainedBalance {
  role: Role;
  amount: bigint;
  by: string;
}

/** `3 invoices not yet settled`; nothing for none. */
export function countedFor(count: number, what: string, how: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}${how === '' ? '' : ` ${how}`}`;
}
