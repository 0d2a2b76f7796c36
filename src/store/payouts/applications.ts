/** What a payout applies: its share of each document; and the statement lines that prove its movements. */
import { sql } from 'kysely';
import type { Application } from '../../domain/payouts/plan-applications.ts';
import type { StatementLine } from '../../domain/matching/match-bank-line.ts';
import type { Database } from '../database.ts';

/** `cause`: its rows, or a person's decision about a difference. `payment` is the external id of the payment or refund that holds it. */
export interface StoredApplication extends Application {
  cause: 'rows' | 'decision';
  payment: string | null;
  applied: boolean;
}

/** Drops the shares planned by rows that no payment holds yet; those that one holds are never computed again. In the transaction that plans them anew. */
export async function dropPlannedApplications(tx: Database, connection: string, settlementId: string): Promise<void> {
  await tx
    .deleteFrom('applications')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('cause', '=', 'rows')
    .where('payment', 'is', null)
    .execute();
}

/** Plans the shares that rows give; those that stand already stay as they are. */
export async function planApplicationsOf(
  tx: Database,
  connection: string,
  settlementId: string,
  applications: readonly Application[],
): Promise<void> {
  if (applications.length === 0) return;
  await sql`
    insert into applications (connection, settlement_id, document, cause, kind, amount, payment, applied)
    select ${connection}, ${settlementId}, u.document, 'rows', u.kind, u.amount, null, false
    from unnest(${applications.map(({ document }) => document)}::text[], ${applications.map(({ kind }) => kind)}::text[], ${applications.map(({ amount }) => amount)}::bigint[]) as u(document, kind, amount)
    on conflict do nothing`.execute(tx);
}

/** Those of some documents that a payment of the settlement holds. */
export async function paidAmong(
  tx: Database,
  connection: string,
  settlementId: string,
  documents: readonly string[],
): Promise<Set<string>> {
  if (documents.length === 0) return new Set();
  const { rows } = await sql<{ document: string }>`
    select document from applications where connection = ${connection} and settlement_id = ${settlementId} and document = any(${documents}) and payment is not null`.execute(
    tx,
  );
  return new Set(rows.map(({ document }) => document));
}

export async function planApplication(
  db: Database,
  connection: string,
  settlementId: string,
  application: Application,
  cause: 'rows' | 'decision',
): Promise<void> {
  await db
    .insertInto('applications')
    .values({
      connection,
      settlement_id: settlementId,
      document: application.document,
      cause,
      kind: application.kind,
      amount: application.amount,
      payment: null,
      applied: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Drops what was planned for a document by its rows and no payment holds yet. */
export async function dropUnpaid(
  db: Database,
  connection: string,
  settlementId: string,
  document: string,
): Promise<void> {
  await db
    .deleteFrom('applications')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('document', '=', document)
    .where('payment', 'is', null)
    .execute();
}

export async function applicationsOf(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<StoredApplication[]> {
  const rows = await db
    .selectFrom('applications')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('document')
    .orderBy('cause', 'desc')
    .execute();
  return rows.map((row) => ({
    document: row.document,
    cause: row.cause,
    kind: row.kind,
    amount: row.amount,
    payment: row.payment,
    applied: row.applied,
  }));
}

/** What payments and refunds of all payouts hold of documents, posted or about to be. */
export async function paidOf(
  db: Database,
  connection: string,
  documents: readonly string[],
): Promise<Map<string, bigint>> {
  if (documents.length === 0) return new Map();
  const { rows } = await sql<{ document: string; amount: bigint }>`
    select document, sum(amount)::bigint as amount from applications
    where connection = ${connection} and document = any(${documents}) and payment is not null group by document`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.document, row.amount]));
}

/** Gives planned shares to the payment that holds them from now on. */
export async function assignPayment(
  db: Database,
  connection: string,
  settlementId: string,
  documents: readonly string[],
  payment: string,
): Promise<void> {
  await db
    .updateTable('applications')
    .set({ payment })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('document', 'in', documents)
    .where('payment', 'is', null)
    .execute();
}

export async function markApplied(db: Database, connection: string, payment: string): Promise<void> {
  await db
    .updateTable('applications')
    .set({ applied: true })
    .where('connection', '=', connection)
    .where('payment', '=', payment)
    .execute();
}

/** `number` by which people name it, `movement` whose line it is. */
export type StoredLine = StatementLine & { number: number; movement: string | null };

export async function bankLines(
  db: Database,
  connection: string,
  filter: { unmatched: boolean },
): Promise<StoredLine[]> {
  let query = db
    .selectFrom('bank_lines')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('date')
    .orderBy('line_key');
  if (filter.unmatched) query = query.where('movement', 'is', null);
  return (await query.execute()).map((row) => ({
    key: row.line_key,
    account: row.account as 'bank' | 'card',
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    description: row.description,
    transactionId: row.transaction_id,
    number: row.number,
    movement: row.movement,
  }));
}

/** Settlements that settle documents, by the external id of each. */
export async function settlementsOfDocuments(
  db: Database,
  connection: string,
  documents: readonly string[],
): Promise<Map<string, string[]>> {
  const settlements = new Map<string, string[]>();
  if (documents.length === 0) return settlements;
  const { rows } = await sql<{ document: string; settlement_id: string }>`
    select distinct document, settlement_id from applications where connection = ${connection} and document = any(${documents}) order by document, settlement_id`.execute(
    db,
  );
  for (const { document, settlement_id: settlementId } of rows)
    settlements.set(document, [...(settlements.get(document) ?? []), settlementId]);
  return settlements;
}
