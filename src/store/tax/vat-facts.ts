/** What documents and claims say of tax, for the VAT report. */
import { ordersLeftAlone } from '../payouts/sales-of-settlement.ts';
import { sql, type RawBuilder } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import type { JournalLine } from '../../domain/journal/journal-plan.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { ItemTax } from '../../domain/tax/tax-policy.ts';
import type { ClaimTax } from '../../domain/tax/vat-claims.ts';
import type { AmazonVatRow, VatFact } from '../../domain/tax/vat-facts.ts';
import type { TaxOfMonth } from '../../domain/tax/vat-month.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';
import { loadVatReport } from './vat-reports.ts';
import { movesIn, movesOfOrders, type DecidedMove } from './tax-moves.ts';

interface Period {
  /** First and last day. */
  from: Day;
  to: Day;
}

/** What is booked in a period, posted or not: documents, moves, claims, and of the claims' orders their documents and moves. */
export async function vatFactsOfMonth(db: Database, connection: string, period: Period): Promise<TaxOfMonth> {
  const claims = await claimTaxesIn(db, connection, period);
  const claimed = [...new Set(claims.map(({ orderId }) => orderId))];
  return {
    documents: await vatFactsIn(db, connection, period),
    moves: await movesIn(db, connection, period),
    claims,
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

/** Claims whose journal is booked in a period. */
async function claimTaxesIn(db: Database, connection: string, period: Period): Promise<ClaimTax[]> {
  const journals = new Map(
    (await journalsOf(db, connection, period))
      .filter(({ day }) => day >= period.from && day <= period.to)
      .map((journal) => [partKey(journal.settlementId, journal.part), journal]),
  );
  if (journals.size === 0) return [];
  const settlements = [...new Set([...journals.values()].map(({ settlementId }) => settlementId))];
  const { rows } = await sql<{
    settlement_id: string;
    part: number;
    period_end: Instant;
    order_id: string;
    marketplace_name: string | null;
    sku: string | null;
    currency: string;
    net: bigint;
    tax: bigint;
  }>`
    select r.settlement_id, s.period_end, s.currency, r.order_id, r.marketplace_name, r.sku,
      max(r.part) filter (where r.booked = 'sales-tax-payable') as part,
      coalesce(sum(r.amount) filter (where r.booked = 'chargebacks-and-claims'), 0)::bigint as net,
      sum(r.amount) filter (where r.booked = 'sales-tax-payable')::bigint as tax
    from settlement_rows r join settlements s on s.connection = r.connection and s.settlement_id = r.settlement_id
    where r.connection = ${connection} and r.settlement_id = any(${settlements}) and r.order_id is not null
      and r.booked in ('sales-tax-payable', 'chargebacks-and-claims') and r.transaction_type ~* '^(chargeback|a-to-z guarantee) refund$'
    group by r.settlement_id, s.period_end, s.currency, r.order_id, r.marketplace_name, r.sku, r.posted_at
    having count(*) filter (where r.booked = 'sales-tax-payable') > 0
    order by r.settlement_id, r.order_id, r.posted_at, r.sku`.execute(db);
  return rows.flatMap((row) => {
    const booked = journals.get(partKey(row.settlement_id, row.part));
    if (booked === undefined) return [];
    return [
      {
        journal: booked.externalId,
        day: booked.day,
        posted: booked.posted,
        settledAt: row.period_end,
        orderId: row.order_id,
        marketplaceName: row.marketplace_name,
        sku: row.sku,
        currency: row.currency,
        bookedIn: booked.taxes.find(({ orders }) => orders?.includes(row.order_id))?.jurisdiction ?? null,
        net: row.net,
        tax: row.tax,
      },
    ];
  });
}

interface BookedJournal {
  externalId: string;
  settlementId: string;
  part: number;
  day: Day;
  posted: boolean;
  /** Its lines of tax that is a country's. */
  taxes: Pick<JournalLine, 'jurisdiction' | 'orders'>[];
}

const partKey = (settlementId: string, part: number): string => `${settlementId} ${part}`;

/** Parts of journals that stand, of settlements that have one in a period. */
async function journalsOf(db: Database, connection: string, { from, to }: Period): Promise<BookedJournal[]> {
  const { rows } = await sql<{
    external_id: string;
    business_key: string;
    settlement_id: string;
    part: number;
    date: Day;
    posted: boolean;
    reverses: string | null;
    taxes: Pick<JournalLine, 'jurisdiction' | 'orders'>[];
  }>`
    select external_id, business_key, settlement_id, part, date, state = 'posted' as posted, plan ->> 'reverses' as reverses,
      jsonb_path_query_array(plan, '$.lines[*] ? (exists (@.jurisdiction))') as taxes
    from documents where connection = ${connection} and purpose = 'JE' and settlement_id in (
      select settlement_id from documents where connection = ${connection} and purpose = 'JE' and date between ${from} and ${to})`.execute(
    db,
  );
  const standing = unreversed(
    rows.map((row) => ({
      externalId: row.external_id,
      settlementId: row.settlement_id,
      day: row.date,
      posted: row.posted,
      taxes: row.taxes,
      key: { businessKey: row.business_key, part: row.part },
      plan: { reverses: row.reverses ?? undefined },
    })),
  );
  return standing.map(({ key, plan: _plan, ...journal }) => ({ ...journal, part: key.part }));
}

/** Settlements whose tax that no document carries is booked in a period: it stands in the last part of their journal. */
export async function settlementsWithTaxIn(db: Database, connection: string, period: Period): Promise<string[]> {
  const last = new Map<string, BookedJournal>();
  for (const journal of await journalsOf(db, connection, period))
    if (journal.part > (last.get(journal.settlementId)?.part ?? 0)) last.set(journal.settlementId, journal);
  return [...last.values()]
    .filter(({ day }) => day >= period.from && day <= period.to)
    .map(({ settlementId }) => settlementId)
    .sort();
}
