import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { Database } from '../database.ts';

/** A document as a list has it. */
export interface ListedDocument {
  externalId: string;
  recordType: string;
  state: DocumentState;
  tranId: string | null;
  date: string;
  trueDay: string | null;
  currency: string;
  total: bigint;
  orderId: string | null;
  settlementId: string | null;
}

/** Dated from one day to another, whatever their state, by day. */
export async function documentsDated(
  db: Database,
  connection: string,
  from: string,
  to: string,
): Promise<ListedDocument[]> {
  return listed(db, connection).where('date', '>=', from).where('date', '<=', to).execute();
}

/** Those that NetSuite gave a number, by day: one of each type of document at most has it. */
export async function documentsNumbered(db: Database, connection: string, tranId: string): Promise<ListedDocument[]> {
  return listed(db, connection).where('tran_id', '=', tranId).execute();
}

function listed(db: Database, connection: string) {
  return db
    .selectFrom('documents')
    .select([
      'external_id as externalId',
      'record_type as recordType',
      'state',
      'tran_id as tranId',
      'date',
      'true_day as trueDay',
      'currency',
      'total',
      'order_id as orderId',
      'settlement_id as settlementId',
    ])
    .where('connection', '=', connection)
    .orderBy('date')
    .orderBy('external_id');
}
