/** How documents stand between their amount, what was settled and what was applied, and what people decided about it. */
import { sql } from 'kysely';
import { asShown } from '../../domain/documents/document-kinds.ts';
import { salesPurposeOf } from '../../domain/documents/document-plans.ts';
import { varianceJournal } from '../../domain/identifiers/settlement-key.ts';
import type { DifferenceChoice, DocumentStanding } from '../../domain/payouts/document-standing.ts';
import type { Database } from '../database.ts';
import type { SalesDocument } from '../documents/sales-documents.ts';

export interface SettledDifference {
  settlementId: string;
  document: string;
  ordinal: number;
  /** Number of its journal on `variance`, or of tax that is left on `sales-tax-payable`; null where nothing was booked. */
  number: number | null;
  choice: DifferenceChoice;
  /** Settled − total. */
  amount: bigint;
  by: string;
  why: string | null;
  audit: number;
  at: string;
}

/** Documents that a settlement touches: those that it pays, and those that its rows belong to, whatever they come to. */
export async function documentsTouched(db: Database, connection: string, settlementId: string): Promise<string[]> {
  const { rows } = await sql<{ document: string }>`
    select document from applications where connection = ${connection} and settlement_id = ${settlementId}
    union select document from settlement_rows where connection = ${connection} and settlement_id = ${settlementId} and document is not null order by document`.execute(
    db,
  );
  return rows.map((row) => row.document);
}

/** The other way about: settlements that touch a document. */
export async function settlementsTouching(db: Database, connection: string, document: string): Promise<string[]> {
  const { rows } = await sql<{ settlement_id: string }>`
    select settlement_id from applications where connection = ${connection} and document = ${document}
    union select settlement_id from settlement_rows where connection = ${connection} and document = ${document} order by settlement_id`.execute(
    db,
  );
  return rows.map((row) => row.settlement_id);
}

export async function standingsOf(
  db: Database,
  connection: string,
  documents: readonly SalesDocument[],
): Promise<Map<string, DocumentStanding>> {
  if (documents.length === 0) return new Map();
  const ids = documents.map((document) => document.externalId);
  const { rows } = await sql<{
    document: string;
    settled: bigint;
    applied: bigint;
    variance: bigint;
    left: bigint | null;
  }>`
    select document,
      coalesce((select sum(r.amount) from settlement_rows r where r.connection = ${connection} and r.document = known.document and r.booked = 'clearing'), 0)::bigint as settled,
      coalesce((select sum(a.amount) from applications a where a.connection = ${connection} and a.document = known.document), 0)::bigint as applied,
      coalesce((select sum(d.amount) from settled_differences d where d.connection = ${connection} and d.document = known.document and (d.choice = 'variance' or d.number is not null)), 0)::bigint as variance,
      (select d.amount from settled_differences d where d.connection = ${connection} and d.document = known.document and d.choice = 'leave' and d.number is null order by d.decided_at desc, d.ordinal desc limit 1) as "left"
    from unnest(${ids}::text[]) as known(document)`.execute(db);
  const byId = new Map(rows.map((row) => [row.document, row]));
  return new Map(
    documents.map((document) => {
      const { settled, applied, variance, left } = byId.get(document.externalId)!;
      return [
        document.externalId,
        { total: document.total, settled: asShown(document.purpose, settled), applied, variance, left },
      ];
    }),
  );
}

export async function differencesOf(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<SettledDifference[]> {
  const rows = await db
    .selectFrom('settled_differences')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('document')
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    document: row.document,
    ordinal: row.ordinal,
    number: row.number,
    choice: row.choice,
    amount: row.amount,
    by: row.decided_by,
    why: row.why,
    audit: row.audit,
    at: row.decided_at,
  }));
}

/** What was decided last about a document, in any of its payouts. */
export async function lastDecisionOn(
  db: Database,
  connection: string,
  document: string,
): Promise<Pick<SettledDifference, 'settlementId' | 'audit' | 'choice'> | null> {
  const row = await db
    .selectFrom('settled_differences')
    .select(['settlement_id', 'audit', 'choice'])
    .where('connection', '=', connection)
    .where('document', '=', document)
    .orderBy('decided_at', 'desc')
    .orderBy('ordinal', 'desc')
    .executeTakeFirst();
  return row ? { settlementId: row.settlement_id, audit: row.audit, choice: row.choice } : null;
}

export async function recordDifference(db: Database, connection: string, difference: SettledDifference): Promise<void> {
  await db
    .insertInto('settled_differences')
    .values({
      connection,
      settlement_id: difference.settlementId,
      document: difference.document,
      document_purpose: salesPurposeOf(difference.document),
      ordinal: difference.ordinal,
      number: difference.number,
      journal:
        difference.number === null ? null : varianceJournal(connection, difference.settlementId, difference.number),
      choice: difference.choice,
      amount: difference.amount,
      decided_by: difference.by,
      why: difference.why,
      audit: difference.audit,
      decided_at: difference.at,
    })
    .execute();
}
