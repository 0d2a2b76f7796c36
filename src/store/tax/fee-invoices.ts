/** Amazon's invoices for fees, as people entered them, and the settled rows of fees. */
import { sql, type RawBuilder } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { BookedInvoice, FeeInvoice, Treatment } from '../../domain/tax/fee-invoices.ts';
import type { FeeRole, Role } from '../../domain/mapping/roles.ts';
import type { Database } from '../database.ts';

/** With who entered it, when, and under which number of the record. */
export interface EnteredInvoice extends BookedInvoice {
  by: string;
  at: Instant;
  audit: number;
}

/** @param document external id of its journal, null where it has none */
export async function storeInvoice(
  db: Database,
  connection: string,
  invoice: FeeInvoice,
  { document, by, at, audit }: { document: string | null; by: string; at: Instant; audit: number },
): Promise<void> {
  const { number, day, marketplace, jurisdiction, role, treatment, currency, net, tax } = invoice;
  const what = { number, day, marketplace, jurisdiction, role, treatment, currency, net, tax };
  await db
    .insertInto('fee_invoices')
    .values({ connection, ...what, document, decided_by: by, at, audit })
    .execute();
}

/** One transaction in which nobody else enters an invoice of the connection. */
export function aloneOnInvoices<T>(db: Database, connection: string, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`fee invoices ${connection}`}, 0))`.execute(tx);
    return work(tx);
  });
}

/** Numbers that only capitals tell apart are one: Amazon's hold no such two. */
export async function invoiceByNumber(
  db: Database,
  connection: string,
  number: string,
): Promise<EnteredInvoice | null> {
  return (await invoicesWhere(db, connection, sql`lower(f.number) = lower(${number})`))[0] ?? null;
}

/** Those of a period by their own day. */
export function invoicesOf(
  db: Database,
  connection: string,
  { from, to }: { from: Day; to: Day },
): Promise<EnteredInvoice[]> {
  return invoicesWhere(db, connection, sql`f.day between ${from} and ${to}`);
}

/** Those of a period by the day on which they are booked. */
export function invoicesBookedIn(
  db: Database,
  connection: string,
  { from, to }: { from: Day; to: Day },
): Promise<EnteredInvoice[]> {
  return invoicesWhere(db, connection, sql`coalesce(d.date, f.day) between ${from} and ${to}`);
}

/** Numbers of all that were entered. */
export async function invoiceNumbers(db: Database, connection: string): Promise<Set<string>> {
  const rows = await db.selectFrom('fee_invoices').select('number').where('connection', '=', connection).execute();
  return new Set(rows.map(({ number }) => number));
}

async function invoicesWhere(db: Database, connection: string, which: RawBuilder<unknown>): Promise<EnteredInvoice[]> {
  const { rows } = await sql<{
    number: string;
    day: Day;
    marketplace: string;
    jurisdiction: string;
    role: FeeRole;
    treatment: Treatment;
    currency: string;
    net: bigint;
    tax: bigint;
    booked: Day;
    posted: boolean;
    decided_by: string;
    at: Instant;
    audit: number;
  }>`
    select f.number, f.day, f.marketplace, f.jurisdiction, f.role, f.treatment, f.currency, f.net, f.tax,
      coalesce(d.date, f.day) as booked, f.document is null or coalesce(d.state = 'posted', false) as posted, f.decided_by, f.at, f.audit
    from fee_invoices f left join documents d on d.external_id = f.document
    where f.connection = ${connection} and ${which} order by f.day, f.number`.execute(db);
  return rows.map(({ decided_by: by, ...invoice }) => ({ ...invoice, by }));
}

/** Settled rows of these roles, by marketplace as the report names it, what they are called, and the quarter of an hour in which they were posted: a day of any zone begins with one. */
export async function settledFees(
  db: Database,
  connection: string,
  roles: readonly Role[],
  { after, before }: { after: Instant; before: Instant },
): Promise<
  {
    marketplaceName: string | null;
    currency: string;
    role: Role;
    transactionType: string;
    amountType: string;
    postedAt: Instant;
    amount: bigint;
  }[]
> {
  const { rows } = await sql<{
    marketplace_name: string | null;
    currency: string;
    role: Role;
    transaction_type: string;
    amount_type: string;
    quarter: string;
    amount: bigint;
  }>`
    select r.marketplace_name, s.currency, r.role, r.transaction_type, r.amount_type, 
      to_char(date_bin('15 minutes', r.posted_at, timestamptz '2000-01-01 00:00Z') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as quarter, sum(r.amount)::bigint as amount
    from settlement_rows r join settlements s on s.connection = r.connection and s.settlement_id = r.settlement_id
    where s.connection = ${connection} and s.period_end >= ${after} and s.period_start < ${before}
      and r.role = any(${[...roles]}) and r.posted_at >= ${after} and r.posted_at < ${before}
    group by r.marketplace_name, s.currency, r.role, r.transaction_type, r.amount_type, quarter`.execute(db);
  return rows.map((row) => ({
    marketplaceName: row.marketplace_name,
    currency: row.currency,
    role: row.role,
    transactionType: row.transaction_type,
    amountType: row.amount_type,
    postedAt: row.quarter,
    amount: row.amount,
  }));
}
