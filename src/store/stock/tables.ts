/** Tables of stock: Amazon's ledger and the reports around it, their answers, inbound shipments, NetSuite's movements. */
import type { ColumnType, GeneratedAlways } from 'kysely';
import type { Instant, Json } from '../columns.ts';

/**
 * A row of the ledger's detail. `alike` counts rows that are equal in all that identifies one, from 1. One that Amazon took
 * back stays with the day on which that was noticed, and has a row of its own against it (`opposite_of`).
 */
export interface LedgerRowsTable {
  connection: string;
  row_id: GeneratedAlways<string>;
  day: string;
  fnsku: string;
  sku: string;
  event_type: string;
  reason: string;
  reference: string;
  centre: string;
  country: string;
  disposition: string;
  quantity: number;
  alike: number;
  asin: string;
  title: string;
  reconciled: number | null;
  unreconciled: number | null;
  seen_at: Instant;
  taken_back: string | null;
  opposite_of: string | null;
}

/** A row of the ledger's summary by country and day. */
export interface LedgerBalancesTable {
  connection: string;
  day: string;
  fnsku: string;
  sku: string;
  disposition: string;
  country: string;
  asin: string;
  starting: number;
  in_transit: number;
  ending: number;
  events: number;
}

/** A day of the ledger: what its rows last hashed to, so that a day that is read again and did not change is not looked at. */
export interface LedgerDaysTable {
  connection: string;
  day: string;
  digest: string;
  rows: number;
  summary_at: ColumnType<string | null, string | null, string | null>;
}

/** Lines of the reports around the ledger: returns, removal shipments, reimbursements. */
export interface StockReportLinesTable {
  connection: string;
  report: string;
  line_key: string;
  day: string;
  sku: string;
  fact: Json;
}

export interface InboundShipmentsTable {
  connection: string;
  shipment_id: string;
  pool: string;
  name: string;
  status: string;
  destination: string;
  items: Json;
  first_seen: Instant;
  changed_at: Instant;
}

/** The last good one of a pool. */
export interface StockSnapshotsTable {
  connection: string;
  pool: string;
  taken_at: Instant;
  rows: Json;
}

export interface NetSuiteMovementsTable {
  connection: string;
  netsuite_id: string;
  line: number;
  type: string;
  tran_id: string;
  external_id: string | null;
  memo: string;
  day: string;
  item: string;
  location: string;
  units: string;
}
