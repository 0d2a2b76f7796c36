import { heartbeat } from '@temporalio/activity';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import { changeOfTotal, type SettlementHeader } from '../../domain/settlement/settlement.ts';
import type { ReportInfo } from '../../clients/amazon/amazon-client.ts';
import { saveFile } from '../../store/files/files.ts';
import { moveMark, readMark, writeMark } from '../../store/intake/marks.ts';
import { recordRevision, type RecordedRevision } from '../../store/payouts/revisions.ts';
import { recordSettlement } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { beginReading } from './begin-reading.ts';

/** Amazon keeps settlement reports for 90 days and lists no older ones. */
export const LONGEST_MS = 89 * 24 * 3_600_000;
export const OVERLAP_MS = 48 * 3_600_000;

/**
 * Settlement reports that have appeared: each document is stored as received and its settlement written down. The same
 * settlement may come under several report ids; the id inside the file counts. Idempotent.
 */
export async function takeInSettlements(connection: Connection): Promise<{ found: number }> {
  const { settings, amazon } = connection;
  const { db } = connection;
  const begin = await beginReading(connection, 'settlements', OVERLAP_MS);
  if (begin === null) return { found: 0 };
  const since = Math.max(epochMsOf(begin.time) - LONGEST_MS, epochMsOf(begin.since));
  let found = 0;
  const { reports, upTo } = await listReports(amazon, settings.settlementReportTypes, instantOf(since));
  for (const report of reports) {
    const source = `report:${report.reportId}`;
    if (
      report.status !== 'DONE' ||
      report.reportDocumentId === null ||
      (await readMark(db, connection.name, source)) !== null
    )
      continue;
    const { header, sha256, problem } = await storeReport(
      connection,
      report.reportId,
      await amazon.openDocument(report.reportDocumentId),
    );
    if (header === null) await raiseUnreadable(connection, report, problem);
    else if (header.end > settings.cutOver) {
      await recordReport(connection, header, sha256);
      found += 1;
    }
    await writeMark(db, connection.name, source, sha256);
    heartbeat(found);
  }
  if (upTo !== null) await moveMark(db, connection.name, 'settlements', begin.mark, upTo);
  return { found };
}

async function listReports(
  amazon: Connection['amazon'],
  reportTypes: string[],
  createdSince: string,
): Promise<{ reports: ReportInfo[]; upTo: string | null }> {
  const reports: ReportInfo[] = [];
  let page = await amazon.getReports({ reportTypes, createdSince });
  // What is made while the later pages are read may be on none of them.
  const { upTo } = page;
  for (;;) {
    reports.push(...page.reports);
    if (page.nextToken === null) break;
    page = await amazon.getReports({ nextToken: page.nextToken });
  }
  // The oldest first; of one settlement the report that was made first, so that a later one counts as issued again.
  const order = (report: ReportInfo) => `${report.dataStart ?? report.createdAt} ${report.createdAt}`;
  return { reports: reports.sort((a, b) => (order(a) < order(b) ? -1 : 1)), upTo };
}

/** Stores the bytes while reading just far enough to know which settlement they are. */
export async function storeReport(
  connection: Connection,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ header: SettlementHeader | null; sha256: string; problem: string }> {
  let header: SettlementHeader | null = null;
  let problem = 'it has no summary row';
  let reading = true;
  const parser = new SettlementParser({
    onHeader: (known) => {
      header = known;
    },
  });
  const sha256 = await saveFile(connection.db, name, bytes, await connection.now(), (piece) => {
    if (!reading) return;
    try {
      parser.push(piece);
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      problem = error.message;
      reading = false;
    }
    if (header !== null) reading = false;
  });
  return { header, sha256, problem };
}

async function raiseUnreadable(connection: Connection, report: ReportInfo, problem: string): Promise<void> {
  await connection.raise({
    code: 'report-unreadable',
    subject: { kind: 'report', id: report.reportId },
    evidence: { what: `report ${report.reportId} cannot be read: ${problem}`, atStake: null, currency: null },
    remedy: {
      kind: 'import',
      first: 'Download it again (Seller Central › Payments › Reports repository) and import it',
      file: 'settlement',
    },
  });
}

/** A settlement's first report, or one that Amazon issued again with other content: what was posted is reversed and posted anew, and people hear of it. */
export async function recordReport(
  connection: Connection,
  header: SettlementHeader,
  sha256: string,
): Promise<'new' | RecordedRevision['kind']> {
  const at = await connection.now();
  const stored = await recordSettlement(connection.db, connection.name, header, sha256, at);
  if (stored.sha256 === sha256) return stored.state === 'found' ? 'new' : 'known';
  const recorded = await recordRevision(connection.db, connection.name, header, sha256, at);
  if (recorded.kind === 'reissued') {
    await connection.raise({
      code: 'report-reissued',
      key: `${header.settlementId}:r${recorded.revision}`,
      subject: payoutSubject(header.settlementId),
      evidence: {
        what: `the report of settlement ${header.settlementId} was issued again with other content: ${renderMoney(header.total, header.currency)}, before ${renderMoney(stored.total, header.currency)}`,
        atStake: changeOfTotal(stored, header),
        currency: header.currency,
      },
      remedy: {
        kind: 'wait',
        until: `its journal is reversed and posted anew by itself. npx tieout status payout ${header.settlementId} says where it is`,
      },
    });
  }
  return recorded.kind;
}
