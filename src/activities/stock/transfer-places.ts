/** The two locations of a transfer, by NetSuite's internal ids. */
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { placeAt } from '../../domain/stock/open-movements.ts';
import type { Transfer } from '../../domain/stock/kept-stock.ts';
import { poolsOf } from '../../config/stock-policy.ts';
import type { Connection } from '../connection.ts';
import { idOf } from '../posting/body-values.ts';
import { Unmakeable } from '../posting/posting-call.ts';
import { locationNamed, placeReference } from '../posting/references.ts';
import { stockSettings } from './stock-reading.ts';

type Reference = { id: string };

/**
 * `elsewhere` is where the transfer that is taken back has its other end, as NetSuite has that now.
 * @throws Unmakeable where NetSuite no longer has that transfer, or no end of it outside of the pools
 * @throws ApplicationFailure `SETTING_UNKNOWN`
 */
export async function transferPlaces(
  connection: Connection,
  { from, to, elsewhereOf }: Pick<Transfer, 'from' | 'to' | 'elsewhereOf'>,
): Promise<{ from: Reference; to: Reference }> {
  const referenceOf = async (at: Transfer['from']) =>
    at.place === 'elsewhere' ? outsideEnd(connection, elsewhereOf ?? '') : placeReference(connection, at);
  const [location, other] = await Promise.all([referenceOf(from), referenceOf(to)]);
  return { from: location, to: other };
}

async function outsideEnd(connection: Connection, netsuiteId: string): Promise<Reference> {
  const record = await connection.netsuite.get(recordTypeOf('TRF'), netsuiteId);
  if (record === null) throw new Unmakeable(`NetSuite has no transfer ${netsuiteId}, which it takes back`);
  const pools = poolsOf(stockSettings(connection));
  const ours = new Set<string>();
  for (const name of pools.flatMap(({ locations }) => Object.values(locations)))
    if (placeAt(pools, name) !== undefined) ours.add((await locationNamed(connection, name)).id);
  const ends = [idOf(record['location']), idOf(record['transferLocation'])];
  const id = ends.find((end) => end !== undefined && !ours.has(end));
  if (id === undefined)
    throw new Unmakeable(`transfer ${netsuiteId}, which it takes back, has both ends at places of the pools`);
  return { id };
}
