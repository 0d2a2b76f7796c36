import type { Answer } from './answers.ts';
import type { ApiCall } from './request.ts';
import { listFinancialEventGroups } from './event-groups.ts';
import { getOrder, searchOrders } from './orders.ts';
import { marketplaceParticipations } from './participations.ts';
import { createReport } from './create-report.ts';
import { getReport, getReportDocument, getReports } from './reports.ts';
import { getShipmentItems, getShipmentItemsByShipmentId, getShipments } from './stock/inbound-operations.ts';
import { getInventorySummaries } from './stock/inventory-summaries.ts';
import { listBalances } from './finances/balances.ts';
import { listTransactions } from './finances/transactions.ts';

/** An operation of SP-API with its usage plan: tokens a second and burst, as Amazon's models state them. */
export interface Operation {
  name: string;
  method: string;
  pattern: RegExp;
  rate: number;
  burst: number;
  run: (call: ApiCall) => Answer;
}

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'getMarketplaceParticipations',
    method: 'GET',
    pattern: /^\/sellers\/v1\/marketplaceParticipations$/,
    rate: 0.016,
    burst: 15,
    run: marketplaceParticipations,
  },
  {
    name: 'searchOrders',
    method: 'GET',
    pattern: /^\/orders\/2026-01-01\/orders$/,
    rate: 0.0056,
    burst: 20,
    run: searchOrders,
  },
  {
    name: 'getOrder',
    method: 'GET',
    pattern: /^\/orders\/2026-01-01\/orders\/(?<orderId>[^/]+)$/,
    rate: 0.5,
    burst: 30,
    run: getOrder,
  },
  {
    name: 'getReports',
    method: 'GET',
    pattern: /^\/reports\/2021-06-30\/reports$/,
    rate: 0.0222,
    burst: 10,
    run: getReports,
  },
  {
    name: 'createReport',
    method: 'POST',
    pattern: /^\/reports\/2021-06-30\/reports$/,
    rate: 0.0167,
    burst: 15,
    run: createReport,
  },
  {
    name: 'getReport',
    method: 'GET',
    pattern: /^\/reports\/2021-06-30\/reports\/(?<reportId>[^/]+)$/,
    rate: 2,
    burst: 15,
    run: getReport,
  },
  {
    name: 'getReportDocument',
    method: 'GET',
    pattern: /^\/reports\/2021-06-30\/documents\/(?<reportDocumentId>[^/]+)$/,
    rate: 0.0167,
    burst: 15,
    run: getReportDocument,
  },
  {
    name: 'listTransactions',
    method: 'GET',
    pattern: /^\/finances\/2024-06-19\/transactions$/,
    rate: 0.5,
    burst: 10,
    run: listTransactions,
  },
  {
    name: 'listBalances',
    method: 'GET',
    pattern: /^\/finances\/2024-06-19\/balances$/,
    rate: 0.5,
    burst: 10,
    run: listBalances,
  },
  {
    name: 'listFinancialEventGroups',
    method: 'GET',
    pattern: /^\/finances\/v0\/financialEventGroups$/,
    rate: 0.5,
    burst: 30,
    run: listFinancialEventGroups,
  },
  {
    name: 'getInventorySummaries',
    method: 'GET',
    pattern: /^\/fba\/inventory\/v1\/summaries$/,
    rate: 2,
    burst: 2,
    run: getInventorySummaries,
  },
  {
    name: 'getShipments',
    method: 'GET',
    pattern: /^\/fba\/inbound\/v0\/shipments$/,
    rate: 2,
    burst: 30,
    run: getShipments,
  },
  {
    name: 'getShipmentItemsByShipmentId',
    method: 'GET',
    pattern: /^\/fba\/inbound\/v0\/shipments\/(?<shipmentId>[^/]+)\/items$/,
    rate: 2,
    burst: 30,
    run: getShipmentItemsByShipmentId,
  },
  {
    name: 'getShipmentItems',
    method: 'GET',
    pattern: /^\/fba\/inbound\/v0\/shipmentItems$/,
    rate: 2,
    burst: 30,
    run: getShipmentItems,
  },
];
