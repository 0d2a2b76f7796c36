/** FBA Inventory API v1 and the reads of Fulfillment Inbound v0: their payloads as facts. amazon.md §5.1, 5.7. */
import { z } from 'zod';
import type { InboundItem, SnapshotRow } from '../../domain/stock/stock-facts.ts';
import { count, type DriftNotes } from './read-payload.ts';
import type { InboundHead } from './amazon-stock.ts';

/** A quantity that may be left out. */
const units = count.nullish().transform((value) => value ?? 0);

const details = z.looseObject({
  fulfillableQuantity: units,
  inboundWorkingQuantity: units,
  inboundShippedQuantity: units,
  inboundReceivingQuantity: units,
  reservedQuantity: z
    .looseObject({
      totalReservedQuantity: units,
      pendingCustomerOrderQuantity: units,
      pendingTransshipmentQuantity: units,
      fcProcessingQuantity: units,
    })
    .nullish(),
  researchingQuantity: z.looseObject({ totalResearchingQuantity: units }).nullish(),
  unfulfillableQuantity: z.looseObject({ totalUnfulfillableQuantity: units }).nullish(),
});
const summary = z.looseObject({
  asin: z.string().default(''),
  fnSku: z.string().default(''),
  sellerSku: z.string(),
  inventoryDetails: details,
});

/** `pagination` stands beside `payload` (model of FBA Inventory v1). */
export const inventoryPage = z.looseObject({
  payload: z.looseObject({ inventorySummaries: z.array(z.unknown()) }),
  pagination: z.looseObject({ nextToken: z.string().nullish() }).nullish(),
});

/** Those of a page; one that cannot be read is noted by its SKU. */
export const snapshotRowsIn = (page: z.output<typeof inventoryPage>, notes: DriftNotes): SnapshotRow[] =>
  notes
    .readable(page.payload.inventorySummaries, summary, ({ sellerSku }) => ({ record: 'inventory of', id: sellerSku }))
    .map(snapshotRowOf);

function snapshotRowOf({ asin, fnSku, sellerSku, inventoryDetails: held }: z.output<typeof summary>): SnapshotRow {
  return {
    sku: sellerSku,
    fnsku: fnSku,
    asin,
    fulfillable: held.fulfillableQuantity,
    reserved: {
      total: held.reservedQuantity?.totalReservedQuantity ?? 0,
      customerOrders: held.reservedQuantity?.pendingCustomerOrderQuantity ?? 0,
      betweenCentres: held.reservedQuantity?.pendingTransshipmentQuantity ?? 0,
      processing: held.reservedQuantity?.fcProcessingQuantity ?? 0,
    },
    researching: held.researchingQuantity?.totalResearchingQuantity ?? 0,
    unfulfillable: held.unfulfillableQuantity?.totalUnfulfillableQuantity ?? 0,
    inbound: {
      working: held.inboundWorkingQuantity,
      shipped: held.inboundShippedQuantity,
      receiving: held.inboundReceivingQuantity,
    },
  };
}

/** `InboundShipmentInfo` of v0; a status that we do not know is carried as it stands. */
const shipment = z.looseObject({
  ShipmentId: z.string(),
  ShipmentName: z.string().default(''),
  DestinationFulfillmentCenterId: z.string().default(''),
  ShipmentStatus: z.string(),
});
export const inboundPage = z.looseObject({
  payload: z.looseObject({ ShipmentData: z.array(z.unknown()).nullish(), NextToken: z.string().nullish() }),
});

const item = z.looseObject({
  SellerSKU: z.string(),
  FulfillmentNetworkSKU: z.string().nullish(),
  QuantityShipped: count,
  QuantityReceived: units,
});
export const inboundItems = z.looseObject({ payload: z.looseObject({ ItemData: z.array(z.unknown()).nullish() }) });

/** Those of a page; one that cannot be read is noted by its id. */
export const inboundHeadsOf = (page: z.output<typeof inboundPage>, notes: DriftNotes): InboundHead[] =>
  notes
    .readable(page.payload.ShipmentData, shipment, ({ ShipmentId }) => ({ record: 'inbound shipment', id: ShipmentId }))
    .map(inboundHeadOf);

/** Those of a shipment; one that cannot be read is noted by the shipment's id and its SKU. */
export const inboundItemsIn = (
  shipmentId: string,
  answer: z.output<typeof inboundItems>,
  notes: DriftNotes,
): InboundItem[] =>
  notes
    .readable(answer.payload.ItemData, item, ({ SellerSKU }) => ({
      record: 'inbound item',
      id: `${shipmentId} ${typeof SellerSKU === 'string' ? SellerSKU : ''}`.trim(),
    }))
    .map(inboundItemOf);

function inboundHeadOf(payload: z.output<typeof shipment>): InboundHead {
  return {
    shipmentId: payload.ShipmentId,
    name: payload.ShipmentName,
    status: payload.ShipmentStatus,
    destination: payload.DestinationFulfillmentCenterId,
  };
}

function inboundItemOf(payload: z.output<typeof item>): InboundItem {
  return {
    sku: payload.SellerSKU,
    fnsku: payload.FulfillmentNetworkSKU ?? '',
    shipped: payload.QuantityShipped,
    received: payload.QuantityReceived,
  };
}
