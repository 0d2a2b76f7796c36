/** What Amazon received of inbound shipments, and what answers it. */
import type { Instant } from '../../domain/money/instant.ts';
import type { Answer, KeptRow } from '../../domain/stock/kept-stock.ts';
import type { ReceivedBefore } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { readMark, writeMark } from '../intake/marks.ts';
import { answerFrom } from './kept-stock.ts';
import { keptRowOf, ledgerRows } from './ledger-rows.ts';

/** When the ledger was read for what came before stock began. */
export const RECEIPTS_BEFORE_MARK = 'stock-receipts-before';

export async function loadReceipts(db: Database, connection: string): Promise<{ rows: KeptRow[]; answers: Answer[] }> {
  const rows = await ledgerRows(db, connection).where('event_type', '=', 'Receipts').execute();
  const answers = await db
    .selectFrom('stock_answers as a')
    .innerJoin('ledger_rows as r', (join) =>
      join.onRef('r.connection', '=', 'a.connection').onRef('r.row_id', '=', 'a.row_id'),
    )
    .selectAll('a')
    .where('a.connection', '=', connection)
    .where('r.event_type', '=', 'Receipts')
    .orderBy('a.id')
    .execute();
  return { rows: rows.map(keptRowOf), answers: answers.map(answerFrom) };
}

/** What came before stock began, once. Done twice, it is as the last says. */
export async function saveReceiptsBefore(
  db: Database,
  connection: string,
  received: readonly ReceivedBefore[],
  readAt: Instant,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('stock_receipts_before').where('connection', '=', connection).execute();
    for (const some of inBatches(received, 4000))
      await tx
        .insertInto('stock_receipts_before')
        .values(some.map(({ shipmentId, ...one }) => ({ connection, shipment_id: shipmentId, ...one })))
        .execute();
    await writeMark(tx, connection, RECEIPTS_BEFORE_MARK, readAt);
  });
}

/** Null before that was read. */
export async function loadReceiptsBefore(db: Database, connection: string): Promise<ReceivedBefore[] | null> {
  if ((await readMark(db, connection, RECEIPTS_BEFORE_MARK)) === null) return null;
  return db
    .selectFrom('stock_receipts_before')
    .select(['shipment_id as shipmentId', 'sku', 'day', 'units'])
    .where('connection', '=', connection)
    .orderBy('shipment_id')
    .orderBy('sku')
    .orderBy('day')
    .execute();
}
