import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { onAmazon } from '../activity-proxies.ts';

/** One look at Amazon's stock: what is due of the ledger, of the reports around it and of inbound shipments. */
export async function stock({ connection, policy }: Telling): Promise<string> {
  const reports = onAmazon(connection, 'reports', policy);
  // The summary first: whether a ledger with fewer rows is whole, the summary says.
  const balances = await reports.takeInBalances({ connection });
  const ledger = await reports.takeInLedger({ connection });
  const lines: ReadingResult[] = [];
  for (const report of ['returns', 'removals', 'reimbursements'] as const)
    lines.push(await reports.takeInReportLines({ connection, report }));
  const inbound = await onAmazon(connection, 'inventory', policy).takeInInbound({ connection });
  const summary = `Ledger ${said(ledger)}, balances ${said(balances)}, reports ${lines.map(said).join(', ')}, inbound ${said(inbound)}.`;
  setCurrentDetails(summary);
  return summary;
}

function said(reading: ReadingResult): string {
  if (reading.result === 'read') return `${reading.rows} rows, ${reading.news} new`;
  return reading.result === 'skipped' ? 'not due' : reading.result;
}
