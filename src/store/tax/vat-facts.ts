/** What documents and claims say of tax, for the VAT report. */
import { ordersLeftAlone } from '../payouts/sales-of-settlement.ts';
import { sql, type RawBuilder } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { StandingPart } from '../../domain/tax/claims-from-rows.ts';
import type { ItemTax } from '../../domain/tax/tax-policy.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import type { TaxOfMonth } from '../../domain/tax/vat-month.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';
import { journalledIn, partsAround, type Period } from './claim-taxes.ts';
import { loadVatReport } from './vat-reports.ts';
import { movesIn, movesOfOrders, type DecidedMove } from './tax-moves.ts';

/** What is booked in a period, posted or not: documents, moves, claims, and of the claims' orders their documents and moves. */
export async function vatFactsOfMonth(db: Database, connection: string, period: Period): Promise<TaxOfMonth> {
  const journalled = await journalledIn(db, connection, period);
  const claimed = [...new Set(journalled.rows.map(({ orderId }) => orderId))];
  return {
    documents: await vatFactsIn(db, connection, period),
    moves: await movesIn(db, connection, period),
    journalled,
    sold: await vatFactsOfOrders(db, connection, claimed),
    soldMoves: await movesOfOrders(db, connection, claimed),
  };
}

function vatFactsIn(db: Database, connection: string, { from, to }: Period): Promise<VatFact[]> {
  return vatFactsWhere(db, connection, sql`d.date between ${from} and ${to}`);
}

/** Of all documents of some orders. */
export async function vatFactsOfOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<VatFact[]> {
  const found: VatFact[] = [];
  for (const batch of inBatches(orderIds))
    found.push(...(await vatFactsWhere(db, connection, sql`d.order_id = any(${[...batch]})`)));
  return found;
}

/**
 * What stands beside a month's facts and Amazon's rows of it: the rows of the month after, all documents of the orders that the rows
 * name, and all moves of both.
 */
export async function vatFactsAround(
  db: Database,
  connection: string,
  { after, facts, rows }: { after: string; facts: readonly VatFact[]; rows: readonly AmazonVatRow[] },
): Promise<{ next: AmazonVatRow[] | null; ofOrders: VatFact[]; moves: DecidedMove[]; leftAlone: Set<string> }> {
  const told = [...new Set(rows.map(({ orderId }) => orderId))];
  const all = [...new Set([...told, ...facts.map(({ orderId }) => orderId)])];
  return {
    next: (await loadVatReport(db, connection, after))?.rows ?? null,
    ofOrders: await vatFactsOfOrders(db, connection, told),
    moves: await movesOfOrders(db, connection, all),
    leftAlone: await ordersLeftAlone(db, connection, { orderIds: told }),
  };
}

/** Of documents that settlements which end in a window settle. */
export function vatFactsSettled(
  db: Database,
  connection: string,
  { after, before }: { after: Instant; before: Instant },
): Promise<VatFact[]> {
  return vatFactsWhere(
    db,
    connection,
    sql`exists (select 1 from applications a join settlements s on s.connection = a.connection and s.settlement_id = a.settlement_id
      where a.connection = d.connection and a.document = d.external_id and s.period_end between ${after} and ${before})`,
  );
}

/**
 * The plan of a refund names a return authorisation, be it null: that of a sale has no such word. A correction is of what the
 * document is of that it corrects.
 */
async function vatFactsWhere(db: Database, connection: string, which: RawBuilder<unknown>): Promise<VatFact[]> {
  const { rows } = await sql<{
    external_id: string;
    purpose: string;
    order_id: string;
    currency: string;
    date: Day;
    posted: boolean;
    refund: boolean;
    taxes: unknown;
  }>`
    select d.external_id, d.purpose, d.order_id, d.currency, d.date, d.state = 'posted' as posted,
      jsonb_exists(coalesce((select c.plan from documents c where c.external_id = d.plan ->> 'corrects'), d.plan), 'returnAuthorisation') as refund,
      d.plan -> 'taxes' as taxes
    from documents d where d.connection = ${connection} and d.purpose = any(${SALES_PURPOSES}) and ${which} and jsonb_exists(d.plan, 'taxes')
    order by d.date, d.external_id`.execute(db);
  return rows.flatMap((row) =>
    factFromJson<ItemTax[]>(row.taxes).map((tax) => ({
      ...tax,
      document: row.external_id,
      type: row.purpose === 'CM' ? ('credit memo' as const) : ('invoice' as const),
      event: row.refund ? ('refund' as const) : ('sale' as const),
      orderId: row.order_id,
      currency: row.currency,
      day: row.date,
      posted: row.posted,
    })),
  );
}

/** Instant at which the first settlement that settles a document ends, by document. */
export async function settledAt(
  db: Database,
  connection: string,
  documents: readonly string[],
): Promise<Map<string, Instant>> {
  const found = new Map<string, Instant>();
  for (const batch of inBatches(documents)) {
    const { rows } = await sql<{ document: string; ended: Instant }>`
      select a.document, min(s.period_end) as ended from applications a join settlements s on s.connection = a.connection and s.settlement_id = a.settlement_id
      where a.connection = ${connection} and a.document = any(${[...batch]}) group by a.document`.execute(db);
    for (const { document, ended } of rows) found.set(document, ended);
  }
  return found;
}

/** Settlements whose journal is booked in a period with its last part, which has the tax of sales that no document carries. */
export async function settlementsWithTaxIn(db: Database, connection: string, period: Period): Promise<string[]> {
  const last = new Map<string, StandingPart>();
  for (const part of await partsAround(db, connection, period))
    if (part.part > (last.get(part.settlementId)?.part ?? 0)) last.set(part.settlementId, part);
  return [...last.values()]
    .filter(({ day }) => day >= period.from && day <= period.to)
    .map(({ settlementId }) => settlementId)
    .sort();
}
