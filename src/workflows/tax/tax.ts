import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** One look at tax: what people have decided is posted. */
export async function tax({ connection, policy }: Telling): Promise<string> {
  const { posted, stopped } = await onNetSuite(connection, policy).postTaxJournals({ connection });
  const summary = `Journals of tax: posted ${posted}, ${stopped} for a person.`;
  setCurrentDetails(summary);
  return summary;
}
