import { ApplicationFailure } from '@temporalio/common';
import { SettlementParser } from '../../domain/settlement/parse-settlement.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import type { SettlementHeader } from '../../domain/settlement/settlement.ts';
import { readFileChunks } from '../../store/files/files.ts';
import type { Connection } from '../connection.ts';
import { recordGiven, requireGiver } from '../decisions/given-by.ts';
import { recordReport } from '../intake/take-in-report.ts';
import { unpacked } from './stage-settlement.ts';
import {
  REPORT_REFUSED,
  type SettlementImportResult,
  type SettlementToImport,
} from '../../contracts/payouts/settlement-import.ts';
import type { ReportRefused } from '../../contracts/payouts/settlement-import.ts';

/** Writes down the settlement of a stored file, after reading it whole. Idempotent: the same bytes change nothing; others are a report issued again. */
export async function importSettlement(
  connection: Connection,
  input: SettlementToImport,
): Promise<SettlementImportResult> {
  const { settings } = connection;
  requireGiver(connection, 'importSettlement', input);
  let header: SettlementHeader | null = null;
  const parser = new SettlementParser({
    onHeader: (known) => {
      header = known;
    },
  });
  try {
    for await (const chunk of unpacked(readFileChunks(connection.db, input.sha256))) parser.push(chunk);
    const parsed = parser.finish();
    header = parsed.header;
    if (header.end <= settings.cutOver)
      throw refused(
        'before-cut-over',
        `Settlement ${header.settlementId} ended before the connection's cut-over (${settings.cutOver}).`,
      );
    const { settlementId } = header;
    const recorded = await recordReport(connection, header, input.sha256);
    await recordGiven(connection, 'importSettlement', input, { settlementId, sha256: input.sha256, rows: parsed.rows });
    return {
      settlementId,
      known: recorded === 'known',
      reissued: recorded === 'reissued',
      rows: parsed.rows,
    };
  } catch (error) {
    if (error instanceof ReportError) throw refused('unreadable', error.message);
    throw error;
  }
}

function refused(reason: ReportRefused['reason'], message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, REPORT_REFUSED, { reason } satisfies ReportRefused);
}
