import { patched, setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { onNetSuite, onStore } from '../activity-proxies.ts';

/** One look at the months that are due: each is worked out, stored, and its workflow told; then accruals that wait are posted, and the months' profit is worked out. */
export async function closeLook({ connection, policy }: Telling): Promise<string> {
  const store = onStore(policy);
  const netsuite = onNetSuite(connection, policy);
  const said: string[] = [];
  const due = await store.dueCloses({ connection });
  for (const period of due) {
    const close = await netsuite.evaluateClose({ connection, period });
    await store.tellClose({ connection, policy, period, said: close });
    said.push(close.sentence);
    setCurrentDetails(said.join('\n\n'));
  }
  // After the months: one that cannot be posted keeps none of them from being worked out.
  if (patched('accruals-2026-11')) await netsuite.postAccruals({ connection });
  if (patched('profit-2026-11'))
    for (const period of due) said.push((await netsuite.evaluateProfit({ connection, period })).sentence);
  return said.length === 0 ? 'No month is due.' : said.join(' ');
}
