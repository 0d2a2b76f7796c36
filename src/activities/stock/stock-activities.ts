import type { StockInventoryActivities, StockReportsActivities } from '../../contracts/stock/stock-activities.ts';
import type { Bind } from '../bind.ts';
import { takeInBalances } from './take-in-balances.ts';
import { takeInInbound } from './take-in-inbound.ts';
import { takeInLedger } from './take-in-ledger.ts';
import { takeInReportLines } from './take-in-report-lines.ts';

export const stockReportsActivities = (bind: Bind): StockReportsActivities => ({
  takeInLedger: bind(takeInLedger),
  takeInBalances: bind(takeInBalances),
  takeInReportLines: bind(takeInReportLines),
});

export const stockInventoryActivities = (bind: Bind): StockInventoryActivities => ({
  takeInInbound: bind(takeInInbound),
});
