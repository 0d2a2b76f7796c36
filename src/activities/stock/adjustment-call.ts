import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { dimensionsOf } from '../../domain/mapping/dimensions.ts';
import type { StockLine } from '../../domain/stock/kept-stock.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { idOf } from '../posting/body-values.ts';
import { Unmakeable, type PostingCall } from '../posting/posting-call.ts';
import {
  accountReference,
  commonFields,
  dimensionFields,
  itemReference,
  placeReference,
} from '../posting/references.ts';

/**
 * Inventory Adjustment: units signed, each line at its location, on the account of its role. What comes in carries its unit
 * cost; what goes out leaves at NetSuite's (NSHELP section_0817101055).
 */
export async function adjustmentCall(
  connection: Connection,
  { key, plan, currency }: StoredDocument<'adjustment'>,
  dated: JsonObject,
): Promise<PostingCall> {
  const { location: _, ...dimensions } = dimensionsOf(connection.settings.dimensions, plan.role, null);
  const [account, common, ofRole, items] = await Promise.all([
    plan.accountOf === null
      ? accountReference(connection, plan.role, currency).then(({ id }) => ({ id }))
      : accountOfAdjustment(connection, plan.accountOf),
    commonFields(connection, recordTypeOf('ADJ'), { withSubsidiary: true }),
    dimensionFields(connection, dimensions),
    Promise.all(plan.lines.map((line) => adjustedLine(connection, line))),
  ]);
  return {
    kind: 'create',
    body: {
      externalId: externalIdOf(key),
      ...dated,
      memo: plan.memo,
      account,
      adjLocation: items[0]!.location,
      ...common,
      inventory: { items: items.map((line) => ({ ...line, ...ofRole })) },
    },
  };
}

async function adjustedLine(connection: Connection, { item, place, units, unitCost, eventType, reason }: StockLine) {
  const memo = `${eventType} ${reason}`.trim();
  return {
    item: await itemReference(connection, item),
    location: await placeReference(connection, place),
    adjustQtyBy: units,
    ...(unitCost === null ? {} : { unitCost: decimal(unitCost) }),
    ...(memo === '' ? {} : { memo }),
  };
}

/** A counter posts where what it counters did. */
async function accountOfAdjustment({ netsuite }: Connection, netsuiteId: string): Promise<{ id: string }> {
  const id = idOf((await netsuite.get(recordTypeOf('ADJ'), netsuiteId))?.['account']);
  if (id === undefined) throw new Unmakeable(`NetSuite has no adjustment ${netsuiteId}, which it counters`);
  return { id };
}
