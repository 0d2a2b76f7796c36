/** Documents whose splits are not all there are split by what is stored of them, by the same rules: of before there were any, once. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { loadDocument } from '../documents/documents.ts';
import { isUnsplit, unsplit } from './profit-facts.ts';
import { replaceSplits } from './write-splits.ts';

const AT_ONCE = 200;

/** Of a month; a batch at a time, each in one transaction. Returns how many. */
export async function splitWhatIsNot(db: Database, connection: string, from: string, to: string): Promise<number> {
  for (let count = 0; ;) {
    const next = await unsplit(db, connection, from, to, AT_ONCE);
    if (next.length === 0) return count;
    await db.transaction().execute(async (tx) => {
      for (const { externalId, reverses } of next) {
        // What it takes back may be of another month.
        if (reverses !== null) await splitUnlessDone(tx, reverses);
        await splitUnlessDone(tx, externalId);
      }
    });
    count += next.length;
  }
}

/** The row is held, so that two at once do it once. */
async function splitUnlessDone(tx: Database, externalId: string): Promise<void> {
  const { rows } =
    await sql`select from documents d where d.external_id = ${externalId} and ${isUnsplit} for update`.execute(tx);
  if (rows.length > 0) await replaceSplits(tx, (await loadDocument(tx, externalId))!);
}
