/** Tables of movements, and of what proves them. */
import { type Json, type Instant } from './columns.ts';
import type { Generated } from 'kysely';

export interface MovementsTable {
  connection: string;
  external_id: string;
  settlement_id: string;
  kind: string;
  amount: bigint;
  currency: string;
  trace_id: string | null;
  bank_line: string | null;
  date: string | null;
  state: string;
  posted_on: string;
}

/** `number` is how people name a line; `account_tail` the end of the account's number, null where no statement has named it. */
export interface BankLinesTable {
  connection: string;
  line_key: string;
  account: string;
  account_tail: string | null;
  number: Generated<number>;
  date: string;
  amount: bigint;
  currency: string;
  description: string;
  transaction_id: string | null;
  movement: string | null;
}

export interface StatementFormsTable {
  connection: string;
  account: string;
  form: Json;
}

export interface EventGroupsTable {
  connection: string;
  group_id: string;
  currency: string;
  total: bigint | null;
  started_at: Instant | null;
  ended_at: Instant | null;
  status: string | null;
  trace_id: string | null;
  account_tail: string | null;
  transfer_at: Instant | null;
  converted_total: bigint | null;
  converted_currency: string | null;
}

/** What a movement became, one document each: see `domain/matching/movement.ts`. `id` keeps their order. */
export interface MovementDocumentsTable {
  id: Generated<number>;
  connection: string;
  external_id: string;
  movement: string;
  settlement_id: string;
  kind: string;
  debit: string;
  credit: string;
  amount: bigint;
  currency: string;
  cleared: bigint;
  date: string;
  bank_line: string | null;
  found_by: string;
  posted: boolean;
}

/** A row by which an earlier payout came back; `movement` is that payout, null while none is known. */
export interface ReturnedPayoutsTable {
  connection: string;
  settlement_id: string;
  line: number;
  amount: bigint;
  currency: string;
  posted_at: Instant;
  movement: string | null;
}
