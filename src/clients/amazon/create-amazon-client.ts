import { createHttpExchange } from '../http/http-exchange.ts';
import { VendorClock } from '../http/vendor-clock.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { AmazonClient, EventGroup } from './amazon-client.ts';
import type { DriftNotice } from './drift-notice.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { amazonTime, wholeUpTo } from './amazon-time.ts';
import { firstPiece, nextPiece, readPlace, writePlace, type FinanceWindow } from './finance-windows.ts';
import { openDocument } from './open-document.ts';
import { INCLUDED_DATA, orderFactsOf, ordersPage, singleOrder } from './read-orders.ts';
import { DriftNotes } from './read-payload.ts';
import { readAllOrders } from './read-all-orders.ts';
import { balancesOf, balancesPage, type BalancesPage, type ToldBalance } from './read-balances.ts';
import { refundFactsOf } from './read-refunds.ts';
import { financeTransactionsOf } from './read-transactions.ts';
import { transactionHeadsOf, transactionsPage } from './transaction-schema.ts';
import {
  createdReport,
  eventGroupsOf,
  eventGroupsPage,
  participations,
  reportDocument,
  reportInfoOf,
  reportInfosOf,
  reportsPage,
  singleReport,
  type EventGroupsPage,
} from './read-reports.ts';
import { readShipments } from './read-shipments.ts';
import { createSafePartner, type SafePartnerOptions } from './safe-transport.ts';
import { stockCalls } from './stock-calls.ts';
import { createCaller, type AmazonCall, type CallOperation, type Dated } from './selling-partner-call.ts';

export interface AmazonClientOptions extends Omit<SafePartnerOptions, 'exchange' | 'clock'> {
  /** Asked for where a query names none. */
  marketplaceIds: readonly string[];
  /** Of one call, and the longest silence of a download. */
  timeoutMs: number;
  log?: (call: AmazonCall) => void;
  /** Hears of every notice, also of those that stand in an answer. Without it they are process warnings, so that none is silent. */
  onDrift?: (notice: DriftNotice) => void;
  signal?: AbortSignal;
}

const ORDERS = '2026-01-01';
const REPORTS = '2021-06-30';
/** One every two seconds (model finances_2024-06-19). */
const BALANCES = {
  name: 'finances.listBalances',
  version: '2024-06-19',
  untabled: { path: '/finances/2024-06-19/balances', restoreSeconds: 2 },
};

/** Client of one seller's SP-API. It repeats nothing but a call whose token had expired. */
export function createAmazonClient(options: AmazonClientOptions): AmazonClient {
  const { signal } = options;
  const exchange = createHttpExchange({ timeoutMs: options.timeoutMs, ...(signal ? { signal } : {}) });
  const clock = new VendorClock();
  const call = createCaller(createSafePartner({ ...options, exchange, clock }), options.log);
  const time = (past?: Instant) => amazonTime(clock, call, past);
  const { onDrift = ({ where, what }) => process.emitWarning(`Amazon, ${where}: ${what}`, 'AmazonDrift') } = options;
  const told = ({ all }: DriftNotes): DriftNotice[] => {
    for (const notice of all) onDrift(notice);
    return all;
  };

  const open = async (reportDocumentId: string) => {
    const { data: address } = await call(
      { name: 'reports.getReportDocument', version: REPORTS },
      { path: { reportDocumentId } },
      reportDocument,
    );
    return openDocument(address, options.timeoutMs, signal);
  };

  return {
    ...stockCalls(call, open, told),
    time,
    skew: (ours) => clock.skew(ours),

    async marketplaceParticipations() {
      const {
        data: { payload },
      } = await call({ name: 'sellers.getMarketplaceParticipations', version: 'v1' }, {}, participations);
      return payload
        .filter(({ participation }) => participation.isParticipating)
        .map(({ marketplace }) => ({
          marketplaceId: marketplace.id,
          name: marketplace.name,
          currency: marketplace.defaultCurrencyCode,
        }));
    },

    async searchOrders({
      lastUpdatedAfter,
      lastUpdatedBefore,
      marketplaceIds = [...options.marketplaceIds],
      paginationToken,
    }) {
      const query = {
        lastUpdatedAfter,
        marketplaceIds,
        includedData: [...INCLUDED_DATA],
        maxResultsPerPage: 100,
        ...(lastUpdatedBefore ? { lastUpdatedBefore } : {}),
        ...(paginationToken ? { paginationToken } : {}),
      };
      const { data: page, at } = await call({ name: 'orders.searchOrders', version: ORDERS }, { query }, ordersPage);
      const drift = new DriftNotes();
      const orders = orderFactsOf(page.orders, drift);
      return {
        orders,
        nextToken: page.pagination?.nextToken ?? null,
        upTo: page.lastUpdatedBefore ?? wholeUpTo(at),
        drift: told(drift),
        unread: drift.unread,
      };
    },

    async getOrder(orderId) {
      try {
        const {
          data: { order },
        } = await call(
          { name: 'orders.getOrder', version: ORDERS },
          { path: { orderId }, query: { includedData: [...INCLUDED_DATA] } },
          singleOrder,
        );
        const drift = new DriftNotes();
        const [fact = null] = orderFactsOf([order], drift);
        told(drift);
        return { order: fact, unread: drift.unread };
      } catch (error) {
        if (error instanceof AmazonFailure && error.code === 'not-found') return { order: null, unread: [] };
        throw error;
      }
    },

    async listTransactions({ postedAfter, postedBefore = null, nextToken }) {
      const whole = { after: postedAfter, before: postedBefore };
      const { piece, token } = nextToken
        ? readPlace(nextToken)
        : { piece: firstPiece(whole, await time()), token: null };
      const query = {
        postedAfter: piece.after,
        ...(piece.before ? { postedBefore: piece.before } : {}),
        ...(token ? { nextToken: token } : {}),
      };
      const {
        data: { payload },
        at,
      } = await call({ name: 'finances.listTransactions', version: '2024-06-19' }, { query }, transactionsPage);
      const drift = new DriftNotes();
      const entries = transactionHeadsOf(payload.transactions ?? [], drift);
      const following = payload.nextToken ? piece : nextPiece(piece, whole, await time());
      return {
        refunds: refundFactsOf(entries, drift),
        transactions: financeTransactionsOf(entries, drift),
        nextToken: following && writePlace({ piece: following, token: payload.nextToken || null }),
        upTo: wholeUpTo(at),
        drift: told(drift),
        unread: drift.unread,
      };
    },

    listBalances: ({ asOfDate }) => allBalances(call, asOfDate, options.marketplaceIds),

    async getReports(query) {
      // A token must go alone.
      const parameters =
        'nextToken' in query
          ? { nextToken: query.nextToken }
          : { reportTypes: query.reportTypes, createdSince: query.createdSince, pageSize: 100 };
      const { data: page, at } = await call(
        { name: 'reports.getReports', version: REPORTS },
        { query: parameters },
        reportsPage,
      );
      const notes = new DriftNotes();
      const reports = reportInfosOf(page.reports, notes);
      return { reports, nextToken: page.nextToken || null, upTo: at, unread: notes.unread };
    },

    createReport: ({ reportType, marketplaceIds, dataStart, dataEnd, options: reportOptions }) =>
      call(
        { name: 'reports.createReport', version: REPORTS },
        {
          body: {
            reportType,
            marketplaceIds,
            dataStartTime: dataStart,
            ...(dataEnd ? { dataEndTime: dataEnd } : {}),
            ...(reportOptions ? { reportOptions } : {}),
          },
        },
        createdReport,
      ).then(({ data: { reportId } }) => ({ reportId })),

    getReport: async (reportId) =>
      reportInfoOf(
        (await call({ name: 'reports.getReport', version: REPORTS }, { path: { reportId } }, singleReport)).data,
      ),

    openDocument: open,

    async readShipments(reportDocumentId) {
      const drift = new DriftNotes();
      const read = await readShipments(await open(reportDocumentId), drift);
      return { ...read, drift: told(drift) };
    },

    readAllOrders: async (reportDocumentId) => readAllOrders(await open(reportDocumentId)),

    async listEventGroups({ startedAfter }) {
      const whole = { after: startedAfter, before: null };
      const groups = new Map<string, EventGroup>();
      const notes = new DriftNotes();
      for (
        let piece: FinanceWindow | null = firstPiece(whole, await time());
        piece !== null;
        piece = nextPiece(piece, whole, await time())
      ) {
        for (const group of await groupsOfWindow(call, piece, notes)) groups.set(group.id, group);
      }
      return { groups: [...groups.values()], unread: notes.unread };
    },
  };
}

/** All pages of one window. */
async function groupsOfWindow(
  call: CallOperation,
  { after, before }: FinanceWindow,
  notes: DriftNotes,
): Promise<EventGroup[]> {
  const groups: EventGroup[] = [];
  let token: string | null = null;
  do {
    const query = {
      FinancialEventGroupStartedAfter: after,
      ...(before ? { FinancialEventGroupStartedBefore: before } : {}),
      MaxResultsPerPage: 100,
      ...(token ? { NextToken: token } : {}),
    };
    const answer: Dated<EventGroupsPage> = await call(
      { name: 'finances.listFinancialEventGroups', version: 'v0' },
      { query },
      eventGroupsPage,
    );
    const { payload } = answer.data;
    groups.push(...eventGroupsOf(answer.data, notes));
    token = payload.NextToken || null;
  } while (token !== null);
  return groups;
}

/** All pages of the balances at the end of a day. */
async function allBalances(
  call: CallOperation,
  asOfDate: Day,
  marketplaceIds: readonly string[],
): Promise<ToldBalance[]> {
  const balances: ToldBalance[] = [];
  let token: string | null = null;
  do {
    const query = { asOfDate, marketplaceIds: [...marketplaceIds], ...(token ? { nextToken: token } : {}) };
    const answer: Dated<BalancesPage> = await call(BALANCES, { query }, balancesPage);
    balances.push(...(answer.data.balances ?? []).flatMap((told) => balancesOf(told, asOfDate)));
    token = answer.data.nextToken || null;
  } while (token !== null);
  return balances;
}
