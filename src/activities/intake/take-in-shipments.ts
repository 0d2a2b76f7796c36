import { setTimeout as wait } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import type { AmazonClient, ReportInfo } from '../../clients/amazon/amazon-client.ts';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/marks.ts';
import { saveShipments } from '../../store/orders.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { raiseDrift } from './raise-drift.ts';

const REPORT_TYPE = 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL';
/** Rows appear up to 24 hours late (and are filed by shipment date), so each request reaches back over the last. */
const OVERLAP_MS = 48 * 3_600_000;
/** Amazon makes this report for at most one month at a time. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/**
 * Shipments from the fulfilled-shipments report, which alone says what left the warehouse. Idempotent: a shipment is
 * stored once. What was shipped before the cut-over is not ours.
 */
export function createTakeInShipments(deps: Dependencies) {
  return async function takeInShipments(input: { connection: string }): Promise<{ seen: number }> {
    const { settings, amazon } = connectionOf(deps, input.connection);
    const now = await deps.now();
    const mark = await readMark(deps.store.db, input.connection, 'shipments');
    let start = Math.max(epochMsOf(settings.cutOver), mark === null ? 0 : epochMsOf(mark) - OVERLAP_MS);
    let seen = 0;
    while (start < epochMsOf(now)) {
      const end = Math.min(start + LONGEST_MS, epochMsOf(now));
      const document = await makeReport(deps, amazon, settings.marketplaces.map((marketplace) => marketplace.id), start, end);
      if (document !== null) {
        const { shipments, drift } = await amazon.readShipments(document);
        if (drift.length > 0) await raiseDrift(deps, input.connection, drift);
        const ours = shipments.filter(({ shippedAt }) => shippedAt >= settings.cutOver);
        await saveShipments(deps.store.db, input.connection, ours);
        seen += ours.length;
      }
      // After each, since Amazon makes so few that an attempt may end before the last.
      await writeMark(deps.store.db, input.connection, 'shipments', instantOf(end));
      heartbeat(seen);
      start = end;
    }
    return { seen };
  };
}

/** Asks for the report and waits for it; null when Amazon has no data (it calls that CANCELLED). */
async function makeReport(deps: Dependencies, amazon: AmazonClient, marketplaceIds: string[], start: number, end: number): Promise<string | null> {
  const { reportId } = await amazon.createReport({ reportType: REPORT_TYPE, marketplaceIds, dataStart: instantOf(start), dataEnd: instantOf(end) });
  for (;;) {
    const report = await lookAt(amazon, reportId);
    if ('throttledMs' in report) {
      await wait(Math.max(report.throttledMs, deps.reportPollMs));
      continue;
    }
    if (report.status === 'DONE') return report.reportDocumentId;
    if (report.status === 'CANCELLED') return null;
    if (report.status === 'FATAL') throw new Error(`Amazon could not make the report ${REPORT_TYPE} (${reportId})`);
    heartbeat(report.status);
    await wait(deps.reportPollMs);
  }
}

/** Too many looks end no activity: trying that again would have the report made anew, and Amazon makes one a minute. */
async function lookAt(amazon: AmazonClient, reportId: string): Promise<ReportInfo | { throttledMs: number }> {
  try {
    return await amazon.getReport(reportId);
  } catch (error) {
    if (error instanceof AmazonFailure && error.code === 'throttled') return { throttledMs: error.retryAfterMs ?? 0 };
    throw error;
  }
}
