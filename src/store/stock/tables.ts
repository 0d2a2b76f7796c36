/** Tables of stock: Amazon's ledger and the reports around it, their answers, inbound shipments, NetSuite's movements. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Instant, Json } from '../columns.ts';

/**
 * A row of the ledger's detail, or one of ours beside them; `row_id` is its identity and the how-manyeth of those that are
 * alike. `settled` rows and all that answers them have nothing open: only a report that takes one back looks at it again.
 */
export interface LedgerRowsTable {
  connection: string;
  row_id: string;
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
  asin: string;
  title: string;
  reconciled: number | null;
  unreconciled: number | null;
  pool: string | null;
  origin: string;
  seen: Instant;
  taken_back: string | null;
  opposes: string | null;
  own: ColumnType<Json, string | null, string | null>;
  settled: Generated<boolean>;
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
  /** Of a month, told at its end; a row of the day itself takes its place. */
  monthly: Generated<boolean>;
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
  /** Days on which it was first seen as sent, and as closed. */
  sent: string | null;
  closed: string | null;
  /** What its workflow was last told. */
  told: ColumnType<string | null, string | null | undefined, string | null>;
}

/** What the ledger says that Amazon received of a shipment before `stock.from`, by day. Stays: read once, and nothing of it changes. */
export interface StockReceiptsBeforeTable {
  connection: string;
  shipment_id: string;
  sku: string;
  day: string;
  units: number;
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
  settled: Generated<boolean>;
  /** Internal id of the document that a fulfilment was made from. */
  created_from: string | null;
}

/** What answers units of a row: a line of a document or movement, or nothing, together with rows of its group. */
export interface StockAnswersTable {
  id: GeneratedAlways<bigint>;
  connection: string;
  row_id: string;
  item: string;
  units: number;
  kind: 'document' | 'movement' | 'nothing';
  document: string | null;
  line: number | null;
  nothing_group: string | null;
  nothing_day: string | null;
  per_sku: number;
  source: string | null;
  astride: ColumnType<Json, string | null, string | null>;
  settled: Generated<boolean>;
}

export interface StockOffsetsTable {
  id: GeneratedAlways<bigint>;
  connection: string;
  pool: string;
  place: string;
  item: string;
  units: number;
  document: string;
  line: number;
  against_document: string;
  against_line: number;
}

/** Sums of rows that are settled. */
export interface StockSettledTable {
  connection: string;
  pool: string;
  item: string;
  place: string;
  units: number;
}

export interface StockOpeningsTable {
  connection: string;
  opening: Json;
}

export interface StockInboundDecidedTable {
  id: GeneratedAlways<bigint>;
  connection: string;
  decision: string;
  shipment_id: string;
  sku: string;
  choice: string;
  units: number;
}

export interface StockClosuresTable {
  id: GeneratedAlways<bigint>;
  connection: string;
  authorisation: string;
  order_id: string;
  item: string;
  units: number;
  why: string;
  closed_at: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface StockDocumentNotesTable {
  connection: string;
  external_id: string;
  /** NetSuite refused it for want of units. */
  short: Generated<boolean>;
  /** Of a receipt: whether units rose; null before that was looked at. */
  restocked: boolean | null;
}

export interface StockDecisionsTable {
  id: GeneratedAlways<bigint>;
  connection: string;
  kind: string;
  decision: Json;
  day: string;
  decided_by: string;
  why: string;
  at: Instant;
}

/** Both sides and the terms of an item at a place at the end of the last whole day. */
export interface StockStandingsTable {
  connection: string;
  pool: string;
  item: string;
  place: string;
  amazon: number;
  netsuite: number;
  opening: number;
  waiting: number;
  ahead: number;
  foreign_units: number;
  gap: number;
  parts: Json;
}

/** The last run of planning. */
export interface StockRunsTable {
  connection: string;
  /** The last day that the equation was worked out for; null before the first. */
  day: string | null;
  planned_at: Instant;
  /** The last day that was looked at, where there are more rows than one run takes; null: all were. */
  through: string | null;
  waiting: Json;
  inbound: Json;
  gaps: Json;
}

export interface StockNetSuiteTable {
  connection: string;
  /** Of the subsidiary. */
  currency: string;
  read_at: Instant;
}

/** SKUs that NetSuite has an item for under the same name, from which day on. */
export interface StockSkusTable {
  connection: string;
  sku: string;
  item: string;
  matched_on: string;
}

export interface StockItemsTable {
  connection: string;
  item: string;
  netsuite_id: string;
  members: ColumnType<Json, string | null, string | null>;
  uncountable: string | null;
  last_purchase_price: string | null;
  averages: Json;
}

export interface StockOnHandTable {
  connection: string;
  location: string;
  item: string;
  on_hand: number;
  committed: number;
  available: number;
}

export interface StockAuthorisationsTable {
  connection: string;
  netsuite_id: string;
  order_id: string;
  day: string;
  item: string;
  open: number;
}

export interface StockTransferOrdersTable {
  connection: string;
  netsuite_id: string;
  shipment_id: string;
  fulfilled: string | null;
  open: Json;
  fulfilments: Json;
}
