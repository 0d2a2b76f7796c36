import type {
  PopulationFinancesActivities,
  PopulationReportsActivities,
} from '../../contracts/period/population-intake.ts';
import type { Bind } from '../bind.ts';
import { takeInAmazonBalances } from './take-in-amazon-balances.ts';
import { takeInMonthOrders } from './take-in-month-orders.ts';
import { takeInOpenTransactions } from './take-in-open-transactions.ts';

export const populationReportsActivities = (bind: Bind): PopulationReportsActivities => ({
  takeInMonthOrders: bind(takeInMonthOrders),
});

export const populationFinancesActivities = (bind: Bind): PopulationFinancesActivities => ({
  takeInOpenTransactions: bind(takeInOpenTransactions),
  takeInAmazonBalances: bind(takeInAmazonBalances),
});
