import type { ConnectionSettings } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById, marketplaceByName } from '../../config/marketplaces.ts';
import { isMultiChannelName } from '../../domain/identifiers/multi-channel.ts';
import { ownershipOf, type Ownership } from '../../domain/payouts/settlement-ownership.ts';
import { stateBefore } from '../../store/payouts/chains.ts';
import type { StoredSettlement } from '../../store/payouts/settlements.ts';
import { marketplacesNamed } from '../../store/payouts/settlement-rows.ts';
import type { Connection } from '../connection.ts';

/** Whose a staged settlement is, as the configuration stands now. */
export async function ownershipFor(connection: Connection, settlement: StoredSettlement): Promise<Ownership> {
  const { db } = connection;
  const { settings } = connection;
  // A Multi-Channel name that says no country speaks of no marketplace.
  const named = (await marketplacesNamed(db, connection.name, settlement.settlementId)).flatMap(
    (marketplace) => marketplaceByName(marketplace)?.id ?? (isMultiChannelName(marketplace) ? [] : marketplace),
  );
  const before = await stateBefore(db, connection.name, settlement);
  return ownershipOf(
    {
      named: [...new Set(named)].sort(),
      currency: settlement.currency,
      previous: before === null ? null : before === 'left-alone' ? 'left-alone' : 'ours',
    },
    {
      listed: settings.marketplaces.map(({ id }) => id),
      foreignRows: settings.foreignRows,
      sellsIn: (currency) => ({
        here: sells(settings, currency),
        connections: connection.configured.filter((other) => sells(other, currency)).length,
      }),
    },
  );
}

function sells({ marketplaces }: ConnectionSettings, currency: string): boolean {
  return marketplaces.some(({ id }) => currencyOfMarketplace(marketplaceById(id)!) === currency);
}

/** Somebody's: a connection of the configuration lists it, or it is said to be nobody's of ours. */
export function isSpokenFor(connection: Connection, marketplace: string): boolean {
  return connection.configured.some(
    ({ notOurs, marketplaces }) => notOurs.includes(marketplace) || marketplaces.some(({ id }) => id === marketplace),
  );
}
