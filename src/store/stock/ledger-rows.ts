/** Rows of Amazon's ledger, kept for ever: read and written a day at a time. */
import { sql, type Selectable } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { MergedReport } from '../../domain/stock/merge-report.ts';
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
  await insertLedgerRows(tx, connection, fresh);
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

/** A column at a time (`unnest`): rows come by the hundred thousand, and a parameter for each of their values is slow to bind. */
export async function insertLedgerRows(db: Database, connection: string, rows: readonly KeptRow[]): Promise<void> {
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  for (const some of inBatches(rows, 10_000)) {
    const values = some.map(valuesOf);
    const arrays = names.map((name) => sql`${values.map((value) => value[name])}::${sql.raw(COLUMNS[name])}[]`);
    await sql`insert into ledger_rows (connection, ${sql.join(names.map((name) => sql.ref(name)))})
      select ${connection}, * from unnest(${sql.join(arrays)}) on conflict do nothing`.execute(db);
  }
}

const valuesOf = (row: KeptRow): Record<keyof typeof COLUMNS, string | number | null> => ({
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
