import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import type { ReportInfo } from '../../clients/amazon/amazon-client.ts';
import type { UnreadRecord } from '../../clients/amazon/unread-record.ts';
import { moveMark, readMark } from '../../store/intake/marks.ts';
import { noteUnread, unreadInputs } from '../../store/intake/unread-inputs.ts';
import type { Connection } from '../connection.ts';
import { beginReading } from './begin-reading.ts';
import { raiseUnread } from './raise-unread.ts';
import { endUnread } from './report-patience.ts';
import { takeInReport, takeInUnread, UNREAD_REPORT } from './take-in-report.ts';

/** Amazon keeps settlement reports for 90 days and lists no older ones. */
export const LONGEST_MS = 89 * 24 * 3_600_000;
export const OVERLAP_MS = 48 * 3_600_000;

/**
 * Settlement reports that have appeared: each document is stored as received and its settlement written down. The same
 * settlement may come under several report ids; the id inside the file counts. One that cannot be had or read stands aside
 * and is asked for again, the others are taken in. Idempotent.
 */
export async function takeInSettlements(connection: Connection): Promise<{ found: number }> {
  const { settings, amazon } = connection;
  const { db } = connection;
  const begin = await beginReading(connection, 'settlements', OVERLAP_MS);
  if (begin === null) return { found: 0 };
  const since = Math.max(epochMsOf(begin.time) - LONGEST_MS, epochMsOf(begin.since));
  let found = 0;
  const unreadBefore = new Set((await unreadInputs(db, connection.name, UNREAD_REPORT)).map(({ key }) => key));
  const { reports, upTo, unread } = await listReports(amazon, settings.settlementReportTypes, instantOf(since));
  for (const report of reports) {
    const { reportId, reportDocumentId: documentId, dataStart, dataEnd } = report;
    if (
      report.status !== 'DONE' ||
      documentId === null ||
      unreadBefore.has(`${UNREAD_REPORT}${reportId}`) ||
      (await readMark(db, connection.name, `report:${reportId}`)) !== null
    )
      continue;
    const span = dataStart && dataEnd ? { start: dataStart, end: dataEnd } : null;
    if (await takeInReport(connection, { reportId, documentId, span, tries: 0 })) found += 1;
    heartbeat(found);
  }
  found += await takeInUnread(connection);
  await keepUnlisted(connection, unread, reports, instantOf(since));
  if (upTo !== null) await moveMark(db, connection.name, 'settlements', begin.mark, upTo);
  return { found };
}

async function listReports(
  amazon: Connection['amazon'],
  reportTypes: string[],
  createdSince: string,
): Promise<{ reports: ReportInfo[]; upTo: string | null; unread: UnreadRecord[] }> {
  const reports: ReportInfo[] = [];
  const unread: UnreadRecord[] = [];
  let page = await amazon.getReports({ reportTypes, createdSince });
  // What is made while the later pages are read may be on none of them.
  const { upTo } = page;
  for (;;) {
    reports.push(...page.reports);
    unread.push(...page.unread);
    if (page.nextToken === null) break;
    page = await amazon.getReports({ nextToken: page.nextToken });
  }
  // The oldest first; of one settlement the report that was made first, so that a later one counts as issued again.
  const order = (report: ReportInfo) => `${report.dataStart ?? report.createdAt} ${report.createdAt}`;
  return { reports: reports.sort((a, b) => (order(a) < order(b) ? -1 : 1)), upTo, unread };
}

/** A report that the listing tells so that it cannot be read still says that there is a settlement. */
async function keepUnlisted(
  connection: Connection,
  unread: readonly UnreadRecord[],
  reports: readonly ReportInfo[],
  since: Instant,
): Promise<void> {
  const { db, name } = connection;
  for (const { id, span } of unread)
    await noteUnread(db, name, { key: `report ${id}`, tries: 1, againAt: null, documentId: null, span: span ?? null });
  await raiseUnread(connection, unread, { what: 'settlements', since });
  const known = new Set((await unreadInputs(db, name, 'report ')).map(({ key }) => key));
  for (const { reportId } of reports)
    if (known.has(`report ${reportId}`)) await endUnread(connection, `report ${reportId}`);
}
