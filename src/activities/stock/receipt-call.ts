import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { allotReceipt, type ArrivingUnits } from '../../domain/stock/allot-receipt.ts';
import type { Receipt } from '../../domain/stock/kept-stock.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { Unmakeable, type PostingCall, type SourceRecord } from '../posting/posting-call.ts';
import { commonFields, itemReference, placeReference } from '../posting/references.ts';
import { receivableLines } from './receivable-lines.ts';

const SOURCES = {
  authorisation: { record: recordTypeOf('RA'), name: 'return authorisation' },
  'transfer-order': { record: 'transferOrder', name: 'transfer order' },
} as const satisfies Record<Receipt['of']['kind'], { record: SourceRecord; name: string }>;

/**
 * Item Receipt of a return authorisation or transfer order. Each of its lines is named, since those that are not named
 * default to being received whole.
 */
export async function receiptCall(
  connection: Connection,
  { key, plan }: StoredDocument<'receipt'>,
  dated: JsonObject,
): Promise<PostingCall> {
  const { record, name } = SOURCES[plan.of.kind];
  const [lines, arriving, common] = await Promise.all([
    receivableLines(connection, plan.of.netsuiteId),
    arrivingUnits(connection, plan.lines),
    commonFields(connection, recordTypeOf('IR')),
  ]);
  const made = allotReceipt(arriving, lines);
  if ('refused' in made) throw new Unmakeable(`${name} ${plan.of.netsuiteId}: ${made.refused}`);
  const allotted = new Map(made.allotted.map((line) => [line.orderLine, line]));
  const items = lines
    .filter(({ kit }) => kit === null)
    .map(({ orderLine }) => {
      const line = allotted.get(orderLine);
      return line === undefined
        ? { orderLine: Number(orderLine), itemReceive: false }
        : {
            orderLine: Number(orderLine),
            itemReceive: true,
            quantity: line.quantity,
            location: { id: line.location },
          };
    });
  return {
    kind: 'transform',
    from: { record, id: plan.of.netsuiteId },
    body: {
      externalId: externalIdOf(key),
      ...dated,
      memo: plan.memo,
      ...common,
      ...(plan.of.fulfilment === undefined ? {} : { itemFulfillment: { id: plan.of.fulfilment } }),
      item: { items },
    },
    taken: async () =>
      arriving.map(({ item, units, location }) => ({
        item: { id: item },
        quantity: units,
        location: { id: location },
      })),
  };
}

/** Lines of a receipt by NetSuite's ids. */
export function arrivingUnits(connection: Connection, lines: Receipt['lines']): Promise<ArrivingUnits[]> {
  return Promise.all(
    lines.map(async ({ item: name, units, place }) => {
      const [item, location] = await Promise.all([itemReference(connection, name), placeReference(connection, place)]);
      return { item: item.id, name, units, location: location.id };
    }),
  );
}
