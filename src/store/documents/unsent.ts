/** Documents that are written down and were never sent: nothing of them is in NetSuite, so they may still be another. */
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import type { Database } from '../database.ts';
import { factToJson } from '../fact-json.ts';
import { inTransaction } from '../in-transaction.ts';
import { replaceSplits } from '../profit/write-splits.ts';
import { planDocument, type DocumentIntent, type StoredDocument } from './documents.ts';

/** A document that was never sent takes the days of the one that it follows. */
export async function redateUnsent(
  db: Database,
  externalId: string,
  { date, trueDay }: Pick<StoredDocument, 'date' | 'trueDay'>,
): Promise<void> {
  await db
    .updateTable('documents')
    .set({ date, true_day: trueDay })
    .where('external_id', '=', externalId)
    .where('state', '=', 'planned')
    .where('attempt', '=', 0)
    .execute();
}

/** Writes an intent down; what is there and was never sent becomes it, with its splits. */
export async function planUnsentAnew(db: Database, intent: DocumentIntent): Promise<StoredDocument> {
  const { date, trueDay = null, currency, total, plan } = intent;
  return inTransaction(db, async (tx) => {
    const changed = await tx
      .updateTable('documents')
      .set({ date, true_day: trueDay, currency, total, plan: factToJson(plan) })
      .where('external_id', '=', externalIdOf(intent.key))
      .where('state', '=', 'planned')
      .where('attempt', '=', 0)
      .executeTakeFirst();
    if (changed.numUpdatedRows > 0n) await replaceSplits(tx, intent);
    return planDocument(tx, intent);
  });
}

/** Of some documents, those that were never sent are forgotten. */
export async function forgetUnsent(db: Database, externalIds: readonly string[]): Promise<void> {
  await db
    .deleteFrom('documents')
    .where('external_id', 'in', externalIds)
    .where('state', '=', 'planned')
    .where('attempt', '=', 0)
    .execute();
}
