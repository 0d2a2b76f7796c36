import { setCurrentDetails } from '@temporalio/workflow';
import { renderSweep } from '../../domain/documents/render-sweep.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { SweptPage } from '../../contracts/documents/document-sweep.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** Reads what was posted back from NetSuite, page by page, and says what somebody altered there since. */
export async function documentSweep(input: Telling): Promise<string> {
  const netsuite = onNetSuite(input.connection, input.policy);
  let read = 0;
  let altered = 0;
  for (let after: string | null = ''; after !== null;) {
    const page: SweptPage = await netsuite.sweepDocuments({ ...input, after });
    read += page.read;
    altered += page.altered;
    after = page.after;
    setCurrentDetails(renderSweep(read, altered));
  }
  return renderSweep(read, altered);
}
