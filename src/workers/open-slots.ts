import type { ConnectionSettings } from '../config/connection.ts';
import { SharedSlots } from '../store/limits/netsuite-slots.ts';

/**
 * Slots by NetSuite account: the connections that this process serves take theirs from one pool for each account, by two
 * sessions of Postgres. An account has one limit, so where connections of the configuration, served here or elsewhere, say
 * different ones the smallest holds.
 */
export async function openSlots(
  url: string,
  served: readonly Pick<ConnectionSettings, 'netsuite'>[],
  configured: readonly Pick<ConnectionSettings, 'netsuite'>[],
): Promise<ReadonlyMap<string, SharedSlots>> {
  const sizeOf = (account: string) =>
    Math.min(
      ...configured
        .filter(({ netsuite }) => netsuite.account === account)
        .map(({ netsuite }) => netsuite.maxConcurrency),
    );
  const sizes = new Map(served.map(({ netsuite: { account } }) => [account, sizeOf(account)]));
  const opened = await Promise.all(
    [...sizes].map(async ([account, size]) => [account, await SharedSlots.open({ url, account, size })] as const),
  );
  return new Map(opened);
}
