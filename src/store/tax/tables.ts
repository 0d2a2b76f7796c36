/** Tables of tax: what people decide about it beside the documents. */
import type { Instant, Json } from '../columns.ts';

export interface TaxMovesTable {
  connection: string;
  order_id: string;
  number: number;
  moved_from: string;
  moved_to: string;
  event: string;
  currency: string;
  items: Json;
  /** External id of its journal. */
  document: string;
  /** False where net alone is moved, and no journal is made. */
  journalled: boolean;
  day: string;
  decided_by: string;
  at: Instant;
  audit: number;
}

export interface FeeInvoicesTable {
  connection: string;
  number: string;
  day: string;
  /** Id. */
  marketplace: string;
  jurisdiction: string;
  role: string;
  treatment: string;
  currency: string;
  net: bigint;
  tax: bigint;
  /** External id of its journal, null where nothing is reclaimed. */
  document: string | null;
  decided_by: string;
  at: Instant;
  audit: number;
}

export interface VatReportsTable {
  connection: string;
  /** `2026-10` */
  month: string;
  made_at: Instant;
  rows: Json;
}
