/**
 * Whose a settlement is (accounting.md, *Whose it is*): a connection books the marketplaces that it lists and leaves the
 * others alone. Amazon's report list gives every settlement of the region to whoever asks.
 */
import type { CurrencyCode } from '../money/money.ts';

export interface SettlementFacts {
  /** Marketplaces that its rows name: ids, or names that nobody knows. Multi-Channel names count as their country. */
  named: readonly string[];
  currency: CurrencyCode;
  /** How the settlement before it in its chain was taken; null where none is known. */
  previous: 'ours' | 'left-alone' | null;
}

export interface OwnershipSettings {
  listed: readonly string[];
  foreignRows: 'wait' | 'merchant-orders';
  /** This connection sells in a currency, and how many of the configuration do. */
  sellsIn: (currency: CurrencyCode) => { here: boolean; connections: number };
}

export type Ownership =
  /** `foreign` are marketplaces whose rows go to `merchant-orders`. */
  | { kind: 'ours'; foreign: readonly string[] }
  | { kind: 'left-alone'; marketplaces: readonly string[] }
  | { kind: 'waits'; sentence: string };

export function ownershipOf(
  { named, currency, previous }: SettlementFacts,
  { listed, foreignRows, sellsIn }: OwnershipSettings,
): Ownership {
  const foreign = named.filter((marketplace) => !listed.includes(marketplace));
  if (named.length > 0 && foreign.length === 0) return { kind: 'ours', foreign: [] };
  if (named.length > 0 && foreign.length === named.length) return { kind: 'left-alone', marketplaces: foreign };
  if (named.length > 0) {
    return foreignRows === 'merchant-orders'
      ? { kind: 'ours', foreign }
      : {
          kind: 'waits',
          sentence: `it names ${named.filter((marketplace) => listed.includes(marketplace)).join(', ')}, which this connection lists, and ${foreign.join(', ')}, which it does not`,
        };
  }
  if (previous !== null)
    return previous === 'ours' ? { kind: 'ours', foreign: [] } : { kind: 'left-alone', marketplaces: [] };
  const { here, connections } = sellsIn(currency);
  if (connections === 1) return here ? { kind: 'ours', foreign: [] } : { kind: 'left-alone', marketplaces: [] };
  return {
    kind: 'waits',
    sentence: `it names no marketplace, follows on none, and ${connections === 0 ? 'no connection sells' : `${connections} connections sell`} in ${currency}`,
  };
}
