/** Journals of tax in the outbox that NetSuite does not hold yet. */
import { PURPOSES, kindOf } from '../../domain/documents/document-kinds.ts';
import type { Database } from '../database.ts';

const TAX_PURPOSES = PURPOSES.filter((purpose) => kindOf(purpose).of === 'tax');

/** External ids, the oldest first. */
export async function openTaxJournals(db: Database, connection: string): Promise<string[]> {
  const rows = await db
    .selectFrom('documents')
    .select('external_id')
    .where('connection', '=', connection)
    .where('purpose', 'in', TAX_PURPOSES)
    .where('state', '<>', 'posted')
    .orderBy('date')
    .orderBy('external_id')
    .execute();
  return rows.map((row) => row.external_id);
}
