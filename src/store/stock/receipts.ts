/** What Amazon received of inbound shipments, and what answers it. */
import type { Answer, KeptRow } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../database.ts';
import { answerFrom } from './kept-stock.ts';
import { keptRowOf, ledgerRows } from './ledger-rows.ts';

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
