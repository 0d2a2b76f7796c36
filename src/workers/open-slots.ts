import type { ConnectionSettings } from '../config/connection.ts';
import { SharedSlots } from '../store/limits/netsuite-slots.ts';

/**
 * Slots by NetSuite account: connections of one account take theirs from one pool, by one session of Postgres. An account
 * has one limit, so where they say different ones the smallest holds.
 */
export async function openSlots(
  url: string,
  connections: readonly Pick<ConnectionSettings, 'netsuite'>[],
): Promise<ReadonlyMap<string, SharedSlots>> {
  const sizes = new Map<string, number>();
  for (const { netsuite } of connections)
    sizes.set(netsuite.account, Math.min(netsuite.maxConcurrency, sizes.get(netsuite.account) ?? Infinity));
  const opened = await Promise.all(
    [...sizes].map(async ([account, size]) => [account, await SharedSlots.open({ url, account, size })] as const),
  );
  return new Map(opened);
}
