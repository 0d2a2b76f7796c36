/** What the stock flow asks of Amazon: reports of the ledger and around it, the inventory of now, inbound shipments. Reads alone. */
import type { Instant } from '../../domain/money/instant.ts';
import type { LedgerTable } from '../../domain/stock/ledger-table.ts';
import type {
  CustomerReturn,
  InboundItem,
  InboundShipment,
  LedgerBalance,
  Reimbursement,
  RemovalShipment,
  SnapshotRow,
} from '../../domain/stock/stock-facts.ts';
import type { DriftNotice } from './drift-notice.ts';
import type { RowsTogether } from './report-rows.ts';
import type { UnreadRecord } from './unread-record.ts';

/** As what the rows of each report of stock are handed on. */
interface StockReports {
  GET_LEDGER_DETAIL_VIEW_DATA: LedgerTable;
  GET_LEDGER_SUMMARY_VIEW_DATA: LedgerBalance[];
  GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA: CustomerReturn[];
  GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA: RemovalShipment[];
  GET_FBA_REIMBURSEMENTS_DATA: Reimbursement[];
}
export type StockReportType = keyof StockReports;
export type StockRowsOf<Type extends StockReportType> = StockReports[Type];

/** Rows that came together, and what the file holds that we do not know. */
export interface ReportPart<Rows> extends RowsTogether<Rows | null> {
  drift: DriftNotice[];
}

/** An inbound shipment before its items are read. */
export type InboundHead = Omit<InboundShipment, 'items'>;

/** Which inbound shipments are asked for. */
export type InboundWish = { updatedAfter: Instant; updatedBefore: Instant } | { statuses: readonly string[] };

export interface StockCalls {
  /**
   * Rows of a report in pieces as they come, with those that cannot be read. Days of reports that tell instants are in
   * `timeZone`. Drift is told when all is read. @throws AmazonFailure where the file cannot be read as a whole
   */
  readStockReport<Type extends StockReportType>(
    type: Type,
    reportDocumentId: string,
    timeZone: string,
  ): AsyncGenerator<ReportPart<StockRowsOf<Type>>>;
  /** One page of all SKUs of a marketplace with details; `nextToken` lives 30 seconds (model of FBA Inventory v1). */
  listInventory(query: {
    marketplaceId: string;
    nextToken?: string;
  }): Promise<{ rows: SnapshotRow[]; nextToken: string | null; unread: UnreadRecord[] }>;
  /** One page of inbound shipments by last update, or by the status that they have now (`QueryType` `DATE_RANGE`, `SHIPMENT`). */
  listInbound(
    query: { marketplaceId: string } & (InboundWish | { nextToken: string }),
  ): Promise<{ shipments: InboundHead[]; nextToken: string | null; unread: UnreadRecord[] }>;
  /** Items of a shipment, at most 200 (issue 5102 of the models' repository: no token follows). */
  inboundItemsOf(shipmentId: string): Promise<{ items: InboundItem[]; unread: UnreadRecord[] }>;
}
