import { setCurrentDetails } from '@temporalio/workflow';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** Looks, at each start, whether NetSuite has what the connection's settings name. */
export async function connectionCheck({ connection, policy }: Telling): Promise<string[]> {
  setCurrentDetails(
    'Looks whether NetSuite has the accounts, items, customers and locations that the configuration names.',
  );
  const { problems, prices = [] } = await onNetSuite(connection, policy).checkConnection({ connection });
  const found =
    problems.length === 0
      ? 'NetSuite has everything that the configuration names.'
      : `NetSuite lacks:\n\n${list(problems)}`;
  setCurrentDetails(prices.length === 0 ? found : `${found}\n\nPrices with tax:\n\n${list(prices)}`);
  return problems;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
