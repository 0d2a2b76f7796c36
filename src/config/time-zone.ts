import type { ConnectionSettings } from './connection.ts';
import { marketplaceById, marketplaceByName } from './marketplaces.ts';

/**
 * Time zone of the books for a marketplace's id or its name in a report. A row without a marketplace, or of one that the
 * connection does not have, goes by the connection's first marketplace.
 */
export function timeZoneOf(settings: ConnectionSettings, marketplace: string | null): string {
  const known = marketplace === null ? undefined : (marketplaceById(marketplace) ?? marketplaceByName(marketplace));
  const own = settings.marketplaces.find((candidate) => candidate.id === known?.id);
  if (own?.timeZone) return own.timeZone;
  if (known) return known.timeZone;
  const first = settings.marketplaces[0]!;
  return first.timeZone ?? marketplaceById(first.id)!.timeZone;
}

/** The connection's marketplace for an id, for a name in a report, or else its first. */
export function marketplaceOf(
  settings: ConnectionSettings,
  marketplace: string | null,
): ConnectionSettings['marketplaces'][number] {
  const known = marketplace === null ? undefined : (marketplaceById(marketplace) ?? marketplaceByName(marketplace));
  return settings.marketplaces.find((candidate) => candidate.id === known?.id) ?? settings.marketplaces[0]!;
}
