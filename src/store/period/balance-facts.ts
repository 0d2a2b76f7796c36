/** What our documents put on accounts, for the balances of a month: sums where their totals say it, plans where those do. */
import { sql } from 'kysely';
import {
  POSTS_BY_PLAN,
  SALES_PURPOSES,
  SETTLING_PURPOSES,
  type Purpose,
} from '../../domain/documents/document-kinds.ts';
import type { Day } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';
import { storedDocumentsOf, type StoredDocument } from '../documents/documents.ts';

/** Posted documents of sales and of what settles them, summed by month. */
export interface TotalsOfMonth {
  purpose: Purpose;
  currency: string;
  period: string;
  total: bigint;
  /** Day of the first. */
  first: Day;
}

export async function totalsByMonth(db: Database, connection: string, until: Day): Promise<TotalsOfMonth[]> {
  const { rows } = await sql<TotalsOfMonth>`
    select purpose, currency, to_char(date, 'YYYY-MM') as period, sum(total)::bigint as total, min(date) as first
    from documents where connection = ${connection} and state = 'posted' and date <= ${until}
      and purpose = any(${[...SALES_PURPOSES, ...SETTLING_PURPOSES]})
    group by purpose, currency, to_char(date, 'YYYY-MM') order by 3, 1, 2`.execute(db);
  return rows;
}

/** Posted journals, deposits and charges up to a day, with their plans. */
export async function journalsUntil(db: Database, connection: string, until: Day): Promise<StoredDocument[]> {
  return storedDocumentsOf(db, connection, { purposes: POSTS_BY_PLAN, until, state: 'posted' });
}

/** Posted adjustments of stock up to a day that stand on the account of a role, or on that of an adjustment that they counter. */
export async function adjustmentsUntil(
  db: Database,
  connection: string,
  { roles, until }: { roles: readonly string[]; until: Day },
): Promise<{ externalId: string; date: Day }[]> {
  const { rows } = await sql<{ externalId: string; date: Day }>`
    select external_id as "externalId", date from documents
    where connection = ${connection} and state = 'posted' and purpose = 'ADJ' and date <= ${until}
      and (plan->>'role' = any(${[...roles]}) or plan->>'accountOf' is not null) order by external_id`.execute(db);
  return rows;
}

/** Invoices and credit memos that are not paid off as of a day; `left` is positive on the document's own side. */
export async function openSales(
  db: Database,
  connection: string,
  until: Day,
): Promise<{ externalId: string; purpose: Purpose; currency: string; date: Day; left: bigint }[]> {
  const { rows } = await sql<{ external_id: string; purpose: Purpose; currency: string; date: string; left: bigint }>`
    select d.external_id, d.purpose, d.currency, d.date, (d.total - coalesce(p.paid, 0))::bigint as left
    from documents d left join lateral (
      select sum(a.amount) as paid from applications a join documents p on p.external_id = a.payment
      where a.connection = d.connection and a.document = d.external_id and p.state = 'posted' and p.date <= ${until}) p on true
    where d.connection = ${connection} and d.state = 'posted' and d.date <= ${until} and d.purpose = any(${SALES_PURPOSES})
      and d.total <> coalesce(p.paid, 0) order by d.date, d.external_id`.execute(db);
  return rows.map(({ external_id: externalId, ...row }) => ({ externalId, ...row }));
}

/** By settlement, currency and month what payments and refunds of it came to, up to a day. */
export async function settledBySettlement(
  db: Database,
  connection: string,
  until: Day,
): Promise<{ settlementId: string; purpose: Purpose; currency: string; total: bigint; first: Day }[]> {
  const { rows } = await sql<{ settlement_id: string; purpose: Purpose; currency: string; total: bigint; first: Day }>`
    select coalesce(settlement_id, business_key) as settlement_id, purpose, currency, sum(total)::bigint as total, min(date) as first
    from documents where connection = ${connection} and state = 'posted' and date <= ${until} and purpose = any(${SETTLING_PURPOSES})
    group by 1, 2, 3, to_char(date, 'YYYY-MM') order by 1, 2, 3, 5`.execute(db);
  return rows.map(({ settlement_id: settlementId, ...row }) => ({ settlementId, ...row }));
}

/** Documents booked after a month whose own day lies in it. */
export async function lateDocuments(
  db: Database,
  connection: string,
  from: Day,
  to: Day,
): Promise<{ document: string; day: Day; bookedOn: Day; currency: string; amount: bigint }[]> {
  const { rows } = await sql<{ document: string; day: Day; bookedOn: Day; currency: string; amount: bigint }>`
    select external_id as document, true_day as day, date as "bookedOn", currency, total as amount from documents
    where connection = ${connection} and state = 'posted' and true_day >= ${from} and true_day <= ${to} and date > ${to}
    order by external_id`.execute(db);
  return rows;
}
