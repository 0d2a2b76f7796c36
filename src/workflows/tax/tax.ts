import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { VatReportTaken } from '../../contracts/tax/tax-look.ts';
import { onAmazon, onNetSuite } from '../activity-proxies.ts';

/** One look at tax: what people have decided is posted, and Amazon's VAT report is asked for where it is due. */
export async function tax({ connection, policy }: Telling): Promise<string> {
  const { posted, stopped } = await onNetSuite(connection, policy).postTaxJournals({ connection });
  const report = await onAmazon(connection, 'reports', policy).takeInVatReport({ connection });
  const summary = `Journals of tax: posted ${posted}, ${stopped} for a person; Amazon's VAT report ${said(report)}.`;
  setCurrentDetails(summary);
  return summary;
}

function said(report: VatReportTaken): string {
  if (report.result === 'skipped') return 'not due';
  return report.result === 'read' ? `of ${report.month}: ${report.rows} rows` : `of ${report.month}: ${report.result}`;
}
