import { heartbeat } from '@temporalio/activity';
import type { StockRowsOf } from '../../clients/amazon/amazon-stock.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { saveReportLines, type LineReport } from '../../store/stock/report-lines.ts';
import type { Connection } from '../connection.ts';
import { readReport, whenDue } from './stock-reading.ts';

const TYPES = {
  returns: 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA',
  removals: 'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA',
  reimbursements: 'GET_FBA_REIMBURSEMENTS_DATA',
} as const satisfies Record<LineReport, string>;

/** Returns, removal shipments or reimbursements of the last weeks. Idempotent: a line is kept once, as it was last told. */
export async function takeInReportLines(
  connection: Connection,
  { report }: OfConnection & { report: LineReport },
): Promise<ReadingResult> {
  return whenDue(connection, report, async (from) => {
    const lines: StockRowsOf<(typeof TYPES)[LineReport]>[number][] = [];
    const read = await readReport(connection, { type: TYPES[report], from }, (rows) => {
      lines.push(...rows);
      heartbeat(lines.length);
    });
    if (read === null) return { result: 'cancelled' };
    const news = await saveReportLines(connection.db, connection.name, report, lines as never);
    return { result: 'read', rows: lines.length, news };
  });
}
