import type { Telling } from '../../contracts/activity-inputs.ts';
import type { BalancesRead } from '../../contracts/period/balances-on.ts';
import { onNetSuite } from '../activity-proxies.ts';

/** Reads what NetSuite and our documents have on each account at the end of a day. */
export async function balancesOn({ connection, day, policy }: Telling & { day: string }): Promise<BalancesRead> {
  return onNetSuite(connection, policy).readBalancesOn({ connection, day });
}
