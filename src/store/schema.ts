/** The tables as they are read and written: one interface each. */
import type { Generated } from 'kysely';
import type { Json, Instant } from './schema/columns.ts';
import type {
  OrdersTable,
  ShipmentsTable,
  RefundsTable,
  RefundTransactionsTable,
  UnclearRefundsTable,
  DocumentsTable,
  PurgedOrdersTable,
} from './schema/orders.ts';
import type {
  FilesTable,
  FileChunksTable,
  SettlementsTable,
  SettlementRowsTable,
  SettlementRevisionsTable,
  ApplicationsTable,
  SettledDifferencesTable,
  SettledSetOffsTable,
  OpenedChainsTable,
} from './schema/payouts.ts';
import type {
  MovementsTable,
  BankLinesTable,
  StatementFormsTable,
  EventGroupsTable,
  MovementDocumentsTable,
  ReturnedPayoutsTable,
} from './schema/movements.ts';

export interface DecisionsTable {
  id: Generated<number>;
  connection: string;
  kind: string;
  key: string;
  spelled: string;
  choice: string;
  same_as: string | null;
  decided_by: string;
  why: string | null;
  decided_at: Instant;
}

export interface WaitsTable {
  connection: string;
  kind: string;
  key: string;
  workflow_id: string;
  since: Instant;
  amount: bigint | null;
  currency: string | null;
}

export interface ExceptionsTable {
  id: Generated<number>;
  connection: string;
  code: string;
  key: string;
  subject_kind: string;
  subject_id: string;
  payout: string | null;
  what: string;
  remedy: Json;
  at_stake: bigint | null;
  currency: string | null;
  opened_at: Instant;
  closed_at: Instant | null;
  resolution: string | null;
}

/** A step that has failed and not worked since; real time in milliseconds. */
export interface StepFailuresTable {
  connection: string;
  key: string;
  workflow_id: string;
  scheduled_ms: bigint;
  first_failed_ms: bigint;
  heard_ms: bigint;
  attempt: number;
}

export interface MarksTable {
  connection: string;
  source: string;
  mark: string;
}

export interface AuditTable {
  id: Generated<number>;
  connection: string;
  action: string;
  detail: Json;
  decided_by: string;
  why: string | null;
  at: Instant;
}

export interface Schema {
  orders: OrdersTable;
  shipments: ShipmentsTable;
  refunds: RefundsTable;
  refund_transactions: RefundTransactionsTable;
  unclear_refunds: UnclearRefundsTable;
  documents: DocumentsTable;
  files: FilesTable;
  file_chunks: FileChunksTable;
  settlements: SettlementsTable;
  settlement_rows: SettlementRowsTable;
  settlement_revisions: SettlementRevisionsTable;
  settled_differences: SettledDifferencesTable;
  settled_set_offs: SettledSetOffsTable;
  opened_chains: OpenedChainsTable;
  applications: ApplicationsTable;
  movements: MovementsTable;
  bank_lines: BankLinesTable;
  statement_forms: StatementFormsTable;
  event_groups: EventGroupsTable;
  movement_documents: MovementDocumentsTable;
  returned_payouts: ReturnedPayoutsTable;
  decisions: DecisionsTable;
  waits: WaitsTable;
  exceptions: ExceptionsTable;
  step_failures: StepFailuresTable;
  marks: MarksTable;
  audit: AuditTable;
  purged_orders: PurgedOrdersTable;
}
