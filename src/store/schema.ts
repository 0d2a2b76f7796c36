/** All tables as they are read and written; each flow has its own beside what reads them. */
import type {
  OrdersTable,
  ShipmentsTable,
  RefundsTable,
  RefundTransactionsTable,
  UnclearRefundsTable,
  PurgedOrdersTable,
} from './orders/tables.ts';
import type { DocumentReadsTable, DocumentsTable } from './documents/tables.ts';
import type { FilesTable, FileChunksTable } from './files/tables.ts';
import type {
  ApplicationsTable,
  EventGroupsTable,
  MovementDocumentsTable,
  MovementsTable,
  OpenedChainsTable,
  PayoutChecksTable,
  ReturnedPayoutsTable,
  SettledDifferencesTable,
  SettledSetOffsTable,
  SettlementRevisionsTable,
  SettlementRowsTable,
  SettlementsTable,
} from './payouts/tables.ts';
import type { BankLinesTable, StatementFormsTable } from './bank/tables.ts';
import type { AuditTable } from './audit/tables.ts';
import type { DecisionsTable, WaitsTable } from './decisions/tables.ts';
import type { AlertChannelsTable, AlertEventsTable, AlertMessagesTable } from './alerts/tables.ts';
import type { ExceptionNotesTable, ExceptionsTable, StepFailuresTable } from './exceptions/tables.ts';
import type { MarksTable, UnreadInputsTable } from './intake/tables.ts';
import type {
  InboundShipmentsTable,
  LedgerBalancesTable,
  LedgerDaysTable,
  LedgerRowsTable,
  NetSuiteMovementsTable,
  StockAnswersTable,
  StockAuthorisationsTable,
  StockClosuresTable,
  StockDecisionsTable,
  StockDocumentNotesTable,
  StockInboundDecidedTable,
  StockItemsTable,
  StockNetSuiteTable,
  StockOffsetsTable,
  StockOnHandTable,
  StockOpeningsTable,
  StockReceiptsBeforeTable,
  StockReportLinesTable,
  StockRunsTable,
  StockSettledTable,
  StockSkusTable,
  StockSnapshotsTable,
  StockStandingsTable,
  StockTransferOrdersTable,
} from './stock/tables.ts';
import type {
  CloseAccrualsTable,
  CloseCarriedTable,
  CloseMonthsTable,
  CloseOpeningsTable,
  CloseSignaturesTable,
} from './period/close-tables.ts';
import type {
  AmazonBalancesTable,
  BalancesOnTable,
  FinanceTransactionsTable,
  MonthOrdersTable,
} from './period/tables.ts';
import type { ProfitMonthsTable, SplitsTable } from './profit/tables.ts';
import type { FeeInvoicesTable, TaxMovesTable, VatReportsTable } from './tax/tables.ts';

export interface Schema {
  orders: OrdersTable;
  shipments: ShipmentsTable;
  refunds: RefundsTable;
  refund_transactions: RefundTransactionsTable;
  unclear_refunds: UnclearRefundsTable;
  documents: DocumentsTable;
  document_reads: DocumentReadsTable;
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
  balances_on: BalancesOnTable;
  close_months: CloseMonthsTable;
  payout_checks: PayoutChecksTable;
  close_carried: CloseCarriedTable;
  close_accruals: CloseAccrualsTable;
  close_openings: CloseOpeningsTable;
  close_signatures: CloseSignaturesTable;
  decisions: DecisionsTable;
  waits: WaitsTable;
  exceptions: ExceptionsTable;
  exception_notes: ExceptionNotesTable;
  alert_channels: AlertChannelsTable;
  alert_messages: AlertMessagesTable;
  alert_events: AlertEventsTable;
  step_failures: StepFailuresTable;
  marks: MarksTable;
  unread_inputs: UnreadInputsTable;
  audit: AuditTable;
  purged_orders: PurgedOrdersTable;
  ledger_rows: LedgerRowsTable;
  ledger_balances: LedgerBalancesTable;
  ledger_days: LedgerDaysTable;
  stock_report_lines: StockReportLinesTable;
  inbound_shipments: InboundShipmentsTable;
  stock_snapshots: StockSnapshotsTable;
  netsuite_movements: NetSuiteMovementsTable;
  stock_answers: StockAnswersTable;
  stock_offsets: StockOffsetsTable;
  stock_settled: StockSettledTable;
  stock_openings: StockOpeningsTable;
  stock_receipts_before: StockReceiptsBeforeTable;
  stock_inbound_decided: StockInboundDecidedTable;
  stock_closures: StockClosuresTable;
  stock_document_notes: StockDocumentNotesTable;
  stock_decisions: StockDecisionsTable;
  stock_standings: StockStandingsTable;
  stock_runs: StockRunsTable;
  stock_netsuite: StockNetSuiteTable;
  stock_skus: StockSkusTable;
  stock_items: StockItemsTable;
  stock_on_hand: StockOnHandTable;
  stock_authorisations: StockAuthorisationsTable;
  stock_transfer_orders: StockTransferOrdersTable;
  tax_moves: TaxMovesTable;
  fee_invoices: FeeInvoicesTable;
  vat_reports: VatReportsTable;
  finance_transactions: FinanceTransactionsTable;
  month_orders: MonthOrdersTable;
  amazon_balances: AmazonBalancesTable;
  splits: SplitsTable;
  profit_months: ProfitMonthsTable;
}
