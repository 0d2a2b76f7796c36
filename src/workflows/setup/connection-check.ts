import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** Looks, at each start, whether NetSuite has what the connection's settings name. */
export async function connectionCheck({ connection, policy }: Telling): Promise<string[]> {
  setCurrentDetails(
    'Looks whether NetSuite has the accounts, items, customers and locations that the configuration names.',
  );
  const { problems } = await onNetSuite(connection, policy).checkConnection({ connection });
  setCurrentDetails(
    problems.length === 0
      ? 'NetSuite has everything that the configuration names.'
      : `NetSuite lacks:\n\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
  );
  return problems;
}
