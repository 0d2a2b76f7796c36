import { setCurrentDetails } from '@temporalio/workflow';
import { onStore } from '../activity-proxies.ts';
import type { IntakeInput } from '../intake/intake.contract.ts';

/** Once a day: deletes what the connection's retention has passed for. */
export async function housekeeping({ connection, policy }: IntakeInput): Promise<string> {
  const { orders, settlements, files, events, bankLines } = await onStore(policy).purgePastRetention({ connection });
  const summary = `Past their retention, and deleted: ${orders} orders, ${settlements} settlements, ${files} files, ${bankLines} bank lines, ${events} events.`;
  setCurrentDetails(summary);
  return summary;
}
