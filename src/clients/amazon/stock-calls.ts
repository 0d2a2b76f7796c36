/** The calls of `amazon-stock.ts`. */
import type { Readable } from 'node:stream';
import type { DriftNotice } from './drift-notice.ts';
import { DriftNotes } from './read-payload.ts';
import {
  inboundHeadsOf,
  inboundItems,
  inboundItemsIn,
  inboundPage,
  inventoryPage,
  snapshotRowsIn,
} from './read-inventory.ts';
import { readLedgerDetail, readLedgerSummary } from './read-ledger.ts';
import { readCustomerReturns, readReimbursements, readRemovalShipments } from './read-stock-reports.ts';
import type { RowsTogether } from './report-rows.ts';
import type { InboundWish, StockCalls, StockReportType, StockRowsOf } from './amazon-stock.ts';
import type { CallOperation } from './selling-partner-call.ts';

const READERS: {
  [Type in StockReportType]: (
    report: Readable,
    timeZone: string,
    drift: DriftNotes,
  ) => AsyncGenerator<RowsTogether<StockRowsOf<Type>>>;
} = {
  GET_LEDGER_DETAIL_VIEW_DATA: (report, _, drift) => readLedgerDetail(report, drift),
  GET_LEDGER_SUMMARY_VIEW_DATA: (report, _, drift) => readLedgerSummary(report, drift),
  GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA: readCustomerReturns,
  GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA: readRemovalShipments,
  GET_FBA_REIMBURSEMENTS_DATA: readReimbursements,
};

export function stockCalls(
  call: CallOperation,
  open: (reportDocumentId: string) => Promise<Readable>,
  told: (drift: DriftNotes) => DriftNotice[],
): StockCalls {
  return {
    async *readStockReport(type, reportDocumentId, timeZone) {
      const drift = new DriftNotes();
      for await (const rows of READERS[type](await open(reportDocumentId), timeZone, drift))
        yield { ...rows, drift: [] };
      const notices = told(drift);
      if (notices.length > 0) yield { rows: null, refused: [], drift: notices };
    },

    async listInventory({ marketplaceId, nextToken }) {
      const query = {
        granularityType: 'Marketplace',
        granularityId: marketplaceId,
        marketplaceIds: [marketplaceId],
        details: true,
        ...(nextToken ? { nextToken } : {}),
      };
      const { data } = await call(
        { name: 'fbaInventory.getInventorySummaries', version: 'v1' },
        { query },
        inventoryPage,
      );
      const notes = new DriftNotes();
      const rows = snapshotRowsIn(data, notes);
      return { rows, nextToken: data.pagination?.nextToken || null, unread: notes.unread };
    },

    async listInbound(query) {
      const parameters = { ...wishOf(query), MarketplaceId: query.marketplaceId };
      const { data } = await call(
        { name: 'fulfillmentInbound.getShipments', version: 'v0' },
        { query: parameters },
        inboundPage,
      );
      const notes = new DriftNotes();
      const shipments = inboundHeadsOf(data, notes);
      return { shipments, nextToken: data.payload.NextToken || null, unread: notes.unread };
    },

    async inboundItemsOf(shipmentId) {
      const { data } = await call(
        { name: 'fulfillmentInbound.getShipmentItemsByShipmentId', version: 'v0' },
        { path: { shipmentId } },
        inboundItems,
      );
      const notes = new DriftNotes();
      return { items: inboundItemsIn(shipmentId, data, notes), unread: notes.unread };
    },
  };
}

function wishOf(query: InboundWish | { nextToken: string }): Record<string, string | string[]> {
  if ('nextToken' in query) return { QueryType: 'NEXT_TOKEN', NextToken: query.nextToken };
  if ('statuses' in query) return { QueryType: 'SHIPMENT', ShipmentStatusList: [...query.statuses] };
  const { updatedAfter, updatedBefore } = query;
  return { QueryType: 'DATE_RANGE', LastUpdatedAfter: updatedAfter, LastUpdatedBefore: updatedBefore };
}
