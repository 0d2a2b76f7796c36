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
