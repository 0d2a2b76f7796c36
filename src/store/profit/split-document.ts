/** The splits of one document, by its kind, from what the store has of it. Reads only. */
import { sql } from 'kysely';
import { hasPlan, isKind, refundPlanOf, type Planned, type PlannedAs } from '../../domain/documents/document-plans.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { parseSettlementKey } from '../../domain/identifiers/settlement-key.ts';
import type { SalesOrderPlan } from '../../domain/orders/sales-order.ts';
import { splitAccrual } from '../../domain/profit/split-accrual.ts';
import { JournalSplitter, splitLines } from '../../domain/profit/split-journal.ts';
import { splitSale } from '../../domain/profit/split-sale.ts';
import { splitFulfilment, splitStock, type RowOfLine } from '../../domain/profit/split-stock.ts';
import { isProfitRole, negated, type AmountSplit, type Split } from '../../domain/profit/split.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { rowsBehindPart } from './journal-rows.ts';
import { saleFactsOf, standingOfOrder } from './order-facts.ts';
import { splitsOfDocument } from './splits.ts';

export type SplitDocument = Planned & { orderId: string | null; settlementId: string | null };

/** What posts on no account of income or cost has none. */
export async function splitDocument(db: Database, document: SplitDocument): Promise<Split[]> {
  const { connection } = document.key;
  if (hasPlan(document, 'bill') || hasPlan(document, 'credit')) {
    const refundKey = refundPlanOf(document) === null ? null : document.key.businessKey;
    return splitSale(document, await saleFactsOf(db, connection, document.orderId ?? '', refundKey));
  }
  if (hasPlan(document, 'fulfilment')) {
    const { channel, marketplace } = await standingOfOrder(db, connection, document.plan.orderId);
    const ordered = await linesOfOrder(db, connection, document.plan.orderId);
    return splitFulfilment(document.plan, { channel, marketplace, ordered });
  }
  if (hasPlan(document, 'adjustment') || hasPlan(document, 'receipt'))
    return splitStock(document.plan.lines, await rowsOfLines(db, connection, externalIdOf(document.key)));
  if (hasPlan(document, 'accrual'))
    return document.plan.reverses === undefined ? splitAccrual(document.plan) : reversed(db, document.plan.reverses);
  if (hasPlan(document, 'journal')) return splitJournal(db, document);
  return hasPlan(document, 'tax-journal') ? splitLines(document.plan.lines) : [];
}

async function splitJournal(
  db: Database,
  document: PlannedAs<'journal'> & Pick<SplitDocument, 'settlementId'>,
): Promise<AmountSplit[]> {
  const { plan, key, settlementId } = document;
  const { connection } = key;
  if (!plan.lines.some(({ role }) => isProfitRole(role))) return [];
  if (plan.reverses !== undefined) return reversed(db, plan.reverses);
  const entry = isKind(document, 'JE') ? parseSettlementKey(key.businessKey) : null;
  if (entry?.kind === 'revision' && settlementId !== null) {
    const splitter = new JournalSplitter(plan.lines);
    for await (const rows of rowsBehindPart(db, { connection, settlementId, part: plan.part })) splitter.add(rows);
    return splitter.finish();
  }
  const orderId = await orderOfVariance(db, connection, externalIdOf(key));
  return orderId === null
    ? splitLines(plan.lines)
    : splitLines(plan.lines, await standingOfOrder(db, connection, orderId));
}

async function reversed(db: Database, document: string): Promise<AmountSplit[]> {
  return negated((await splitsOfDocument(db, document)).filter((split): split is AmountSplit => 'amount' in split));
}

/** The order of the document that was settled for another amount, where a journal puts that on `variance`. */
async function orderOfVariance(db: Database, connection: string, journal: string): Promise<string | null> {
  const row = await db
    .selectFrom('settled_differences as s')
    .innerJoin('documents as d', 'd.external_id', 's.document')
    .select('d.order_id')
    .where('s.connection', '=', connection)
    .where('s.journal', '=', journal)
    .executeTakeFirst();
  return row?.order_id ?? null;
}

async function linesOfOrder(db: Database, connection: string, orderId: string): Promise<SalesOrderPlan['lines']> {
  const row = await db
    .selectFrom('documents')
    .select('plan')
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .where('purpose', '=', 'SO')
    .executeTakeFirst();
  return row === undefined ? [] : factFromJson<SalesOrderPlan>(row.plan).lines;
}

/** Rows of Amazon's ledger that the lines of a document answer. */
async function rowsOfLines(db: Database, connection: string, document: string): Promise<RowOfLine[]> {
  const { rows } = await sql<RowOfLine>`
    select a.line + 1 as line, r.sku, sum(a.units)::int as units
    from stock_answers a join ledger_rows r on r.connection = a.connection and r.row_id = a.row_id
    where a.connection = ${connection} and a.kind = 'document' and a.document = ${document} and r.sku <> ''
    group by a.line, r.sku order by a.line, r.sku`.execute(db);
  return rows;
}
