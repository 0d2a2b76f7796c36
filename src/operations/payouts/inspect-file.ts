import {
  SettlementInspection,
  type Inspection,
  type InspectionOptions,
} from '../../domain/payouts/inspect-settlement.ts';
import { reportNotice } from '../../domain/settlement/render-report-error.ts';
import { ReportError } from '../../domain/settlement/report-error.ts';
import { readReportFile } from '../files/report-file.ts';

/** Reads, checks, classifies and journals one report of this machine; no server, no database. @throws TieoutError when the file is refused, naming line and column. */
export async function inspectFile(
  file: string,
  options: InspectionOptions,
): Promise<{ inspection: Inspection; sha256: string }> {
  const inspection = new SettlementInspection(options);
  try {
    const sha256 = await readReportFile(file, (chunk) => inspection.push(chunk));
    return { inspection: inspection.finish(), sha256 };
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    const line = error.problem.line ?? inspection.line; // a broken packing does not know its line
    throw reportNotice(new ReportError({ ...error.problem, line }), file, inspection.currency);
  }
}
