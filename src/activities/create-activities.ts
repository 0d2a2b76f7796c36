/** Every activity by the queue on which it runs: what a worker registers. Each flow has its own table. */
import type { AllActivities, AmazonActivities, NetSuiteActivities, StoreActivities } from '../contracts/activities.ts';
import { alertsActivities } from './alerts/alerts-activities.ts';
import { bankStoreActivities } from './bank/bank-activities.ts';
import type { Bind } from './bind.ts';
import { decisionNetSuiteActivities, decisionStoreActivities } from './decisions/decision-activities.ts';
import { documentSweepActivities } from './documents/document-activities.ts';
import { housekeepingActivities } from './housekeeping/housekeeping-activities.ts';
import {
  intakeFinancesActivities,
  intakeNetSuiteActivities,
  intakeOrdersActivities,
  intakeReportsActivities,
  intakeStoreActivities,
} from './intake/intake-activities.ts';
import { orderActivities } from './orders/order-activities.ts';
import {
  payoutNetSuiteActivities,
  payoutOrdersActivities,
  payoutReportsActivities,
  payoutStoreActivities,
} from './payouts/payout-activities.ts';
import { balancesOnActivities, closeNetSuiteActivities, closeStoreActivities } from './period/close-activities.ts';
import { populationFinancesActivities, populationReportsActivities } from './period/population-activities.ts';
import { reconcilerActivities } from './reconciler/reconciler-activities.ts';
import { connectionCheckActivities } from './setup/connection-check-activities.ts';
import {
  stockInventoryActivities,
  stockNetSuiteActivities,
  stockReportsActivities,
  stockStoreActivities,
} from './stock/stock-activities.ts';
import { taxActivities, taxReportsActivities } from './tax/tax-activities.ts';
import { tieOutActivities } from './tie-out/tie-out-activities.ts';

export function createActivities(bind: Bind): AllActivities {
  const amazon = createAmazonActivities(bind);
  return {
    ...createStoreActivities(bind),
    ...createNetSuiteActivities(bind),
    ...amazon.orders,
    ...amazon.reports,
    ...amazon.finances,
    ...amazon.inventory,
  };
}

export const createStoreActivities = (bind: Bind): StoreActivities => ({
  ...alertsActivities(bind),
  ...bankStoreActivities(bind),
  ...closeStoreActivities(bind),
  ...decisionStoreActivities(bind),
  ...housekeepingActivities(bind),
  ...intakeStoreActivities(bind),
  ...payoutStoreActivities(bind),
  ...reconcilerActivities(bind),
  ...stockStoreActivities(bind),
});

export const createNetSuiteActivities = (bind: Bind): NetSuiteActivities => ({
  ...balancesOnActivities(bind),
  ...closeNetSuiteActivities(bind),
  ...connectionCheckActivities(bind),
  ...decisionNetSuiteActivities(bind),
  ...documentSweepActivities(bind),
  ...intakeNetSuiteActivities(bind),
  ...orderActivities(bind),
  ...payoutNetSuiteActivities(bind),
  ...stockNetSuiteActivities(bind),
  ...taxActivities(bind),
  ...tieOutActivities(bind),
});

export const createAmazonActivities = (bind: Bind): AmazonActivities => ({
  orders: { ...intakeOrdersActivities(bind), ...payoutOrdersActivities(bind) },
  reports: {
    ...intakeReportsActivities(bind),
    ...payoutReportsActivities(bind),
    ...stockReportsActivities(bind),
    ...taxReportsActivities(bind),
    ...populationReportsActivities(bind),
  },
  finances: { ...intakeFinancesActivities(bind), ...populationFinancesActivities(bind) },
  inventory: stockInventoryActivities(bind),
});
