/** Pools and places (stock.md, *Pools, places, items*): what Amazon ships from as one, and where NetSuite holds it. */

/**
 * A place of a pool. `source` is the seller's own warehouse and not ours to count; `elsewhere` is any location outside of the
 * pools: the other end of a transfer of somebody else's, which only NetSuite's record of it names.
 */
export type Place = 'sellable' | 'unsellable' | 'inTransit' | 'removal' | 'source' | 'elsewhere';
/** Of which the settings name the location. */
export type NamedPlace = Exclude<Place, 'elsewhere'>;
/** Places whose units Amazon's ledger counts. */
export type LedgerPlace = Extract<Place, 'sellable' | 'unsellable'>;

export interface Pool {
  /** `[a-z0-9]{1,12}`: part of the keys of its documents. */
  name: string;
  /** ISO codes, as the ledger's `Country` has them. */
  countries: readonly string[];
  /** Marketplace whose inventory is asked for, and whose name its amounts have. */
  marketplace: string;
  /** NetSuite's location of each place, by its name. */
  locations: Readonly<Record<NamedPlace, string>>;
}

/** NetSuite's location of a place, by its name; undefined: the pool is not in the settings, or the place is `elsewhere`. */
export function locationOf(pool: Pool | undefined, place: Place): string | undefined {
  return place === 'elsewhere' ? undefined : pool?.locations[place];
}

/** Whether units there are not ours to count. */
export function isUncounted(place: Place): place is 'source' | 'elsewhere' {
  return place === 'source' || place === 'elsewhere';
}

/** The pool that a country belongs to; undefined raises `pool-unknown`. */
export function poolOf(pools: readonly Pool[], country: string): Pool | undefined {
  return pools.find(({ countries }) => countries.includes(country));
}

/** Where units of a disposition are: everything but SELLABLE is unsellable. */
export function placeOf(disposition: string): LedgerPlace {
  return disposition === 'SELLABLE' ? 'sellable' : 'unsellable';
}
