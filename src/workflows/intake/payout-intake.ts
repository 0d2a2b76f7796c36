import { setCurrentDetails } from '@temporalio/workflow';
import { onAmazon, onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/** One look at Amazon for settlement reports and transfers; each payout starts, or hears that what it waits for has come. */
export async function payoutIntake({ connection, policy }: Telling): Promise<string> {
  const reports = await onAmazon(connection, 'reports', policy).takeInSettlements({ connection });
  const transfers = await onAmazon(connection, 'finances', policy).takeInEventGroups({ connection });
  const { started, told } = await onStore(policy).tellPayouts({ connection, policy });
  const summary = `${reports.found} settlements found, ${transfers.groups} transfers read; ${started} payouts started, ${told} told.`;
  setCurrentDetails(summary);
  return summary;
}
