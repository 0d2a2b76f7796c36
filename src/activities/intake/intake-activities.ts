import type {
  IntakeFinancesActivities,
  IntakeNetSuiteActivities,
  IntakeOrdersActivities,
  IntakeReportsActivities,
  IntakeStoreActivities,
} from '../../contracts/intake/intake-activities.ts';
import type { Bind } from '../bind.ts';
import { rememberOrderLines } from '../orders/remember-order-lines.ts';
import { recheckWaitingSkus } from './recheck-waiting-skus.ts';
import { takeInEventGroups } from './take-in-event-groups.ts';
import { takeInOrders } from './take-in-orders.ts';
import { takeInRefunds } from './take-in-refunds.ts';
import { takeInSettlements } from './take-in-settlements.ts';
import { takeInShipments } from './take-in-shipments.ts';
import { tellOrders } from './tell-orders.ts';
import { tellPayouts } from './tell-payouts.ts';

export const intakeStoreActivities = (bind: Bind): IntakeStoreActivities => ({
  tellOrders: bind(tellOrders),
  tellPayouts: bind(tellPayouts),
});

export const intakeNetSuiteActivities = (bind: Bind): IntakeNetSuiteActivities => ({
  rememberOrderLines: bind(rememberOrderLines),
  recheckWaitingSkus: bind(recheckWaitingSkus),
});

export const intakeOrdersActivities = (bind: Bind): IntakeOrdersActivities => ({
  takeInOrders: bind(takeInOrders),
});

export const intakeReportsActivities = (bind: Bind): IntakeReportsActivities => ({
  takeInShipments: bind(takeInShipments),
  takeInSettlements: bind(takeInSettlements),
});

export const intakeFinancesActivities = (bind: Bind): IntakeFinancesActivities => ({
  takeInRefunds: bind(takeInRefunds),
  takeInEventGroups: bind(takeInEventGroups),
});
