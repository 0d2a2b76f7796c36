/** Rows of Amazon's ledger, kept for ever: read and written a day at a time. */
import type { Selectable } from 'kysely';
import type { DayChange, KeptRow } from '../../domain/stock/merge-day.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import type { LedgerRowsTable } from './tables.ts';

/** What a report changed of one day. */
export interface LedgerDayChange extends DayChange {
  day: string;
  /** Hash of the report's rows of the day. */
  digest: string;
  rows: number;
}

export async function loadLedgerDay(db: Database, connection: string, day: string): Promise<KeptRow[]> {
  const rows = await ledgerRows(db, connection).where('day', '=', day).execute();
  return rows.map(keptRowOf);
}

/** Rows of some SKUs from a day on, by day. */
export async function loadLedgerRows(
  db: Database,
  connection: string,
  { skus, from }: { skus: readonly string[]; from: string },
): Promise<KeptRow[]> {
  if (skus.length === 0) return [];
  const rows = await ledgerRows(db, connection).where('sku', 'in', skus).where('day', '>=', from).execute();
  return rows.map(keptRowOf);
}

const ledgerRows = (db: Database, connection: string) =>
  db.selectFrom('ledger_rows').selectAll().where('connection', '=', connection).orderBy('day').orderBy('row_id');

/** Hash of each day as it was last read, from a day on. */
export async function loadDayDigests(db: Database, connection: string, from: string): Promise<Map<string, string>> {
  const days = await db
    .selectFrom('ledger_days')
    .select(['day', 'digest'])
    .where('connection', '=', connection)
    .where('day', '>=', from)
    .execute();
  return new Map(days.map(({ day, digest }) => [day, digest]));
}

/** Writes what is new of a day, all or nothing. Done twice, it changes nothing. */
export async function saveLedgerDay(
  db: Database,
  connection: string,
  change: LedgerDayChange,
  seenAt: Instant,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const opposites = change.takenBack.map(({ rowId, opposite }) => ({ ...opposite, oppositeOf: rowId }));
    const added = [...change.added.map((row) => ({ ...row, oppositeOf: null })), ...opposites];
    for (const some of inBatches(added, 2000))
      await transaction
        .insertInto('ledger_rows')
        .values(
          some.map((row) => ({
            connection,
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
            alike: row.alike,
            asin: row.asin,
            title: row.title,
            reconciled: row.reconciled,
            unreconciled: row.unreconciled,
            seen_at: seenAt,
            taken_back: null,
            opposite_of: row.oppositeOf,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    for (const { rowId, opposite } of change.takenBack)
      await transaction
        .updateTable('ledger_rows')
        .set({ taken_back: opposite.day })
        .where('row_id', '=', rowId)
        .where('taken_back', 'is', null)
        .execute();
    for (const { rowId, title, reconciled, unreconciled } of change.changed)
      await transaction
        .updateTable('ledger_rows')
        .set({ title, reconciled, unreconciled })
        .where('row_id', '=', rowId)
        .execute();
    await transaction
      .insertInto('ledger_days')
      .values({ connection, day: change.day, digest: change.digest, rows: change.rows, summary_at: null })
      .onConflict((conflict) =>
        conflict.columns(['connection', 'day']).doUpdateSet({ digest: change.digest, rows: change.rows }),
      )
      .execute();
  });
}

function keptRowOf(row: Selectable<LedgerRowsTable>): KeptRow {
  return {
    rowId: row.row_id,
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
    alike: row.alike,
    takenBack: row.taken_back,
    oppositeOf: row.opposite_of,
  };
}
