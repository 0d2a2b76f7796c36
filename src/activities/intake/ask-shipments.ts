import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { AmazonClient, ReportInfo } from '../../clients/amazon/amazon-client.ts';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import { instantOf, type Instant } from '../../domain/money/instant.ts';
import type { ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { Connection } from '../connection.ts';
import { raiseDrift } from './raise-drift.ts';

const REPORT_TYPE = 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL';
/** Amazon makes this report for at most one month at a time. */
export const LONGEST_MS = 30 * 24 * 3_600_000;

/** `upTo`: how far its rows go, as Amazon says; no report can tell of what came after it was asked for, at `madeAt`. */
export interface AskedShipments {
  shipments: ShipmentFact[];
  upTo: Instant;
  madeAt: Instant;
}

/**
 * What was shipped between two instants (epoch milliseconds, at most {@link LONGEST_MS} apart), by a report made for it.
 * @param end null: up to Amazon's now
 */
export async function askShipments(connection: Connection, start: number, end: number | null): Promise<AskedShipments> {
  const { amazon } = connection;
  const report = await makeReport(connection, start, end);
  const { createdAt: madeAt } = report;
  const named = report.dataEnd ?? (end === null ? madeAt : instantOf(end));
  const answer = { madeAt, upTo: named < madeAt ? named : madeAt };
  // Amazon calls a report without data CANCELLED.
  if (report.status === 'CANCELLED' || report.reportDocumentId === null) return { ...answer, shipments: [] };
  const { shipments, drift } = await amazon.readShipments(report.reportDocumentId);
  if (drift.length > 0) await raiseDrift(connection, drift);
  return { ...answer, shipments };
}

/** Asks for the report and waits for its end, DONE or CANCELLED. */
async function makeReport(
  { settings, amazon, reportPollMs }: Connection,
  start: number,
  end: number | null,
): Promise<ReportInfo> {
  const { reportId } = await amazon.createReport({
    reportType: REPORT_TYPE,
    marketplaceIds: settings.marketplaces.map((marketplace) => marketplace.id),
    dataStart: instantOf(start),
    dataEnd: end === null ? null : instantOf(end),
  });
  for (;;) {
    const report = await lookAt(amazon, reportId);
    if ('throttledMs' in report) {
      await wait(Math.max(report.throttledMs, reportPollMs));
      continue;
    }
    if (report.status === 'DONE' || report.status === 'CANCELLED') return report;
    if (report.status === 'FATAL')
      throw ApplicationFailure.create({
        type: 'REPORT_FATAL',
        message: `Amazon could not make the report ${REPORT_TYPE} (${reportId})`,
      });
    heartbeat(report.status);
    await wait(reportPollMs);
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
