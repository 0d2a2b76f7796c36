/** The rows of a settlement order by order, a few orders at a time: one may have more rows than fit into memory. */
import { sql, type Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { SettlementRowsTable } from './tables.ts';
import { stagedRow, type StagedRow } from './settlement-rows.ts';

/** Rows that are fetched at once. */
const AT_ONCE = 2000;

/**
 * All rows of a settlement, those of an order together (wherever they stand in the file) and in its order; at the end those
 * that name none. Each batch holds whole orders. What is written meanwhile is not seen. In the caller's transaction, in
 * which other statements may run between two batches: the cursor is Postgres' own, and ends with the transaction.
 */
export async function* rowsByOrder(
  tx: Database,
  connection: string,
  settlementId: string,
): AsyncGenerator<StagedRow[]> {
  await sql`declare rows_by_order no scroll cursor for select * from settlement_rows
    where connection = ${connection} and settlement_id = ${settlementId} order by order_id, line, ordinal`.execute(tx);
  let held: StagedRow[] = [];
  for (;;) {
    const { rows } = await sql<Selectable<SettlementRowsTable>>`fetch ${sql.lit(AT_ONCE)} from rows_by_order`.execute(
      tx,
    );
    held.push(...rows.map(stagedRow));
    if (rows.length < AT_ONCE) break;
    const last = held.at(-1)!.orderId;
    const whole = last === null ? held.length : held.findIndex(({ orderId }) => orderId === last);
    // An order that goes on is kept for the next batch.
    if (whole > 0) yield held.slice(0, whole);
    held = held.slice(whole);
  }
  if (held.length > 0) yield held;
  await sql`close rows_by_order`.execute(tx);
}
