import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import { commonFields, itemReference } from '../posting/references.ts';
import { transferPlaces } from './transfer-places.ts';

/** Inventory Transfer: units go from one location to another in one step, at the cost of the first (NSHELP section_0817112542). */
export async function transferCall(
  connection: Connection,
  { key, plan }: StoredDocument<'transfer'>,
  dated: JsonObject,
): Promise<PostingCall> {
  const [{ from: location, to: transferLocation }, common, items] = await Promise.all([
    transferPlaces(connection, plan),
    commonFields(connection, recordTypeOf('TRF'), { withSubsidiary: true }),
    Promise.all(
      plan.lines.map(async ({ item, units }) => ({ item: await itemReference(connection, item), adjustQtyBy: units })),
    ),
  ]);
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(key),
      ...dated,
      memo: plan.memo,
      location,
      transferLocation,
      ...common,
      inventory: { items },
    },
  };
}
