/** Counters that were planned and not sent, of movements that NetSuite has no longer. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';
import { forgetDocuments } from '../documents/forget-documents.ts';
import { forgetFound } from './planning-inputs.ts';

/**
 * Drops them, since there is nothing left to counter, and NetSuite would refuse one that posts on the account of what is
 * gone. What takes a counter back that stands alone stays. What else of their movement stands is planned anew. A difference of a document of ours (its lines are numbered below
 * zero) and one of documents before the opening have no line that could be gone. Returns how many were dropped.
 */
export async function withdrawCounters(tx: Database, connection: string, at: Instant): Promise<number> {
  const { rows } = await sql<{ externalId: string }>`
    select d.external_id as "externalId" from documents d
    where d.connection = ${connection} and (d.state = 'rejected' or (d.state = 'planned' and d.attempt = 0))
      and not exists (select 1 from stock_answers a where a.connection = d.connection and a.document = d.external_id)
      and exists (select 1 from stock_offsets o where o.connection = d.connection and o.document = d.external_id
        and o.against_document ~ '^[0-9]+$' and o.against_line >= 0
        and not exists (select 1 from netsuite_movements m where m.connection = o.connection
          and m.netsuite_id = o.against_document and m.line = o.against_line)
        and o.units * coalesce((select sum(p.units) from stock_offsets p
          join documents posted on posted.external_id = p.document and posted.state = 'posted'
          where p.connection = o.connection and p.against_document = o.against_document and p.against_line = o.against_line
            and p.pool = o.pool and p.place = o.place and p.item = o.item), 0) >= 0)
    for update of d`.execute(tx);
  const gone = rows.map(({ externalId }) => externalId);
  if (gone.length === 0) return 0;
  await forgetDocuments(tx, gone, at);
  await tx.deleteFrom('stock_offsets').where('connection', '=', connection).where('document', 'in', gone).execute();
  await tx.deleteFrom('stock_document_notes').where('external_id', 'in', gone).execute();
  await forgetFound(tx, connection);
  return gone.length;
}
