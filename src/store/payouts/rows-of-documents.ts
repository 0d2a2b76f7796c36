import type { Role } from '../../domain/mapping/roles.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import type { Database } from '../database.ts';

/** A row of a settlement report as evidence names it, with the document that owns it or is booked from it. */
export interface RowOfDocument {
  document: string;
  settlementId: string;
  line: number;
  postedAt: string;
  transactionType: string;
  amountType: string;
  amountDescription: string;
  orderId: string | null;
  sku: string | null;
  amount: bigint;
}

/** Rows that some documents own, and those that stand in some parts of journals; by document, in the order of the report. */
export async function rowsOfDocuments(
  db: Database,
  connection: string,
  owners: readonly string[],
  parts: readonly { document: string; settlementId: string; part: number }[],
): Promise<RowOfDocument[]> {
  const rows = db
    .selectFrom('settlement_rows')
    .select([
      'document',
      'settlement_id as settlementId',
      'line',
      'ordinal',
      'posted_at as postedAt',
      'transaction_type as transactionType',
      'amount_type as amountType',
      'amount_description as amountDescription',
      'order_id as orderId',
      'sku',
      'amount',
    ])
    .where('connection', '=', connection)
    .orderBy('settlement_id')
    .orderBy('line')
    .orderBy('ordinal');
  const found = owners.length === 0 ? [] : await rows.where('document', 'in', owners).execute();
  const owned = found.map(({ ordinal: _, document, ...row }) => ({ ...row, document: document! }));
  for (const { document, settlementId, part } of parts) {
    const booked = await rows.where('settlement_id', '=', settlementId).where('part', '=', part).execute();
    owned.push(...booked.map(({ ordinal: _, ...row }) => ({ ...row, document })));
  }
  return owned;
}

/** A row under the line of the report that it stands on, with what it means and who has it; roles as they are stored. */
export interface RowOnLine extends AmountKey {
  postedAt: string;
  orderId: string | null;
  sku: string | null;
  amount: bigint;
  role: Role | null;
  booked: Role | null;
  part: number | null;
  document: string | null;
}

/** Those of one line, of which some have several, as the report writes them. */
export async function rowsOnLine(
  db: Database,
  connection: string,
  settlementId: string,
  line: number,
): Promise<RowOnLine[]> {
  const rows = await db
    .selectFrom('settlement_rows')
    .select([
      'posted_at as postedAt',
      'transaction_type as transactionType',
      'amount_type as amountType',
      'amount_description as amountDescription',
      'order_id as orderId',
      'sku',
      'amount',
      'role',
      'booked',
      'part',
      'document',
    ])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('line', '=', line)
    .orderBy('ordinal')
    .execute();
  return rows.map(({ role, booked, ...row }) => ({ ...row, role: role as Role | null, booked: booked as Role | null }));
}
