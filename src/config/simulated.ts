import type { ConnectionSettings } from './connection.ts';

/** Whether both sides of a connection are simulators: addresses are given, and they are not the vendors' own. */
export function isSimulated({ amazon, netsuite }: Pick<ConnectionSettings, 'amazon' | 'netsuite'>): boolean {
  const isForeign = (address: string | undefined, vendor: RegExp): boolean =>
    address !== undefined && !vendor.test(new URL(address).hostname);
  return isForeign(amazon.endpoint, /(^|\.)amazon\.com$/) && isForeign(netsuite.restBaseUrl, /(^|\.)netsuite\.com$/);
}
