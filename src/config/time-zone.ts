import type { ConnectionSettings } from './connection.ts';
import { marketplaceById } from './marketplaces.ts';

/** Zone in which the books of a marketplace are kept; without one, that of the connection's first marketplace. */
export function timeZoneOf({ marketplaces }: ConnectionSettings, marketplaceId: string | null): string {
  const configured = marketplaces.find(({ id }) => id === marketplaceId) ?? marketplaces[0];
  return configured?.timeZone ?? marketplaceById(configured?.id ?? '')?.timeZone ?? 'UTC';
}
