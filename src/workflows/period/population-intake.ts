import { patched, setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { MonthOrdersTaken } from '../../contracts/period/population-intake.ts';
import { onAmazon, onStore } from '../activity-proxies.ts';

/** One look at Amazon for what months are closed against; an order hears of a refund that is told too late for any other look. */
export async function populationIntake({ connection, policy }: Telling): Promise<string> {
  const finances = onAmazon(connection, 'finances', policy);
  const { pages } = await finances.takeInOpenTransactions({ connection });
  if (patched('late-refunds-2026-11') && pages > 0) await onStore(policy).tellOrders({ connection, policy });
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
