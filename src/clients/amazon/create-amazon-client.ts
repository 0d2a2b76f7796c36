import { instantOf } from '../../domain/money/instant.ts';
import { createHttpExchange } from '../http/http-exchange.ts';
import type { AmazonClient, DriftNotice, EventGroup } from './amazon-client.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { firstPiece, nextPiece, readPlace, writePlace, type FinanceWindow } from './finance-windows.ts';
import { openDocument } from './open-document.ts';
import { INCLUDED_DATA, orderFactOf, orderFactsOf, ordersPage, singleOrder } from './read-orders.ts';
import { DriftNotes } from './read-payload.ts';
import { refundFactsOf, transactionsPage } from './read-refunds.ts';
import { createdReport, eventGroupOf, eventGroupsPage, participations, reportDocument, reportInfoOf, reportsPage, singleReport, type EventGroupsPage } from './read-reports.ts';
import { readShipments } from './read-shipments.ts';
import { createSafePartner, type SafePartnerOptions } from './safe-transport.ts';
import { createCaller, type AmazonCall, type CallOperation } from './selling-partner-call.ts';

export interface AmazonClientOptions extends Omit<SafePartnerOptions, 'exchange'> {
  /** Asked for where a query names none. */
  marketplaceIds: readonly string[];
  /** Of one call, and the longest silence of a download. */
  timeoutMs: number;
  /** Epoch milliseconds of the time that Amazon's side lives in (a simulator's clock, where there is one). */
  now: () => number;
  log?: (call: AmazonCall) => void;
  /** Hears of every notice, also of those that stand in an answer. Without it they are process warnings, so that none is silent. */
  onDrift?: (notice: DriftNotice) => void;
  signal?: AbortSignal;
}

const ORDERS = '2026-01-01';
const REPORTS = '2021-06-30';

/** Client of one seller's SP-API. It repeats nothing but a call whose token had expired. */
export function createAmazonClient(options: AmazonClientOptions): AmazonClient {
  const { signal } = options;
  const exchange = createHttpExchange({ timeoutMs: options.timeoutMs, ...(signal ? { signal } : {}) });
  const call = createCaller(createSafePartner({ ...options, exchange }), options.log);

  const now = () => instantOf(options.now());
  const { onDrift = ({ where, what }) => process.emitWarning(`Amazon, ${where}: ${what}`, 'AmazonDrift') } = options;
  const told = ({ all }: DriftNotes): DriftNotice[] => {
    for (const notice of all) onDrift(notice);
    return all;
  };

  const open = async (reportDocumentId: string) => {
    const address = await call({ name: 'reports.getReportDocument', version: REPORTS }, { path: { reportDocumentId } }, reportDocument);
    return openDocument(address, options.timeoutMs, signal);
  };

  return {
    async marketplaceParticipations() {
      const { payload } = await call({ name: 'sellers.getMarketplaceParticipations', version: 'v1' }, {}, participations);
      return payload.filter(({ participation }) => participation.isParticipating)
        .map(({ marketplace }) => ({ marketplaceId: marketplace.id, name: marketplace.name, currency: marketplace.defaultCurrencyCode }));
    },

    async searchOrders({ lastUpdatedAfter, lastUpdatedBefore, marketplaceIds = [...options.marketplaceIds], paginationToken }) {
      const query = {
        lastUpdatedAfter, marketplaceIds, includedData: [...INCLUDED_DATA], maxResultsPerPage: 100,
        ...(lastUpdatedBefore ? { lastUpdatedBefore } : {}), ...(paginationToken ? { paginationToken } : {}),
      };
      const page = await call({ name: 'orders.searchOrders', version: ORDERS }, { query }, ordersPage);
      const drift = new DriftNotes();
      const orders = orderFactsOf(page.orders, drift);
      return { orders, nextToken: page.pagination?.nextToken ?? null, lastUpdatedBefore: page.lastUpdatedBefore ?? null, drift: told(drift) };
    },

    async getOrder(orderId) {
      try {
        const { order } = await call({ name: 'orders.getOrder', version: ORDERS }, { path: { orderId }, query: { includedData: [...INCLUDED_DATA] } }, singleOrder);
        const drift = new DriftNotes();
        const fact = orderFactOf(order, drift);
        told(drift);
        return fact;
      } catch (error) {
        if (error instanceof AmazonFailure && error.code === 'not-found') return null;
        throw error;
      }
    },

    async listRefunds({ postedAfter, postedBefore = null, nextToken }) {
      const whole = { after: postedAfter, before: postedBefore };
      const { piece, token } = nextToken ? readPlace(nextToken) : { piece: firstPiece(whole, now()), token: null };
      const query = { postedAfter: piece.after, ...(piece.before ? { postedBefore: piece.before } : {}), ...(token ? { nextToken: token } : {}) };
      const { payload } = await call({ name: 'finances.listTransactions', version: '2024-06-19' }, { query }, transactionsPage);
      const drift = new DriftNotes();
      const refunds = refundFactsOf(payload.transactions ?? [], drift);
      const following = payload.nextToken ? piece : nextPiece(piece, whole, now());
      return { refunds, nextToken: following && writePlace({ piece: following, token: payload.nextToken || null }), drift: told(drift) };
    },

    async getReports(query) {
      // A token must go alone.
      const parameters = 'nextToken' in query
        ? { nextToken: query.nextToken }
        : { reportTypes: query.reportTypes, createdSince: query.createdSince, pageSize: 100 };
      const page = await call({ name: 'reports.getReports', version: REPORTS }, { query: parameters }, reportsPage);
      return { reports: page.reports.map(reportInfoOf), nextToken: page.nextToken || null };
    },

    createReport: ({ reportType, marketplaceIds, dataStart, dataEnd }) =>
      call({ name: 'reports.createReport', version: REPORTS }, { body: { reportType, marketplaceIds, dataStartTime: dataStart, dataEndTime: dataEnd } }, createdReport)
        .then(({ reportId }) => ({ reportId })),

    getReport: async (reportId) => reportInfoOf(await call({ name: 'reports.getReport', version: REPORTS }, { path: { reportId } }, singleReport)),

    openDocument: open,

    async readShipments(reportDocumentId) {
      const drift = new DriftNotes();
      const shipments = await readShipments(await open(reportDocumentId), drift);
      return { shipments, drift: told(drift) };
    },

    async listEventGroups({ startedAfter }) {
      const whole = { after: startedAfter, before: null };
      const groups = new Map<string, EventGroup>();
      for (let piece: FinanceWindow | null = firstPiece(whole, now()); piece !== null; piece = nextPiece(piece, whole, now())) {
        for (const group of await eventGroupsOf(call, piece)) groups.set(group.id, group);
      }
      return [...groups.values()];
    },
  };
}

/** All pages of one window. */
async function eventGroupsOf(call: CallOperation, { after, before }: FinanceWindow): Promise<EventGroup[]> {
  const groups: EventGroup[] = [];
  let token: string | null = null;
  do {
    const query = {
      FinancialEventGroupStartedAfter: after, ...(before ? { FinancialEventGroupStartedBefore: before } : {}), MaxResultsPerPage: 100, ...(token ? { NextToken: token } : {}),
    };
    const page: EventGroupsPage = await call({ name: 'finances.listFinancialEventGroups', version: 'v0' }, { query }, eventGroupsPage);
    groups.push(...(page.payload.FinancialEventGroupList ?? []).flatMap((group) => eventGroupOf(group) ?? []));
    token = page.payload.NextToken || null;
  } while (token !== null);
  return groups;
}
