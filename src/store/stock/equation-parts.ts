/** What the terms of an equation name: rows of the ledger, what answers them, and lines of NetSuite. */
import { sql } from 'kysely';
import type { KeptRow, LineRef } from '../../domain/stock/kept-stock.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { keptRowOf, ledgerRows } from './ledger-rows.ts';
import { movementOf } from './netsuite-movements.ts';

export async function loadRowsById(
  db: Database,
  connection: string,
  ids: readonly string[],
): Promise<Map<string, KeptRow>> {
  const found = new Map<string, KeptRow>();
  for (const some of inBatches(ids, 4000))
    for (const row of await ledgerRows(db, connection).where('row_id', 'in', some).execute())
      found.set(row.row_id, keptRowOf(row));
  return found;
}

/** The document or movement that answers units of a row. */
export interface RowAnswer {
  row: string;
  item: string;
  kind: 'document' | 'movement';
  document: string;
}

export async function loadAnswersOfRows(
  db: Database,
  connection: string,
  ids: readonly string[],
): Promise<RowAnswer[]> {
  const found: RowAnswer[] = [];
  for (const some of inBatches(ids, 4000)) {
    const answers = await db
      .selectFrom('stock_answers')
      .select(['row_id', 'item', 'kind', 'document'])
      .where('connection', '=', connection)
      .where('row_id', 'in', some)
      .where('document', 'is not', null)
      .orderBy('id')
      .execute();
    for (const { row_id: row, item, kind, document } of answers)
      if (kind !== 'nothing') found.push({ row, item, kind, document: document! });
  }
  return found;
}

/** A document of ours that stands against a line of NetSuite's. */
export interface StandingAgainst {
  /** Of the line: NetSuite's internal id, and its number. */
  document: string;
  line: number;
  externalId: string;
  /** Of the document of ours. */
  netsuiteId: string;
}

/** What was posted against lines of documents, by NetSuite's internal ids. */
export async function loadStandingAgainst(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<StandingAgainst[]> {
  if (netsuiteIds.length === 0) return [];
  const { rows } = await sql<StandingAgainst>`
    select o.against_document as document, o.against_line as line, d.external_id as "externalId", d.netsuite_id as "netsuiteId"
    from stock_offsets o join documents d on d.external_id = o.document and d.netsuite_id is not null
    where o.connection = ${connection} and o.against_document = any(${[...netsuiteIds]}) order by o.id`.execute(db);
  return rows;
}

/** What lines of documents of ours, by external id, stand against, on the day on which NetSuite has it. */
export async function loadCountered(
  db: Database,
  connection: string,
  externalIds: readonly string[],
): Promise<(LineRef & { netsuiteId: string; day: string })[]> {
  if (externalIds.length === 0) return [];
  const { rows } = await sql<LineRef & { netsuiteId: string; day: string }>`
    select o.document, o.line, m.netsuite_id as "netsuiteId", m.day from stock_offsets o
    join netsuite_movements m on m.connection = o.connection and m.netsuite_id = o.against_document and m.line = o.against_line
    where o.connection = ${connection} and o.document = any(${[...externalIds]}) order by o.id`.execute(db);
  return rows;
}

/** Units of a row that a line of a document of ours answers; `line` from 0. */
export interface DocumentAnswer {
  row: string;
  line: number;
  units: number;
}

export async function loadAnswersOfDocument(
  db: Database,
  connection: string,
  externalId: string,
): Promise<DocumentAnswer[]> {
  const answers = await db
    .selectFrom('stock_answers')
    .select(['row_id', 'line', 'units'])
    .where('connection', '=', connection)
    .where('kind', '=', 'document')
    .where('document', '=', externalId)
    .orderBy('line')
    .orderBy('id')
    .execute();
  return answers.map(({ row_id: row, line, units }) => ({ row, line: line!, units }));
}

/** Lines of documents by NetSuite's internal ids. */
export async function loadMovementsOf(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<NetSuiteMovement[]> {
  const found: NetSuiteMovement[] = [];
  for (const some of inBatches(netsuiteIds, 4000)) {
    const rows = await db
      .selectFrom('netsuite_movements')
      .selectAll()
      .where('connection', '=', connection)
      .where('netsuite_id', 'in', some)
      .orderBy('netsuite_id')
      .orderBy('line')
      .execute();
    found.push(...rows.map(movementOf));
  }
  return found;
}
