/** What is known of a document once NetSuite holds it. */
import { sql } from 'kysely';
import type { Planned } from '../../domain/documents/document-plans.ts';
import type { Database } from '../database.ts';
import { factToJson } from '../fact-json.ts';
import { inTransaction } from '../in-transaction.ts';
import { replaceSplits } from '../profit/write-splits.ts';
import { loadDocument } from './documents.ts';

/**
 * It is in NetSuite, whichever attempt brought it there; with that, what stood in its way is closed. False when it was known
 * already.
 * @param plan as it was posted, where that was made anew since it was written down
 */
export async function settlePosted(
  db: Database,
  externalId: string,
  netsuiteId: string,
  at: string,
  plan: Planned['plan'] | null = null,
): Promise<boolean> {
  if (plan === null) return markPosted(db, externalId, netsuiteId, at, null);
  return inTransaction(db, async (tx) => {
    const isNew = await markPosted(tx, externalId, netsuiteId, at, plan);
    if (isNew) await replaceSplits(tx, (await loadDocument(tx, externalId))!);
    return isNew;
  });
}

async function markPosted(
  db: Database,
  externalId: string,
  netsuiteId: string,
  at: string,
  plan: Planned['plan'] | null,
): Promise<boolean> {
  const { rows } = await sql`
    with posted as (
      update documents set state = 'posted', netsuite_id = ${netsuiteId}, posted_at = ${at}, failure = null, plan = coalesce(${plan === null ? null : factToJson(plan)}::jsonb, plan) where external_id = ${externalId} and state <> 'posted' returning connection, external_id),
    closed as (
      update exceptions e set closed_at = ${at}, resolution = 'posted' from posted
      where e.connection = posted.connection and e.key = posted.external_id and e.code in ('netsuite-refused', 'period-closed', 'document-differs', 'taxed-by-netsuite', 'tax-above-price') and e.closed_at is null)
    select from posted`.execute(db);
  return rows.length === 1;
}

export async function setTranIds(db: Database, tranIds: ReadonlyMap<string, string>): Promise<void> {
  for (const [externalId, tranId] of tranIds)
    await db.updateTable('documents').set({ tran_id: tranId }).where('external_id', '=', externalId).execute();
}
