import { settlementImportId } from '../../domain/identifiers/workflow-id.ts';
import type { GivenBy, OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

export interface SettlementImportResult {
  settlementId: string;
  known: boolean;
  reissued: boolean;
  rows: number;
}

/** Type of the failure of a report that is not taken in; its message is a sentence, its details say why. */
export const REPORT_REFUSED = 'REPORT_REFUSED';
export interface ReportRefused {
  reason: 'unreadable' | 'before-cut-over';
}

/** A report that was put into the store, by its hash. */
export interface SettlementToImport extends OfConnection, GivenBy {
  sha256: string;
}
export type SettlementImportInput = SettlementToImport & Telling;
/** Takes a stored report in that Amazon no longer lists, and starts its payout. Fails with `REPORT_REFUSED`. */
export type SettlementImport = (input: SettlementImportInput) => Promise<SettlementImportResult>;
export const SETTLEMENT_IMPORT = workflowContract<SettlementImport, [sha256: string]>(
  'settlementImport',
  settlementImportId,
);
