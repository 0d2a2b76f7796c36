/** How far a payout has come, for those who watch it. */
import { sql } from 'kysely';
import type { Role } from '../../domain/mapping/roles.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import type { Database } from '../database.ts';
import { documentsOfSettlement } from '../documents/documents.ts';

export interface PayoutProgress {
  /** Sums of the rows by role; empty until every row has one. */
  sums: Map<Role, bigint>;
  journal: { posted: boolean; debits: bigint[] };
  applied: { invoices: number; creditMemos: number; planned: number };
}

export async function payoutProgress(db: Database, connection: string, settlementId: string): Promise<PayoutProgress> {
  const roles = await db
    .selectFrom('settlement_rows')
    .select(['role', sql<bigint>`sum(amount)::bigint`.as('amount')])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .groupBy('role')
    .execute();
  const journal = unreversed(
    (await documentsOfSettlement(db, connection, settlementId)).filter((document) => isKind(document, 'JE')),
  );
  const applied = await sql<{ invoices: bigint; memos: bigint; planned: bigint }>`
    select count(*) filter (where kind = 'PAY' and applied) as invoices, count(*) filter (where kind = 'RFD' and applied) as memos, count(*) as planned
    from applications where connection = ${connection} and settlement_id = ${settlementId}`.execute(db);
  const { invoices, memos, planned } = applied.rows[0]!;
  return {
    sums: roles.some((row) => row.role === null)
      ? new Map()
      : new Map(roles.map((row) => [row.role as Role, row.amount])),
    journal: {
      posted: journal.length > 0 && journal.every((part) => part.state === 'posted'),
      debits: journal.map((part) => part.total),
    },
    applied: { invoices: Number(invoices), creditMemos: Number(memos), planned: Number(planned) },
  };
}
