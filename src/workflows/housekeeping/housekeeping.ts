import { setCurrentDetails } from '@temporalio/workflow';
import { onStore } from '../activity-proxies.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/** Once a day: deletes what the connection's retention has passed for. */
export async function housekeeping({ connection, policy }: Telling): Promise<string> {
  const { orders, settlements, files, events, bankLines } = await onStore(policy).purgePastRetention({ connection });
  const summary = `Past their retention, and deleted: ${orders} orders, ${settlements} settlements, ${files} files, ${bankLines} bank lines, ${events} events.`;
  setCurrentDetails(summary);
  return summary;
}
