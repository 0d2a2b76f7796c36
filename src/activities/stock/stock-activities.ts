import type {
  StockInventoryActivities,
  StockNetSuiteActivities,
  StockReportsActivities,
  StockStoreActivities,
} from '../../contracts/stock/stock-activities.ts';
import type { Bind } from '../bind.ts';
import { closeReturnUnits } from './close-return-units.ts';
import { planStock } from './plan-stock.ts';
import { postStockDocument } from './post-stock-document.ts';
import { readNetSuiteStock } from './read-netsuite-stock.ts';
import { squareStock } from './square-stock.ts';
import { standInbound } from './stand-inbound.ts';
import { takeInAdjustments } from './take-in-adjustments.ts';
import { takeInBalances } from './take-in-balances.ts';
import { takeInInbound } from './take-in-inbound.ts';
import { takeInLedger } from './take-in-ledger.ts';
import { takeInReportLines } from './take-in-report-lines.ts';
import { takeInSnapshot } from './take-in-snapshot.ts';
import { tellInbound } from './tell-inbound.ts';

export const stockReportsActivities = (bind: Bind): StockReportsActivities => ({
  takeInLedger: bind(takeInLedger),
  takeInAdjustments: bind(takeInAdjustments),
  takeInBalances: bind(takeInBalances),
  takeInReportLines: bind(takeInReportLines),
});

export const stockInventoryActivities = (bind: Bind): StockInventoryActivities => ({
  takeInInbound: bind(takeInInbound),
  takeInSnapshot: bind(takeInSnapshot),
});

export const stockStoreActivities = (bind: Bind): StockStoreActivities => ({
  planStock: bind(planStock),
  squareStock: bind(squareStock),
  tellInbound: bind(tellInbound),
  standInbound: bind(standInbound),
});

export const stockNetSuiteActivities = (bind: Bind): StockNetSuiteActivities => ({
  readNetSuiteStock: bind(readNetSuiteStock),
  postStockDocument: bind(postStockDocument),
  closeReturnUnits: bind(closeReturnUnits),
});
