import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { MonthOrdersTaken } from '../../contracts/period/population-intake.ts';
import { onAmazon } from '../activity-proxies.ts';

/** One look at Amazon for what months are closed against: it tells nobody, so nothing but the close waits for it. */
export async function populationIntake({ connection, policy }: Telling): Promise<string> {
  const finances = onAmazon(connection, 'finances', policy);
  const { pages } = await finances.takeInOpenTransactions({ connection });
  const { days } = await finances.takeInAmazonBalances({ connection });
  const report = await onAmazon(connection, 'reports', policy).takeInMonthOrders({ connection });
  const summary = `Open transactions: ${pages} pages read again; Amazon's balances of ${days} days; all-orders report ${said(report)}.`;
  setCurrentDetails(summary);
  return summary;
}

function said(report: MonthOrdersTaken): string {
  if (report.result === 'not-due') return 'not due';
  return report.result === 'read'
    ? `of ${report.month}: ${report.orders} orders`
    : `of ${report.month}: ${report.result}`;
}
