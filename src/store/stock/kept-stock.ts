/** What is kept of stock from run to run: rows, their answers, offsets, the opening, decisions that were carried out. */
import { sql, type Selectable } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import type {
  Answer,
  AnsweredBy,
  Closure,
  DaySum,
  InboundDecided,
  KeptRow,
  KeptStock,
  NetSuiteStand,
  Offset,
  OpeningStand,
} from '../../domain/stock/kept-stock.ts';
import type { Place } from '../../domain/stock/pools.ts';
import type { StockPlan, Units } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';
import { insertLedgerRows, keptRowOf, openLedgerRows } from './ledger-rows.ts';
import {
  lastParts,
  loadOpenDocuments,
  planStockDocuments,
  releaseDocuments,
  type KeptDocument,
} from './stock-documents.ts';
import type { StockAnswersTable } from './tables.ts';

export interface LoadedStock {
  kept: KeptStock;
  /** The documents of `kept`, with what became of them. */
  documents: KeptDocument[];
  /** Number of each answer in the store. */
  numbers: ReadonlyMap<Answer, bigint>;
}

/**
 * What is not settled, and of what is settled the lines of other reports that it used up.
 * @param usedFrom day from which such lines may still tell of rows
 * @param through last day of which rows are taken; null: all
 */
export async function loadKeptStock(
  db: Database,
  connection: string,
  { usedFrom, through }: { usedFrom: Day; through: Day | null },
): Promise<LoadedStock> {
  const [rows, settled, answers, offsets, documents, parts, inboundDecided, closures, opening] = await Promise.all([
    loadOpenRows(db, connection, through),
    loadSettledDays(db, connection),
    loadOpenAnswers(db, connection, usedFrom),
    loadOffsets(db, connection),
    loadOpenDocuments(db, connection),
    lastParts(db, connection),
    loadInboundDecided(db, connection),
    loadClosures(db, connection),
    loadOpening(db, connection),
  ]);
  return {
    kept: {
      rows,
      settled,
      answers: [...answers.keys()],
      offsets,
      documents: documents.map(({ document }) => document),
      parts,
      inboundDecided,
      closures,
      opening,
    },
    documents,
    numbers: answers,
  };
}

/** Writes what a plan adds, in the transaction that it was planned in. */
export async function saveStockPlan(
  tx: Database,
  connection: string,
  plan: StockPlan,
  { currency, numbers }: { currency: string; numbers: ReadonlyMap<Answer, bigint> },
): Promise<void> {
  await insertLedgerRows(tx, connection, plan.rows);
  const released = plan.released.map((answer) => numbers.get(answer)!);
  if (released.length > 0) await tx.deleteFrom('stock_answers').where('id', 'in', released).execute();
  await insertAnswers(tx, connection, plan.answers);
  await planStockDocuments(tx, plan.documents, currency);
  await releaseDocuments(tx, plan.approved);
  for (const some of inBatches(plan.offsets, 1000))
    await tx
      .insertInto('stock_offsets')
      .values(
        some.map(({ pool, place, item, units, line, against }) => ({
          connection,
          pool,
          place,
          item,
          units,
          document: line.document,
          line: line.line,
          against_document: against.document,
          against_line: against.line,
        })),
      )
      .execute();
  for (const some of inBatches(plan.inboundDecided, 1000))
    await tx
      .insertInto('stock_inbound_decided')
      .values(some.map(({ shipmentId, ...one }) => ({ connection, shipment_id: shipmentId, ...one })))
      .execute();
  for (const some of inBatches(plan.closures, 1000))
    await tx
      .insertInto('stock_closures')
      .values(some.map(({ orderId, ...one }) => ({ connection, order_id: orderId, ...one })))
      .execute();
  if (plan.opening !== null) await saveOpening(tx, connection, plan.opening);
}

export async function loadOpening(db: Database, connection: string): Promise<OpeningStand | null> {
  const row = await db
    .selectFrom('stock_openings')
    .select('opening')
    .where('connection', '=', connection)
    .executeTakeFirst();
  return row ? openingFrom(factFromJson<StoredOpening>(row.opening)) : null;
}

/** Of before each pool was read with its own approval, NetSuite's side is one stand of all. */
type StoredOpening = Omit<OpeningStand, 'netsuite'> & {
  netsuite: OpeningStand['netsuite'] | Omit<NetSuiteStand, 'pool' | 'items'> | null;
};
function openingFrom({ netsuite, ...rest }: StoredOpening): OpeningStand {
  if (netsuite === null) return { ...rest, netsuite: [] };
  return { ...rest, netsuite: 'units' in netsuite ? [{ pool: null, items: null, ...netsuite }] : netsuite };
}

export async function saveOpening(db: Database, connection: string, opening: OpeningStand): Promise<void> {
  const values = { opening: factToJson(opening) };
  await db
    .insertInto('stock_openings')
    .values({ connection, ...values })
    .onConflict((conflict) => conflict.column('connection').doUpdateSet(values))
    .execute();
}

/** Sums of rows that are settled, by item and place. */
export async function loadSettled(db: Database, connection: string): Promise<Units[]> {
  const rows = await db
    .selectFrom('stock_settled')
    .select(['pool', 'item', 'place', 'units'])
    .where('connection', '=', connection)
    .execute();
  return rows.map(({ place, ...rest }) => ({ ...rest, place: place as Place }));
}

async function loadOpenRows(db: Database, connection: string, through: Day | null): Promise<KeptRow[]> {
  // By SKU, as its mappings and balances are handed in: planning looks each up where it found the one before.
  const open = openLedgerRows(db, connection);
  const rows = await (through === null ? open : open.where('day', '<=', through)).execute();
  return rows.map(keptRowOf);
}

/**
 * The day up to which one run may take rows: so many more than were looked at before, at least a day. Null: all of them.
 * @param after the last day that the run before looked at; null: it looked at all that there was, or there was none
 */
export async function lastDayWithin(
  db: Database,
  connection: string,
  { after, rows }: { after: Day | null; rows: number },
): Promise<Day | null> {
  const { rows: days } = await sql<{ day: Day; upTo: number }>`
    select day, (sum(count(*)) over (order by day))::int as "upTo" from ledger_rows
    where connection = ${connection} and not settled and day > ${after ?? ''} group by day order by day`.execute(db);
  const fits = days.filter(({ upTo }) => upTo <= rows);
  if (fits.length === days.length) return null;
  return (fits.at(-1) ?? days[0]!).day;
}

/** What settled rows of days come to that have other rows still. */
async function loadSettledDays(db: Database, connection: string): Promise<DaySum[]> {
  const { rows } = await sql<DaySum>`
    select day, fnsku, sku, country, disposition, sum(quantity)::int as units from ledger_rows
    where connection = ${connection} and settled and event_type <> 'WhseTransfers'
      and day in (select distinct day from ledger_rows where connection = ${connection} and not settled and origin = 'ledger')
    group by day, fnsku, sku, country, disposition`.execute(db);
  return rows;
}

async function loadOpenAnswers(db: Database, connection: string, usedFrom: Day): Promise<Map<Answer, bigint>> {
  const rows = await db
    .selectFrom('stock_answers')
    .selectAll()
    .where('connection', '=', connection)
    .where(({ or, and, eb }) =>
      // A row's id begins with its day.
      or([eb('settled', '=', false), and([eb('source', 'is not', null), eb('row_id', '>=', usedFrom)])]),
    )
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [answerFrom(row), row.id]));
}

export function answerFrom(row: Selectable<StockAnswersTable>): Answer {
  const by: AnsweredBy =
    row.kind === 'nothing'
      ? { kind: 'nothing', group: row.nothing_group!, day: row.nothing_day! }
      : { kind: row.kind, document: row.document!, line: row.line! };
  return {
    row: row.row_id,
    item: row.item,
    units: row.units,
    by,
    perSku: row.per_sku,
    source: row.source,
    astride: factFromJson<Answer['astride']>(row.astride),
  };
}

async function insertAnswers(db: Database, connection: string, answers: readonly Answer[]): Promise<void> {
  for (const some of inBatches(answers, 4000))
    await db
      .insertInto('stock_answers')
      .values(
        some.map(({ row, item, units, by, perSku, source, astride }) => ({
          connection,
          row_id: row,
          item,
          units,
          kind: by.kind,
          document: by.kind === 'nothing' ? null : by.document,
          line: by.kind === 'nothing' ? null : by.line,
          nothing_group: by.kind === 'nothing' ? by.group : null,
          nothing_day: by.kind === 'nothing' ? by.day : null,
          per_sku: perSku,
          source,
          astride: astride === null ? null : factToJson(astride),
        })),
      )
      .execute();
}

async function loadOffsets(db: Database, connection: string): Promise<Offset[]> {
  const rows = await db
    .selectFrom('stock_offsets')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('id')
    .execute();
  return rows.map(({ pool, place, item, units, document, line, against_document, against_line }) => ({
    pool,
    place: place as Place,
    item,
    units,
    line: { document, line },
    against: { document: against_document, line: against_line },
  }));
}

/** Decisions about inbound shipments that were carried out, in that order. */
export async function loadInboundDecided(db: Database, connection: string): Promise<InboundDecided[]> {
  const rows = await db
    .selectFrom('stock_inbound_decided')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('id')
    .execute();
  return rows.map(({ decision, shipment_id: shipmentId, sku, choice, units }) => ({
    decision,
    shipmentId,
    sku,
    choice: choice as InboundDecided['choice'],
    units,
  }));
}

async function loadClosures(db: Database, connection: string): Promise<Closure[]> {
  const rows = await db
    .selectFrom('stock_closures')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('id')
    .execute();
  return rows.map(({ authorisation, order_id: orderId, item, units, why }) => ({
    authorisation,
    orderId,
    item,
    units,
    why: why as Closure['why'],
  }));
}
