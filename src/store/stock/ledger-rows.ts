/** Rows of Amazon's ledger, kept for ever: read and written a day at a time. */
import { sql, type Selectable } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import type { FreshRows } from '../../domain/stock/fresh-rows.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { MergedReport } from '../../domain/stock/merge-report.ts';
import type { LedgerRow } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';
import { noteChange } from './planning-inputs.ts';
import type { LedgerRowsTable } from './tables.ts';

/** What a report changed of one day. */
export interface LedgerDayChange extends Pick<MergedReport, 'fresh' | 'takenBack' | 'changed'> {
  day: Day;
  /** Hash of the report's rows of the day. */
  digest: string;
  rows: number;
}

export async function loadLedgerDay(db: Database, connection: string, day: Day): Promise<KeptRow[]> {
  const rows = await ledgerRows(db, connection).where('day', '=', day).execute();
  return rows.map(keptRowOf);
}

/** Rows of some SKUs from a day on, by day. */
export async function loadLedgerRows(
  db: Database,
  connection: string,
  { skus, from }: { skus: readonly string[]; from: Day },
): Promise<KeptRow[]> {
  if (skus.length === 0) return [];
  const rows = await ledgerRows(db, connection).where('sku', 'in', skus).where('day', '>=', from).execute();
  return rows.map(keptRowOf);
}

/** Rows of a pool from a day on. */
export async function loadRowsSince(db: Database, connection: string, pool: string, day: Day): Promise<KeptRow[]> {
  const rows = await ledgerRows(db, connection).where('day', '>=', day).where('pool', '=', pool).execute();
  return rows.map(keptRowOf);
}

export const ledgerRows = (db: Database, connection: string) =>
  db.selectFrom('ledger_rows').selectAll().where('connection', '=', connection).orderBy('day').orderBy('row_id');

/** Those that are not settled, by day and SKU. */
export const openLedgerRows = (db: Database, connection: string) =>
  db
    .selectFrom('ledger_rows')
    .selectAll()
    .where('connection', '=', connection)
    .where('settled', '=', false)
    .orderBy('day')
    .orderBy('sku')
    .orderBy('row_id');

/** Hash of each day as it was last read, from a day on. */
export async function loadDayDigests(db: Database, connection: string, from: Day): Promise<Map<Day, string>> {
  const days = await db
    .selectFrom('ledger_days')
    .select(['day', 'digest'])
    .where('connection', '=', connection)
    .where('day', '>=', from)
    .execute();
  return new Map(days.map(({ day, digest }) => [day, digest]));
}

/** Writes what is new of a day, all or nothing. Done twice, it changes nothing. */
export async function changeLedgerDay(
  db: Database,
  connection: string,
  change: Pick<LedgerDayChange, 'fresh' | 'takenBack' | 'changed'>,
): Promise<void> {
  await db.transaction().execute((tx) => writeChange(tx, connection, change));
}

/** The same, with what the day's rows hash to. */
export async function saveLedgerDay(db: Database, connection: string, change: LedgerDayChange): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await writeChange(tx, connection, change);
    await tx
      .insertInto('ledger_days')
      .values({ connection, day: change.day, digest: change.digest, rows: change.rows, summary_at: null })
      .onConflict((conflict) =>
        conflict.columns(['connection', 'day']).doUpdateSet({ digest: change.digest, rows: change.rows }),
      )
      .execute();
  });
}

async function writeChange(
  tx: Database,
  connection: string,
  { fresh, takenBack, changed }: Pick<LedgerDayChange, 'fresh' | 'takenBack' | 'changed'>,
): Promise<void> {
  await insertFreshRows(tx, connection, fresh);
  for (const { id, takenBack: day } of takenBack)
    await tx
      .updateTable('ledger_rows')
      .set({ taken_back: day })
      .where('connection', '=', connection)
      .where('row_id', '=', id)
      .where('taken_back', 'is', null)
      .execute();
  for (const { id, title, reconciled, unreconciled } of changed)
    await tx
      .updateTable('ledger_rows')
      .set({ title, reconciled, unreconciled })
      .where('connection', '=', connection)
      .where('row_id', '=', id)
      .execute();
  await noteChange(tx, connection, 'rows');
}

/** Columns of a row, in the order of its values below, and their types in Postgres. */
const COLUMNS = {
  row_id: 'text',
  day: 'text',
  fnsku: 'text',
  sku: 'text',
  event_type: 'text',
  reason: 'text',
  reference: 'text',
  centre: 'text',
  country: 'text',
  disposition: 'text',
  quantity: 'int',
  asin: 'text',
  title: 'text',
  reconciled: 'int',
  unreconciled: 'int',
  pool: 'text',
  origin: 'text',
  seen: 'text',
  opposes: 'text',
  own: 'jsonb',
} as const;

type Column = keyof typeof COLUMNS;
type Value = string | number | null;

/** Rows at once. */
const BATCH = 10_000;

export async function insertLedgerRows(db: Database, connection: string, rows: readonly KeptRow[]): Promise<void> {
  for (const some of inBatches(rows, BATCH)) {
    const values = some.map(valuesOf);
    await insertColumns(db, connection, (name) => values.map((value) => value[name]));
  }
}

/** As they stand in their report: no row is made of them. */
async function insertFreshRows(db: Database, connection: string, fresh: FreshRows): Promise<void> {
  const { table, numbers, ids, pools, seen, opposites } = fresh;
  for (let from = 0; from < numbers.length; from += BATCH) {
    const some = numbers.slice(from, from + BATCH);
    const told = new Map<Column, readonly Value[]>([
      ['row_id', ids.slice(from, from + BATCH)],
      ['pool', pools.slice(from, from + BATCH)],
      ['origin', some.map(() => 'ledger')],
      ['seen', some.map(() => seen)],
    ]);
    await insertColumns(db, connection, (name) => {
      const field = FIELDS[name];
      return told.get(name) ?? some.map((number) => (field === undefined ? null : table.value(number, field)));
    });
  }
  await insertLedgerRows(db, connection, opposites);
}

/** A column at a time (`unnest`): rows come by the hundred thousand, and a parameter for each of their values is slow to bind. */
async function insertColumns(
  db: Database,
  connection: string,
  valuesIn: (column: Column) => readonly Value[],
): Promise<void> {
  const names = Object.keys(COLUMNS) as Column[];
  const arrays = names.map((name) => sql`${valuesIn(name)}::${sql.raw(COLUMNS[name])}[]`);
  await sql`insert into ledger_rows (connection, ${sql.join(names.map((name) => sql.ref(name)))})
    select ${connection}, * from unnest(${sql.join(arrays)}) on conflict do nothing`.execute(db);
}

/** The field of a report's row that each column holds. */
const FIELDS: Partial<Record<Column, keyof LedgerRow>> = {
  day: 'day',
  fnsku: 'fnsku',
  sku: 'sku',
  event_type: 'eventType',
  reason: 'reason',
  reference: 'reference',
  centre: 'centre',
  country: 'country',
  disposition: 'disposition',
  quantity: 'quantity',
  asin: 'asin',
  title: 'title',
  reconciled: 'reconciled',
  unreconciled: 'unreconciled',
};

const valuesOf = (row: KeptRow): Record<Column, Value> => ({
  row_id: row.id,
  day: row.day,
  fnsku: row.fnsku,
  sku: row.sku,
  event_type: row.eventType,
  reason: row.reason,
  reference: row.reference,
  centre: row.centre,
  country: row.country,
  disposition: row.disposition,
  quantity: row.quantity,
  asin: row.asin,
  title: row.title,
  reconciled: row.reconciled,
  unreconciled: row.unreconciled,
  pool: row.pool,
  origin: row.origin,
  seen: row.seen,
  opposes: row.opposes,
  own: row.own === null ? null : factToJson(row.own),
});

export function keptRowOf(row: Selectable<LedgerRowsTable>): KeptRow {
  return {
    id: row.row_id,
    day: row.day,
    fnsku: row.fnsku,
    sku: row.sku,
    asin: row.asin,
    title: row.title,
    eventType: row.event_type,
    reason: row.reason,
    reference: row.reference,
    quantity: row.quantity,
    centre: row.centre,
    country: row.country,
    disposition: row.disposition,
    reconciled: row.reconciled,
    unreconciled: row.unreconciled,
    pool: row.pool,
    origin: row.origin as KeptRow['origin'],
    seen: row.seen,
    takenBack: row.taken_back,
    opposes: row.opposes,
    own: factFromJson<KeptRow['own']>(row.own),
  };
}
