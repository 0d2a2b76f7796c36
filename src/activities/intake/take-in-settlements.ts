import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import type { SettlementHeader } from '../../domain/settlement/settlement.ts';
import type { ReportInfo } from '../../clients/amazon/amazon-client.ts';
import { raise } from '../../store/exceptions.ts';
import { saveFile } from '../../store/files.ts';
import { readMark, writeMark } from '../../store/marks.ts';
import { recordSettlement } from '../../store/settlements.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

/** Amazon keeps settlement reports for 90 days and lists no older ones. */
const LONGEST_MS = 89 * 24 * 3_600_000;
const OVERLAP_MS = 48 * 3_600_000;

/**
 * Settlement reports that have appeared: each document is stored as received and its settlement written down. The same
 * settlement may come under several report ids; the id inside the file counts. Idempotent.
 */
export function createTakeInSettlements(deps: Dependencies) {
  return async function takeInSettlements(input: { connection: string }): Promise<{ found: number }> {
    const { settings, amazon } = connectionOf(deps, input.connection);
    const { db } = deps.store;
    const now = await deps.now();
    const mark = await readMark(db, input.connection, 'settlements');
    const since = Math.max(epochMsOf(now) - LONGEST_MS, mark === null ? epochMsOf(settings.cutOver) : epochMsOf(mark) - OVERLAP_MS);
    let found = 0;
    for (const report of await listReports(amazon, settings.settlementReportTypes, instantOf(since))) {
      const source = `report:${report.reportId}`;
      if (report.status !== 'DONE' || report.reportDocumentId === null || (await readMark(db, input.connection, source)) !== null) continue;
      const { header, sha256, problem } = await storeReport(deps, report.reportId, await amazon.openDocument(report.reportDocumentId));
      if (header === null) await raiseUnreadable(deps, input.connection, report, problem);
      else if (header.end > settings.cutOver) {
        const stored = await recordSettlement(db, input.connection, header, sha256, now);
        if (stored.sha256 !== sha256) await raiseReissued(deps, input.connection, header, report.reportId);
        found += 1;
      }
      await writeMark(db, input.connection, source, sha256);
      heartbeat(found);
    }
    await writeMark(db, input.connection, 'settlements', now);
    return { found };
  };
}

async function listReports(amazon: ReturnType<typeof connectionOf>['amazon'], reportTypes: string[], createdSince: string): Promise<ReportInfo[]> {
  const reports: ReportInfo[] = [];
  let page = await amazon.getReports({ reportTypes, createdSince });
  for (;;) {
    reports.push(...page.reports);
    if (page.nextToken === null) break;
    page = await amazon.getReports({ nextToken: page.nextToken });
  }
  return reports.sort((a, b) => ((a.dataStart ?? a.createdAt) < (b.dataStart ?? b.createdAt) ? -1 : 1));
}

/** Stores the bytes while reading just far enough to know which settlement they are. */
export async function storeReport(deps: Dependencies, name: string, bytes: AsyncIterable<Uint8Array>): Promise<{ header: SettlementHeader | null; sha256: string; problem: string }> {
  let header: SettlementHeader | null = null;
  let problem = 'it has no summary row';
  let reading = true;
  const parser = new SettlementParser({ onHeader: (known) => { header = known; }, onRow: () => {} });
  const sha256 = await saveFile(deps.store.db, name, bytes, await deps.now(), (piece) => {
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

async function raiseUnreadable(deps: Dependencies, connection: string, report: ReportInfo, problem: string): Promise<void> {
  await raise(deps.store.db, connection, {
    code: 'report-unreadable', key: report.reportId, owner: 'finance', what: `report ${report.reportId} cannot be read: ${problem}`,
    act: 'Download it again (Seller Central › Payments › Reports repository) and import it: npx tieout settlement import FILE',
    atStake: null, currency: null, subject: `report:${report.reportId}`,
  }, await deps.now());
}

/** The same settlement with other bytes: what was posted stays, and a person compares the two. */
async function raiseReissued(deps: Dependencies, connection: string, header: SettlementHeader, reportId: string): Promise<void> {
  await raise(deps.store.db, connection, {
    code: 'report-reissued', key: `${header.settlementId}:${reportId}`, owner: 'finance', what: `settlement ${header.settlementId} came again with other content (report ${reportId}); the first file stands`,
    act: 'Download both and compare them: npx tieout settlement inspect FILE', atStake: header.total, currency: header.currency, subject: `payout:${header.settlementId}`,
  }, await deps.now());
}
