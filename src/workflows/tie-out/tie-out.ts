import type { ActivityPolicy } from '../activity-policy.ts';
import { onNetSuite } from '../activity-proxies.ts';
import type { TieOut } from '../../activities/tie-out/tie-out.ts';

/** Asks NetSuite for its balances and for duplicates, and holds them against what is explained. */
export async function tieOut({ connection, policy }: { connection: string; policy: ActivityPolicy }): Promise<TieOut> {
  return onNetSuite(connection, policy).readTieOut({ connection });
}
