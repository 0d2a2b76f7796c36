/** What the intakes' activities take and answer: counts, never what was read. */
import type { OfConnection, Telling } from '../activity-inputs.ts';

export interface IntakeOrdersActivities {
  takeInOrders(input: OfConnection): Promise<{ seen: number; news: number }>;
}
export interface IntakeReportsActivities {
  takeInShipments(input: OfConnection): Promise<{ seen: number }>;
  takeInSettlements(input: OfConnection): Promise<{ found: number }>;
}
export interface IntakeFinancesActivities {
  takeInRefunds(input: OfConnection): Promise<{ seen: number }>;
  takeInEventGroups(input: OfConnection): Promise<{ groups: number }>;
}
export interface IntakeNetSuiteActivities {
  rememberOrderLines(input: OfConnection): Promise<{ orders: number }>;
  recheckWaitingSkus(input: OfConnection): Promise<{ released: number }>;
}
export interface IntakeStoreActivities {
  /** `waitedSkus`: SKUs without an item that orders wait for. */
  tellOrders(input: Telling): Promise<{ told: number; waitedSkus: number }>;
  tellPayouts(input: Telling): Promise<{ started: number; told: number }>;
}
