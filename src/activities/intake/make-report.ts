import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { AmazonClient, ReportInfo } from '../../clients/amazon/amazon-client.ts';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import { instantOf } from '../../domain/money/instant.ts';
import type { Connection } from '../connection.ts';

/** What a report is to hold, for all marketplaces of the connection; instants in epoch milliseconds. */
export interface ReportWish {
  reportType: string;
  start: number;
  /** Null: up to Amazon's now. */
  end: number | null;
  options?: Record<string, string>;
}

/** Asks for a report and waits for its end, DONE or CANCELLED: Amazon calls one without data CANCELLED as well. */
export async function makeReport(
  { settings, amazon, reportPollMs }: Connection,
  { reportType, start, end, options }: ReportWish,
): Promise<ReportInfo> {
  const { reportId } = await amazon.createReport({
    reportType,
    marketplaceIds: settings.marketplaces.map((marketplace) => marketplace.id),
    dataStart: instantOf(start),
    dataEnd: end === null ? null : instantOf(end),
    ...(options ? { options } : {}),
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
        message: `Amazon could not make the report ${reportType} (${reportId})`,
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
