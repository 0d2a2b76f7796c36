/** Intents of which NetSuite holds nothing, and that are planned anew. */
import { documentIs } from '../../domain/documents/document-states.ts';
import type { Database } from '../database.ts';
import { documentsOfSettlement } from './documents.ts';

/** Drops intents of which NetSuite holds nothing, with what was raised about them: a part that is not planned again would hold its payout up for ever. */
export async function forgetDocuments(db: Database, externalIds: readonly string[], at: string): Promise<void> {
  if (externalIds.length === 0) return;
  const gone = await db
    .deleteFrom('documents')
    .where('external_id', 'in', externalIds)
    .where((on) => on.or([on('state', '=', 'rejected'), on.and([on('state', '=', 'planned'), on('attempt', '=', 0)])]))
    .returning('external_id')
    .execute();
  if (gone.length === 0) return;
  await db
    .updateTable('exceptions')
    .set({ closed_at: at, resolution: 'its document is planned anew' })
    .where(
      'key',
      'in',
      gone.map((document) => document.external_id),
    )
    .where('closed_at', 'is', null)
    .execute();
}

/** The same of a whole settlement, with the shares that its payments held. */
export async function forgetUnsent(db: Database, connection: string, settlementId: string, at: string): Promise<void> {
  const unsent = (await documentsOfSettlement(db, connection, settlementId))
    .filter(documentIs.notInNetSuite)
    .map((document) => document.externalId);
  if (unsent.length === 0) return;
  await db
    .updateTable('applications')
    .set({ payment: null })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('payment', 'in', unsent)
    .execute();
  await forgetDocuments(db, unsent, at);
}
