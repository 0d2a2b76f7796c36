import { populationIntakeId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** The report of a month: `none` where Amazon made none yet, `refused` where it cannot be had or used. */
export type MonthOrdersTaken =
  | { result: 'not-due' }
  | { result: 'none' | 'refused'; month: string }
  | { result: 'read'; month: string; orders: number };

export interface PopulationReportsActivities {
  /** Asks Amazon for the all-orders report of a month that was not read yet. */
  takeInMonthOrders(input: OfConnection): Promise<MonthOrdersTaken>;
}
export interface PopulationFinancesActivities {
  /** Reads transactions again that are deferred, or in no event group yet. `pages` are those that were read. */
  takeInOpenTransactions(input: OfConnection): Promise<{ pages: number }>;
  /** Asks for Amazon's balances at the end of the months that have none yet. */
  takeInAmazonBalances(input: OfConnection): Promise<{ days: number }>;
}

/** One look at Amazon for what months are closed against. Results in a sentence. */
export type PopulationIntake = (input: Telling) => Promise<string>;
export const POPULATION_INTAKE = workflowContract<PopulationIntake>('populationIntake', populationIntakeId);
