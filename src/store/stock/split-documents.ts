/** A document of which only some lines may go becomes two, and what its lines answer goes with them. */
import { sql } from 'kysely';
import { externalIdOf, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import type { SplitDocument } from '../../domain/stock/short-lines.ts';
import type { Database } from '../database.ts';
import { loadDocument, type StoredDocument } from '../documents/documents.ts';
import { factToJson } from '../fact-json.ts';
import { replaceSplits } from '../profit/write-splits.ts';
import { forgetFound } from './planning-inputs.ts';
import { planStockDocuments } from './stock-documents.ts';

/** Of a business key. */
export async function lastPart(
  tx: Database,
  { connection, purpose, businessKey }: Omit<DocumentKey, 'part'>,
): Promise<number> {
  const last = await tx
    .selectFrom('documents')
    .select(({ fn }) => fn.max('part').as('part'))
    .where('connection', '=', connection)
    .where('purpose', '=', purpose)
    .where('business_key', '=', businessKey)
    .executeTakeFirst();
  return last?.part ?? 0;
}

/**
 * False, and nothing is changed, where another attempt has gone on with the document meanwhile.
 * @param refused why what is left cannot go: counted as an attempt that NetSuite refused, so that whoever has read the document
 * before can claim it no more. Null: nobody was to send it
 */
export async function saveSplit(
  tx: Database,
  { externalId, attempt, state, key, currency }: StoredDocument,
  { ahead, left, lines }: SplitDocument,
  refused: string | null,
): Promise<boolean> {
  const kept = await tx
    .updateTable('documents')
    .set({
      plan: sql`jsonb_set(plan, '{lines}', ${factToJson(left)}::jsonb)`,
      ...(refused === null ? {} : { state: 'rejected' as const, attempt: attempt + 1, failure: refused }),
    })
    .where('external_id', '=', externalId)
    .where('attempt', '=', attempt)
    .where('state', '=', state)
    .executeTakeFirst();
  if (kept.numUpdatedRows !== 1n) return false;
  await planStockDocuments(tx, [ahead], currency);
  const moved = sql`(values ${sql.join(
    lines.map(({ document, line }, index) => sql`(${index}::int, ${document}::text, ${line}::int)`),
  )}) as moved (before, document, line)`;
  const { connection } = key;
  await sql`update stock_answers a set document = moved.document, line = moved.line from ${moved}
    where a.connection = ${connection} and a.kind = 'document' and a.document = ${externalId} and a.line = moved.before`.execute(
    tx,
  );
  await sql`update stock_offsets o set document = moved.document, line = moved.line from ${moved}
    where o.connection = ${connection} and o.document = ${externalId} and o.line = moved.before`.execute(tx);
  await sql`update stock_offsets o set against_document = moved.document, against_line = moved.line from ${moved}
    where o.connection = ${connection} and o.against_document = ${externalId} and o.against_line = moved.before`.execute(
    tx,
  );
  for (const part of [externalId, externalIdOf(ahead.key)]) await replaceSplits(tx, (await loadDocument(tx, part))!);
  await forgetFound(tx, connection);
  return true;
}
