import { marketplaceById } from '../../config/marketplaces.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { isSpokenFor } from './settlement-ownership-for.ts';

/** One exception for each marketplace that no connection lists, however many settlements, refunds or orders it has. */
export async function raiseNotListed(
  connection: Connection,
  marketplaces: readonly string[],
  what: string,
): Promise<void> {
  for (const id of marketplaces.filter((marketplace) => !isSpokenFor(connection, marketplace))) {
    const name = marketplaceById(id)?.domain ?? id;
    await connection.raise({
      code: 'marketplace-not-listed',
      subject: { kind: 'marketplace', id },
      evidence: { what: `${what} of ${name}, which no connection lists: left alone`, atStake: null, currency: null },
      remedy: {
        kind: 'set-up',
        where: `List ${name} under marketplaces in tieout.config.yaml, or name ${id} under notOurs, and start again`,
      },
    });
  }
}

/** Ends those that the configuration has answered since. */
export async function resolveListed(connection: Connection): Promise<void> {
  for (const id of await openKeys(connection.db, connection.name, 'marketplace-not-listed'))
    if (isSpokenFor(connection, id))
      await connection.resolve('marketplace-not-listed', id, 'the configuration speaks of it now');
}
