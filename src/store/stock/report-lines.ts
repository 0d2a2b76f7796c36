/** Lines of the reports around the ledger, each once. Equal lines of one report are as many lines as there are. */
import type { CustomerReturn, Reimbursement, RemovalShipment } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

interface ReportLines {
  returns: CustomerReturn;
  removals: RemovalShipment;
  reimbursements: Reimbursement;
}
export type LineReport = keyof ReportLines;

/** What tells one line of a report from another: what Amazon changes later (the status of a return) is not among it. */
const KEYS: { [Report in LineReport]: (line: ReportLines[Report]) => readonly unknown[] } = {
  // The license plate identifies a unit; where Amazon leaves it out, all that it says does.
  returns: ({ plate, orderId, day, fnsku, sku, centre, disposition, quantity }) =>
    plate === '' ? [orderId, day, fnsku, sku, centre, disposition, quantity] : [plate, orderId, day],
  removals: ({ orderId, day, sku, fnsku, disposition, quantity, tracking }) => [
    orderId,
    day,
    sku,
    fnsku,
    disposition,
    quantity,
    tracking,
  ],
  reimbursements: ({ reimbursementId, day, sku, fnsku, reason, amountTotal, quantityCash, quantityInventory }) => [
    reimbursementId,
    day,
    sku,
    fnsku,
    reason,
    amountTotal,
    quantityCash,
    quantityInventory,
  ],
};

/** Takes in the lines of one report file; a line that is known is written again as it stands now. Returns how many are new. */
export async function saveReportLines<Report extends LineReport>(
  db: Database,
  connection: string,
  report: Report,
  lines: readonly ReportLines[Report][],
): Promise<number> {
  const seen = new Map<string, number>();
  const values = lines.map((line) => {
    const key = JSON.stringify(KEYS[report](line));
    const alike = (seen.get(key) ?? 0) + 1;
    seen.set(key, alike);
    return { connection, report, line_key: `${key} ${alike}`, day: line.day, sku: line.sku, fact: factToJson(line) };
  });
  let added = 0;
  for (const some of inBatches(values, 2000)) {
    const known = await db
      .selectFrom('stock_report_lines')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('connection', '=', connection)
      .where('report', '=', report)
      .where(
        'line_key',
        'in',
        some.map(({ line_key }) => line_key),
      )
      .executeTakeFirstOrThrow();
    added += some.length - Number(known.count);
    await db
      .insertInto('stock_report_lines')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['connection', 'report', 'line_key']).doUpdateSet({ fact: (eb) => eb.ref('excluded.fact') }),
      )
      .execute();
  }
  return added;
}

export async function loadReportLines<Report extends LineReport>(
  db: Database,
  connection: string,
  report: Report,
  { from }: { from: string },
): Promise<ReportLines[Report][]> {
  const rows = await db
    .selectFrom('stock_report_lines')
    .select('fact')
    .where('connection', '=', connection)
    .where('report', '=', report)
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('line_key')
    .execute();
  return rows.map(({ fact }) => factFromJson<ReportLines[Report]>(fact));
}
