import { marketplaceById } from '../../config/marketplaces.ts';
import type { Database } from '../../store/database.ts';
import { openKeys, raise, resolveException } from '../../store/exceptions/exceptions.ts';
import type { Dependencies } from '../dependencies.ts';
import { isSpokenFor } from './settlement-ownership-for.ts';

/** One exception for each marketplace that no connection lists, however many settlements, refunds or orders it has. */
export async function raiseNotListed(
  deps: Dependencies,
  connection: string,
  marketplaces: readonly string[],
  what: string,
): Promise<void> {
  for (const id of marketplaces.filter((marketplace) => !isSpokenFor(deps, marketplace))) {
    const name = marketplaceById(id)?.domain ?? id;
    await raise(
      deps.store.db,
      connection,
      {
        code: 'marketplace-not-listed',
        subject: { kind: 'marketplace', id },
        evidence: { what: `${what} of ${name}, which no connection lists: left alone`, atStake: null, currency: null },
        remedy: {
          kind: 'set-up',
          where: `List ${name} under marketplaces in tieout.config.yaml, or name ${id} under notOurs, and start again`,
        },
      },
      await deps.now(),
    );
  }
}

/** Ends those that the configuration has answered since. */
export async function resolveListed(deps: Dependencies, db: Database, connection: string): Promise<void> {
  for (const id of await openKeys(db, connection, 'marketplace-not-listed')) {
    if (isSpokenFor(deps, id))
      await resolveException(
        db,
        connection,
        'marketplace-not-listed',
        id,
        'the configuration speaks of it now',
        await deps.now(),
      );
  }
}
