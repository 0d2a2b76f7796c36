/** The settlement rows behind a line of a posted document. Reads only. */
import { sql, type RawBuilder } from 'kysely';
import { PAYOUT_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import type { Database } from '../database.ts';

/** Which rows of a settlement: those that a journal part books on a role (of some marketplaces, null for rows of none), those of a meaning (and an amount), those of one document, or all. */
export type RowsOf =
  | { part: number; booked: Role; marketplaces?: (string | null)[] }
  | { meaning: Role; amount?: bigint }
  | { document: string }
  | 'all';

export interface KeyedRows {
  key: AmountKey;
  role: Role | null;
  booked: Role | null;
  rows: number;
  amount: bigint;
}
export interface RowBehind {
  line: number;
  ordinal: number;
  postedAt: string;
  orderId: string | null;
  sku: string | null;
  key: AmountKey;
  amount: bigint;
}

/** Rows by key and meaning, in the order in which the keys first stand in the report. */
export async function keysBehind(
  db: Database,
  connection: string,
  settlementId: string,
  which: RowsOf,
): Promise<KeyedRows[]> {
  const { rows } = await sql<{
    transaction_type: string;
    amount_type: string;
    amount_description: string;
    role: string | null;
    booked: string | null;
    rows: bigint;
    amount: bigint;
  }>`
    select transaction_type, amount_type, amount_description, role, booked, count(*) as rows, sum(amount)::bigint as amount
    from settlement_rows where connection = ${connection} and settlement_id = ${settlementId} and ${condition(which)}
    group by transaction_type, amount_type, amount_description, role, booked order by min(line), min(ordinal)`.execute(
    db,
  );
  return rows.map((row) => ({
    key: {
      transactionType: row.transaction_type,
      amountType: row.amount_type,
      amountDescription: row.amount_description,
    },
    role: row.role as Role | null,
    booked: row.booked as Role | null,
    rows: Number(row.rows),
    amount: row.amount,
  }));
}

/** The rows themselves, in the order of the report. */
export async function rowsBehind(
  db: Database,
  connection: string,
  settlementId: string,
  which: RowsOf,
): Promise<RowBehind[]> {
  const { rows } = await sql<{
    line: number;
    ordinal: number;
    posted_at: string;
    order_id: string | null;
    sku: string | null;
    transaction_type: string;
    amount_type: string;
    amount_description: string;
    amount: bigint;
  }>`
    select line, ordinal, posted_at, order_id, sku, transaction_type, amount_type, amount_description, amount
    from settlement_rows where connection = ${connection} and settlement_id = ${settlementId} and ${condition(which)} order by line, ordinal`.execute(
    db,
  );
  return rows.map((row) => ({
    line: row.line,
    ordinal: row.ordinal,
    postedAt: row.posted_at,
    orderId: row.order_id,
    sku: row.sku,
    key: {
      transactionType: row.transaction_type,
      amountType: row.amount_type,
      amountDescription: row.amount_description,
    },
    amount: row.amount,
  }));
}

function condition(which: RowsOf): RawBuilder<unknown> {
  if (which === 'all') return sql`true`;
  if ('meaning' in which)
    return which.amount === undefined
      ? sql`role = ${which.meaning}`
      : sql`role = ${which.meaning} and amount = ${which.amount}`;
  if ('document' in which) return sql`document = ${which.document}`;
  const ofRole = sql`part = ${which.part} and booked = ${which.booked}`;
  if (which.marketplaces === undefined) return ofRole;
  const named = which.marketplaces.filter((name) => name !== null);
  return sql`${ofRole} and (marketplace_name = any(${named}::text[])${which.marketplaces.includes(null) ? sql` or marketplace_name is null` : sql``})`;
}

/** External ids of a settlement's documents that can be explained, to show what there is. */
export async function explainableDocuments(db: Database, connection: string): Promise<string[]> {
  const rows = await db
    .selectFrom('documents')
    .select('external_id')
    .where('connection', '=', connection)
    .where('purpose', 'in', PAYOUT_PURPOSES)
    .orderBy('date', 'desc')
    .orderBy('external_id')
    .limit(50)
    .execute();
  return rows.map((row) => row.external_id);
}
