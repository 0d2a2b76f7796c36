/** Splits as they are stored: with their document, in its transaction. */
import type { Split } from '../../domain/profit/split.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';

/** In the place of those that the document had; how many there are is kept beside it, so that one that is lost is missed. */
export async function saveSplits(
  tx: Database,
  document: string,
  splits: readonly Split[],
  isNew: boolean,
): Promise<void> {
  if (!isNew) await tx.deleteFrom('splits').where('document', '=', document).execute();
  for (const some of inBatches(splits.map((split, ordinal) => ({ split, ordinal }))))
    await tx
      .insertInto('splits')
      .values(
        some.map(({ split, ordinal }) => {
          const { line, sku, channel, marketplace, units } = split;
          const of = { document, ordinal, line, sku, channel, marketplace, units };
          return 'amount' in split
            ? { ...of, role: split.role, item: null, amount: split.amount }
            : { ...of, role: null, item: split.item, amount: null };
        }),
      )
      .execute();
  await tx.updateTable('documents').set({ splits: splits.length }).where('external_id', '=', document).execute();
}

export async function splitsOfDocument(db: Database, document: string): Promise<Split[]> {
  const rows = await db
    .selectFrom('splits')
    .select(['line', 'role', 'item', 'sku', 'channel', 'marketplace', 'amount', 'units'])
    .where('document', '=', document)
    .orderBy('ordinal')
    .execute();
  return rows.map(({ role, item, amount, units, ...whose }): Split =>
    role === null || amount === null ? { ...whose, item, units: units ?? 0 } : { ...whose, role, amount, units },
  );
}
