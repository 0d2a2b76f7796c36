/** All that the store knows of one order, for its page in the terminal. Reads only. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { documentsOfOrder, type StoredDocument } from '../documents/documents.ts';
import { openExceptions } from '../exceptions/exceptions.ts';
import { loadOrder, type StoredOrder } from './orders.ts';
import { loadShipments } from './shipments.ts';
import { loadRefunds } from './refunds.ts';

/** What one payout settles of the order: rows on its documents, and the bank line of the payout once it is known. */
export interface OrderSettled {
  settlementId: string;
  state: string;
  firstRow: string;
  rows: number;
  amount: bigint;
  currency: string;
  bankDate: string | null;
  bankAmount: bigint | null;
}

/** What the payouts have applied to one of its documents. */
export interface OrderApplied {
  document: string;
  amount: bigint;
}

export interface OrderStatus {
  orderId: string;
  /** Null for an order that is known by a refund or a settlement alone. */
  order: StoredOrder | null;
  documents: StoredDocument[];
  shipments: number;
  refunds: number;
  /** Refunds that Finances told and that are claims, which the journals of their settlements own. */
  claims: { postedAt: string; settlementId: string }[];
  settled: OrderSettled[];
  applied: OrderApplied[];
  exceptions: { id: number; code: string; what: string }[];
}

/** Null when neither Amazon, NetSuite nor a settlement named the order. */
export async function orderStatus(db: Database, connection: string, orderId: string): Promise<OrderStatus | null> {
  const [order, documents, shipments, refunds, settled, open] = await Promise.all([
    loadOrder(db, connection, orderId),
    documentsOfOrder(db, connection, orderId),
    loadShipments(db, connection, orderId),
    loadRefunds(db, connection, orderId),
    settledBy(db, connection, orderId),
    openExceptions(db, connection),
  ]);
  const externalIds = documents.map((document) => document.externalId);
  const exceptions = open.filter(
    ({ subject, key }) => (subject.kind === 'order' && subject.id === orderId) || externalIds.includes(key),
  );
  if ([documents, refunds, settled, exceptions].every(({ length }) => length === 0) && order === null) return null;
  return {
    orderId,
    order,
    documents,
    shipments: shipments.length,
    refunds: refunds.length,
    settled,
    claims: refunds.flatMap(({ fact, claim }) =>
      claim === null ? [] : [{ postedAt: fact.postedAt, settlementId: claim.settlementId }],
    ),
    applied: await appliedTo(db, connection, externalIds),
    exceptions: exceptions.map(({ id, code, evidence }) => ({ id, code, what: evidence.what })),
  };
}

async function settledBy(db: Database, connection: string, orderId: string): Promise<OrderSettled[]> {
  const { rows } = await sql<{
    settlement_id: string;
    state: string;
    first_row: string;
    rows: bigint;
    amount: bigint;
    currency: string;
    bank_date: string | null;
    bank_amount: bigint | null;
  }>`
    select r.settlement_id, s.state, min(r.posted_at) as first_row, count(*) as rows, sum(r.amount)::bigint as amount, s.currency, m.date as bank_date, m.amount as bank_amount
    from settlement_rows r join settlements s using (connection, settlement_id)
    left join movements m on m.connection = s.connection and m.settlement_id = s.settlement_id and m.kind = 'payout' and m.date is not null
    where r.connection = ${connection} and r.order_id = ${orderId}
    group by r.settlement_id, s.state, s.currency, m.date, m.amount order by min(r.posted_at), r.settlement_id`.execute(
    db,
  );
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    state: row.state,
    firstRow: row.first_row,
    rows: Number(row.rows),
    amount: row.amount,
    currency: row.currency,
    bankDate: row.bank_date,
    bankAmount: row.bank_amount,
  }));
}

async function appliedTo(db: Database, connection: string, externalIds: readonly string[]): Promise<OrderApplied[]> {
  if (externalIds.length === 0) return [];
  const rows = await db
    .selectFrom('applications')
    .select(['document', sql<bigint>`sum(amount)::bigint`.as('amount')])
    .where('connection', '=', connection)
    .where('document', 'in', externalIds)
    .where('applied', '=', true)
    .groupBy('document')
    .orderBy('document')
    .execute();
  return rows.map((row) => ({ document: row.document, amount: row.amount }));
}
