/** What Amazon received of inbound shipments up to a day, and what answers it. */
import type { Day } from '../../domain/money/instant.ts';
import type { Answer, KeptRow } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../database.ts';
import { answerFrom } from './kept-stock.ts';
import { keptRowOf, ledgerRows } from './ledger-rows.ts';

export async function loadReceipts(
  db: Database,
  connection: string,
  { until }: { until: Day },
): Promise<{ rows: KeptRow[]; answers: Answer[] }> {
  const rows = await ledgerRows(db, connection)
    .where('event_type', '=', 'Receipts')
    .where('day', '<=', until)
    .execute();
  const answers = await db
    .selectFrom('stock_answers as a')
    .innerJoin('ledger_rows as r', (join) =>
      join.onRef('r.connection', '=', 'a.connection').onRef('r.row_id', '=', 'a.row_id'),
    )
    .selectAll('a')
    .where('a.connection', '=', connection)
    .where('r.event_type', '=', 'Receipts')
    .where('r.day', '<=', until)
    .orderBy('a.id')
    .execute();
  return { rows: rows.map(keptRowOf), answers: answers.map(answerFrom) };
}
