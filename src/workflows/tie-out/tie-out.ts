import type { Telling } from '../../contracts/activity-inputs.ts';
import { onNetSuite } from '../activity-proxies.ts';
import type { TieOut } from '../../contracts/tie-out/tie-out.ts';

/** Asks NetSuite for its balances and for duplicates, and holds them against what is explained. */
export async function tieOut({ connection, policy }: Telling): Promise<TieOut> {
  return onNetSuite(connection, policy).readTieOut({ connection });
}
