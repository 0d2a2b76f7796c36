/** What stops the documents of a marketplace's sales, and who waits for its end. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface Stop {
  /** Of the exception. */
  number: number;
  what: string;
}

/** What is asked for before a document of a sale or refund is sent. */
export interface StoppableDocument {
  /** Id of its marketplace. */
  marketplace: string;
  /** Key of the exception about how the marketplace's prices are read now. */
  pricesKey: string;
  externalId: string;
  workflowId: string;
}

/**
 * The first exception that stops it: its marketplace's prices are not proven, or NetSuite has taxed another document of the
 * marketplace. One that NetSuite has taxed itself is stopped by no other such one, since a person has mended it. `waits`:
 * whether its workflow is written down as waiting for any.
 */
export async function stopOfDocument(
  db: Database,
  connection: string,
  { marketplace, pricesKey, externalId, workflowId }: StoppableDocument,
): Promise<{ stop: Stop | null; waits: boolean }> {
  const { rows } = await sql<{ id: number | null; what: string | null; waits: boolean }>`
    with taxed as (
      select e.id, e.key, e.what, o.marketplace_id from exceptions e
      left join orders o on o.connection = e.connection and o.order_id = e.subject_id
      where e.connection = ${connection} and e.code = 'taxed-by-netsuite' and e.closed_at is null and e.subject_kind = 'order'),
    stops as (
      select id, what from exceptions where connection = ${connection} and code = 'prices-differ' and key = ${pricesKey} and closed_at is null
      union all select id, what from taxed where coalesce(marketplace_id, ${marketplace}) = ${marketplace} and not exists (select from taxed where key = ${externalId}))
    select s.id, s.what, exists (select from waits where connection = ${connection} and kind = 'exception' and workflow_id = ${workflowId}) as waits
    from (select) one left join (select id, what from stops order by id limit 1) s on true`.execute(db);
  const { id, what, waits } = rows[0]!;
  return { stop: id === null ? null : { number: id, what: what! }, waits };
}

/** Workflows that wait for an exception that has ended. */
export async function waitersOfEnded(db: Database, connection: string): Promise<string[]> {
  const { rows } = await sql<{ workflow_id: string }>`
    select distinct w.workflow_id from waits w join exceptions e on e.connection = w.connection and e.id::text = w.key
    where w.connection = ${connection} and w.kind = 'exception' and e.closed_at is not null order by w.workflow_id`.execute(
    db,
  );
  return rows.map(({ workflow_id: workflowId }) => workflowId);
}
