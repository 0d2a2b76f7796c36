/** The table of documents that NetSuite holds, or shall hold. */
import type { ColumnType, Generated } from 'kysely';
import type { Purpose, RecordType } from '../../domain/documents/document-kinds.ts';
import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { Instant, Json } from '../columns.ts';

export interface DocumentsTable {
  external_id: string;
  connection: string;
  purpose: Purpose;
  business_key: string;
  part: number;
  record_type: RecordType;
  state: DocumentState;
  attempt: number;
  netsuite_id: string | null;
  tran_id: string | null;
  date: string;
  true_day: string | null;
  currency: string;
  total: bigint;
  order_id: string | null;
  settlement_id: string | null;
  plan: Json;
  failure: string | null;
  sent_at: Instant | null;
  posted_at: Instant | null;
  lines: ColumnType<unknown, string | null | undefined, string | null>;
  lines_at: ColumnType<string | null, string | null | undefined, string | null>;
  /** How many splits it has (`store/profit/`); null of one from before there were any. */
  splits: Generated<number | null>;
}

/** How NetSuite showed a posted document when it was first read back (null until then), and the alteration that a person has left. */
export interface DocumentReadsTable {
  external_id: string;
  sums: Json | null;
  left_as: string | null;
}
