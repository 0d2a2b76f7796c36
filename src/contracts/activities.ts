/** Every activity by the queue on which it runs: a step that is sent to another queue does not compile. */
import type { AlertsActivities } from './alerts/alerts.ts';
import type { BankStoreActivities } from './bank/statement-import.ts';
import type { DecisionNetSuiteActivities, DecisionStoreActivities } from './decisions/decision-activities.ts';
import type { DocumentSweepActivities } from './documents/document-sweep.ts';
import type { HousekeepingActivities } from './housekeeping/housekeeping.ts';
import type {
  IntakeFinancesActivities,
  IntakeNetSuiteActivities,
  IntakeOrdersActivities,
  IntakeReportsActivities,
  IntakeStoreActivities,
} from './intake/intake-activities.ts';
import type { OrderActivities } from './orders/order-activities.ts';
import type {
  PayoutNetSuiteActivities,
  PayoutOrdersActivities,
  PayoutReportsActivities,
  PayoutStoreActivities,
} from './payouts/payout-activities.ts';
import type { BalancesOnActivities } from './period/balances-on.ts';
import type { CloseNetSuiteActivities, CloseStoreActivities } from './period/close.ts';
import type { PopulationFinancesActivities, PopulationReportsActivities } from './period/population-intake.ts';
import type { ReconcilerActivities } from './reconciler/reconciler.ts';
import type { ConnectionCheckActivities } from './setup/connection-check.ts';
import type {
  StockInventoryActivities,
  StockNetSuiteActivities,
  StockReportsActivities,
  StockStoreActivities,
} from './stock/stock-activities.ts';
import type { AmazonFamily } from './task-queues.ts';
import type { TaxLookActivities, TaxReportsActivities } from './tax/tax-look.ts';
import type { TaxActivities } from './tax/tax-tie.ts';
import type { TieOutActivities } from './tie-out/tie-out.ts';

/** Work on the store and on other workflows: no vendor's limit holds it. */
export interface StoreActivities
  extends
    AlertsActivities,
    BankStoreActivities,
    CloseStoreActivities,
    DecisionStoreActivities,
    HousekeepingActivities,
    IntakeStoreActivities,
    PayoutStoreActivities,
    ReconcilerActivities,
    StockStoreActivities {}

/** One queue for each NetSuite account. */
export interface NetSuiteActivities
  extends
    BalancesOnActivities,
    CloseNetSuiteActivities,
    ConnectionCheckActivities,
    DecisionNetSuiteActivities,
    DocumentSweepActivities,
    IntakeNetSuiteActivities,
    OrderActivities,
    PayoutNetSuiteActivities,
    StockNetSuiteActivities,
    TaxActivities,
    TaxLookActivities,
    TieOutActivities {}

/** One queue for each family of calls of each Amazon seller. */
export interface AmazonActivities extends Record<AmazonFamily, object> {
  orders: IntakeOrdersActivities & PayoutOrdersActivities;
  reports: IntakeReportsActivities &
    PayoutReportsActivities &
    StockReportsActivities &
    TaxReportsActivities &
    PopulationReportsActivities;
  finances: IntakeFinancesActivities & PopulationFinancesActivities;
  inventory: StockInventoryActivities;
}

export type AllActivities = StoreActivities &
  NetSuiteActivities &
  AmazonActivities['orders'] &
  AmazonActivities['reports'] &
  AmazonActivities['finances'] &
  AmazonActivities['inventory'];
