import type { Company } from '../company.ts';
import type { Document, Draft } from '../ledger/transaction.ts';
import type { RecordName } from './schema.ts';

/** What a builder knows of the record beside its document. */
export interface Self {
  id: string;
  /** True on the first save. */
  creating: boolean;
  /** The transaction that it was transformed from. */
  createdFrom: string | null;
}

/** One record type: how a document becomes ledger lines. */
export interface RecordKind {
  record: RecordName;
  /** Its name in `transaction.type`. */
  type: string;
  title: string;
  /** Of automatic numbers. */
  prefix: string;
  /** Made only by a transform. */
  transformOnly?: boolean;
  /**
   * Checks the document and works out what it posts; may complete the document (line ids, amounts). Throws a Refusal.
   * Null: NetSuite accepts it and leaves no record (a payment of zero).
   */
  build(company: Company, document: Document, self: Self): Draft | null;
}
