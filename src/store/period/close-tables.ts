/** Tables of the close. */
import type { Generated } from 'kysely';
import type { ColumnType } from 'kysely';
import type { Instant, Json } from '../columns.ts';

/** Each month as it was last worked out; what stood before is worked out again, never looked up. */
export interface CloseMonthsTable {
  connection: string;
  period: string;
  evaluated_at: Instant;
  close: Json;
  /** Of a signed month: how it stands beside its signature. */
  standing: Json | null;
}

export interface CloseCarriedTable {
  id: Generated<number>;
  connection: string;
  period: string;
  item: string;
  currency: string | null;
  amount: bigint;
  /** What opened it at that moment. */
  causes: Json;
  /** Finding by finding; null of what was carried before migration 0045. */
  findings: Json | null;
  decided_by: string;
  why: string;
  audit: number;
  at: Instant;
}

/** What a controller decided about what is unsettled of a month: its accrual, or none. */
export interface CloseAccrualsTable {
  connection: string;
  period: string;
  currency: string;
  choice: 'post' | 'none';
  amount: bigint;
  transactions: number;
  decided_by: string;
  why: string;
  audit: number;
  at: Instant;
}

/** What stood on an account before the first month, as a controller confirmed it. */
export interface CloseOpeningsTable {
  connection: string;
  account: string;
  currency: string;
  amount: bigint;
  decided_by: string;
  why: string;
  audit: number;
  at: Instant;
}

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

/** `document` is the canonical JSON that was signed, `hash` its SHA-256 in hex. Stays for ever. */
export interface CloseSignaturesTable {
  connection: string;
  period: string;
  number: number;
  document: string;
  hash: string;
  late: Json;
  signer: string;
  comment: string;
  audit: number;
  at: Instant;
  reopened_by: Later<string>;
  reopened_why: Later<string>;
  reopened_at: Later<string>;
}
