/** What NetSuite said of a document of stock besides taking it. */
import type { Database } from '../database.ts';

export interface DocumentNote {
  externalId: string;
  /** NetSuite refused it for want of units, the last time it was sent. */
  short: boolean;
  /** Of a receipt: whether units rose at its location; null before that was looked at. */
  restocked: boolean | null;
}

export async function noteDocument(
  db: Database,
  connection: string,
  { externalId, ...note }: Pick<DocumentNote, 'externalId'> & Partial<DocumentNote>,
): Promise<void> {
  await db
    .insertInto('stock_document_notes')
    .values({ connection, external_id: externalId, ...note })
    .onConflict((conflict) => conflict.column('external_id').doUpdateSet(note))
    .execute();
}

export async function loadDocumentNotes(db: Database, connection: string): Promise<DocumentNote[]> {
  const rows = await db.selectFrom('stock_document_notes').selectAll().where('connection', '=', connection).execute();
  return rows.map(({ external_id: externalId, short, restocked }) => ({ externalId, short, restocked }));
}

/** Whether it is a receipt of which NetSuite raised no units. */
export function neverRose(notes: readonly DocumentNote[], externalId: string): boolean {
  return notes.some((note) => note.externalId === externalId && note.restocked === false);
}
