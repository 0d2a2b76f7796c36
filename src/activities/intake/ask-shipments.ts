import { instantOf, type Instant } from '../../domain/money/instant.ts';
import type { ReadShipments } from '../../clients/amazon/read-shipments.ts';
import type { Connection } from '../connection.ts';
import { makeReport } from './make-report.ts';
import { tellDrift } from './raise-drift.ts';

export const REPORT_TYPE = 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL';
/** Amazon makes this report for at most one month at a time. */
export const LONGEST_MS = 30 * 24 * 3_600_000;

/** `upTo`: how far its rows go, as Amazon says; no report can tell of what came after it was asked for, at `madeAt`. */
export interface AskedShipments extends ReadShipments {
  upTo: Instant;
  madeAt: Instant;
}

/**
 * What was shipped between two instants (epoch milliseconds, at most {@link LONGEST_MS} apart), by a report made for it.
 * @param end null: up to Amazon's now
 */
export async function askShipments(connection: Connection, start: number, end: number | null): Promise<AskedShipments> {
  const { amazon } = connection;
  const report = await makeReport(connection, { reportType: REPORT_TYPE, start, end });
  const { createdAt: madeAt } = report;
  const named = report.dataEnd ?? (end === null ? madeAt : instantOf(end));
  const answer = { madeAt, upTo: named < madeAt ? named : madeAt };
  // Amazon calls a report without data CANCELLED.
  if (report.status === 'CANCELLED' || report.reportDocumentId === null)
    return { ...answer, shipments: [], refused: [] };
  const { drift, ...read } = await amazon.readShipments(report.reportDocumentId);
  await tellDrift(connection, REPORT_TYPE, drift);
  return { ...answer, ...read };
}
