/** The product's own memory: Postgres by kysely. `bigint` columns hold minor units and come back as `bigint`. */
import { Kysely, PostgresDialect, type ColumnType, type Generated } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { DocumentState } from '../domain/documents/document-states.ts';
import type { OrderState, RefundState, ShipmentState } from '../domain/orders/order-states.ts';
import type { PayoutState } from '../domain/payouts/payout-states.ts';
import { withNamedStatements } from './named-statements.ts';

const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, (text) => BigInt(text));
pg.types.setTypeParser(DATE, (text) => text);
const TIMESTAMPTZ = 1184;
pg.types.setTypeParser(TIMESTAMPTZ, (text) => `${new Date(text).toISOString().slice(0, 19)}Z`);

type Json = ColumnType<unknown, string, string>;
type Instant = ColumnType<string, string, string>;

export interface OrdersTable {
  connection: string; order_id: string; status: string; channel: string; fulfilled_by: string; marketplace_id: string;
  currency: string | null; purchased_at: Instant; updated_at: Instant; fact: Json; state: OrderState; blocked_by: string | null; told: boolean;
}
export interface ShipmentsTable { connection: string; shipment_key: string; order_id: string; shipment_id: string | null; shipped_at: Instant; fact: Json; state: ShipmentState; told: boolean }
export interface RefundsTable {
  connection: string; refund_key: string; order_id: string; posted_at: Instant; fact: Json; state: RefundState; told: boolean;
  claim_settlement: string | null; claim_at: ColumnType<string | null, string | null, string | null>;
}
/** Records of Finances by id: a refund may be several transactions of one second, and a deferred one has a record for its release. */
export interface RefundTransactionsTable { connection: string; transaction_id: string; refund_key: string }
/** A refund with an unknown part, by its transaction: gone once it is told in full, or booked from the rows of its settlement. */
export interface UnclearRefundsTable { connection: string; transaction_id: string; order_id: string; posted_at: Instant; fact: Json }
export interface DocumentsTable {
  external_id: string; connection: string; purpose: string; business_key: string; part: number; record_type: string;
  state: DocumentState; attempt: number; netsuite_id: string | null; tran_id: string | null; date: string; true_day: string | null; currency: string; total: bigint;
  order_id: string | null; settlement_id: string | null; plan: Json; failure: string | null; sent_at: Instant | null; posted_at: Instant | null;
  lines: ColumnType<unknown, string | null | undefined, string | null>; lines_at: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface FilesTable { sha256: string; upload: string; name: string; size: bigint; received_at: Instant }
export interface FileChunksTable { upload: string; ordinal: number; bytes: Buffer }
export interface SettlementsTable {
  connection: string; settlement_id: string; revision: number; sha256: string; state: PayoutState; currency: string; total: bigint;
  period_start: Instant; period_end: Instant; deposit_at: Instant; variant: string; columns: number; row_count: number; map_version: number | null;
  found_at: Instant; tied_at: Instant | null; purged_at: ColumnType<string | null, string | null | undefined, string | null>;
}
/** Orders that were deleted when their retention had passed: what comes late about them is not taken in. */
export interface PurgedOrdersTable { connection: string; order_id: string; purged_at: Instant }
export interface SettlementRowsTable {
  connection: string; settlement_id: string; line: number; ordinal: number; transaction_type: string; amount_type: string; amount_description: string;
  amount: bigint; order_id: string | null; shipment_id: string | null; marketplace_name: string | null; fulfillment_id: string | null; posted_at: Instant;
  order_item_code: string | null; sku: string | null; quantity: number | null; role: string | null; known_as: string | null; booked: string | null; part: number | null; document: string | null;
}
/** A report that came again with other content, from the first time (1). `header` as the parser gave it. */
export interface SettlementRevisionsTable { connection: string; settlement_id: string; revision: number; sha256: string; header: Json; state: 'found' | 'taken-up' | 'refused'; found_at: Instant }
/** What one payout applies of one document, why (its rows, or a person's decision), and the external id of the payment that does. */
export interface ApplicationsTable { connection: string; settlement_id: string; document: string; cause: 'rows' | 'decision'; kind: 'PAY' | 'RFD'; amount: bigint; payment: string | null; applied: boolean }
/** A person's decisions about a document that was settled for more or less than it is; `amount` is settled − total, `number` that of its journal on `variance`. */
export interface SettledDifferencesTable {
  connection: string; settlement_id: string; document: string; ordinal: number; number: number | null; choice: 'variance' | 'leave'; amount: bigint;
  decided_by: string; why: string | null; audit: number; decided_at: Instant;
}
/** `amount` as the side stood in the books, debit positive. */
export interface SettledSetOffsTable { connection: string; settlement_id: string; number: number; amount: bigint; decided_by: string; why: string; audit: number; decided_at: Instant }
/** Chains that a controller opened although something speaks of an earlier settlement. */
export interface OpenedChainsTable { connection: string; settlement_id: string; decided_by: string; why: string; audit: number; decided_at: Instant }
export interface MovementsTable {
  connection: string; external_id: string; settlement_id: string; kind: string; amount: bigint; currency: string; trace_id: string | null;
  bank_line: string | null; date: string | null; state: string; posted_on: string;
}
/** `number` is how people name a line; `account_tail` the end of the account's number, null where no statement has named it. */
export interface BankLinesTable {
  connection: string; line_key: string; account: string; account_tail: string | null; number: Generated<number>; date: string; amount: bigint; currency: string; description: string;
  transaction_id: string | null; movement: string | null;
}
export interface StatementFormsTable { connection: string; account: string; form: Json }
export interface EventGroupsTable {
  connection: string; group_id: string; currency: string; total: bigint | null; started_at: Instant | null; ended_at: Instant | null; status: string | null; trace_id: string | null;
  account_tail: string | null; transfer_at: Instant | null; converted_total: bigint | null; converted_currency: string | null;
}
/** What a movement became, one document each: see `domain/matching/movement.ts`. `id` keeps their order. */
export interface MovementDocumentsTable {
  id: Generated<number>; connection: string; external_id: string; movement: string; settlement_id: string; kind: string; debit: string; credit: string; amount: bigint;
  currency: string; cleared: bigint; date: string; bank_line: string | null; found_by: string; posted: boolean;
}
/** A row by which an earlier payout came back; `movement` is that payout, null while none is known. */
export interface ReturnedPayoutsTable { connection: string; settlement_id: string; line: number; amount: bigint; currency: string; posted_at: Instant; movement: string | null }
export interface DecisionsTable { id: Generated<number>; connection: string; kind: string; key: string; spelled: string; choice: string; same_as: string | null; decided_by: string; why: string | null; decided_at: Instant }
export interface WaitsTable { connection: string; kind: string; key: string; workflow_id: string; since: Instant; amount: bigint | null; currency: string | null }
export interface ExceptionsTable {
  id: Generated<number>; connection: string; code: string; key: string; subject_kind: string; subject_id: string; payout: string | null; what: string; remedy: Json;
  at_stake: bigint | null; currency: string | null; opened_at: Instant; closed_at: Instant | null; resolution: string | null;
}
/** A step that has failed and not worked since; real time in milliseconds. */
export interface StepFailuresTable { connection: string; key: string; workflow_id: string; scheduled_ms: bigint; first_failed_ms: bigint; heard_ms: bigint; attempt: number }
export interface MarksTable { connection: string; source: string; mark: string }
export interface AuditTable { id: Generated<number>; connection: string; action: string; detail: Json; decided_by: string; why: string | null; at: Instant }

export interface Schema {
  orders: OrdersTable; shipments: ShipmentsTable; refunds: RefundsTable; refund_transactions: RefundTransactionsTable; unclear_refunds: UnclearRefundsTable; documents: DocumentsTable; files: FilesTable; file_chunks: FileChunksTable;
  settlements: SettlementsTable; settlement_rows: SettlementRowsTable;
  settlement_revisions: SettlementRevisionsTable; settled_differences: SettledDifferencesTable; settled_set_offs: SettledSetOffsTable; opened_chains: OpenedChainsTable; applications: ApplicationsTable; movements: MovementsTable;
  bank_lines: BankLinesTable; statement_forms: StatementFormsTable; event_groups: EventGroupsTable; movement_documents: MovementDocumentsTable; returned_payouts: ReturnedPayoutsTable;
  decisions: DecisionsTable; waits: WaitsTable; exceptions: ExceptionsTable; step_failures: StepFailuresTable;
  marks: MarksTable; audit: AuditTable; purged_orders: PurgedOrdersTable;
}

export type Database = Kysely<Schema>;

export interface Store {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** A process that hangs inside a transaction keeps others from its rows; after this Postgres ends its session. */
const LONGEST_SILENCE = '5min';

export function openStore(url: string, options: { max?: number } = {}): Store {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, options: `-c TimeZone=UTC -c idle_in_transaction_session_timeout=${LONGEST_SILENCE}` });
  // Without handlers a connection that the server drops, idle or in use, would end the process; the query reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withNamedStatements(pool), cursor: Cursor }) });
  return { db, pool, close: () => db.destroy() };
}
