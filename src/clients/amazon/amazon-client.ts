import type { Readable } from 'node:stream';
import type { OrderFact, RefundFact } from '../../domain/orders/order-facts.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { CurrencyCode } from '../../domain/money/money.ts';
import type { FinanceTransaction } from '../../domain/period/finance-transaction.ts';
import type { ReadAllOrders } from './read-all-orders.ts';
import type { ReadShipments } from './read-shipments.ts';
import type { ToldBalance } from './read-balances.ts';
import type { StockCalls } from './amazon-stock.ts';
import type { DriftNotice } from './drift-notice.ts';
import type { UnreadRecord } from './unread-record.ts';

/** What intake asks of Amazon, as domain facts. Every call throws an `AmazonFailure` when it fails; none is repeated here. */
export interface AmazonClient extends StockCalls {
  /**
   * Amazon's time, never ahead of it: as its last answer told it, or asked anew where nothing was heard of late or that does
   * not lie past `past`. What is asked for, and how far anything counts as read, goes by it and never by our own clock.
   */
  time(past?: Instant): Promise<Instant>;
  /** By how many milliseconds Amazon's clock is ahead of ours, given ours now (epoch milliseconds); null before its first answer. */
  skew(ours: number): number | null;
  /** GET /sellers/v1/marketplaceParticipations */
  marketplaceParticipations(): Promise<{ marketplaceId: string; name: string; currency: CurrencyCode }[]>;
  /** One page of orders changed since `lastUpdatedAfter`; `upTo` of the answer is the next high-water mark. */
  searchOrders(query: {
    lastUpdatedAfter: Instant;
    lastUpdatedBefore?: Instant;
    marketplaceIds?: string[];
    paginationToken?: string;
  }): Promise<OrdersPage>;
  /** Null when Amazon does not know the order, or when it cannot be read: then it is among `unread`. */
  getOrder(orderId: string): Promise<{ order: OrderFact | null; unread: UnreadRecord[] }>;
  /**
   * One page of transactions: those of every kind as they are told (a deferred one and its release are two), and the refunds
   * among them (transactionType Refund, any A-to-z or chargeback refund that looks like one), of which a deferred one and its
   * release, with instants of their own, share `transactionId` and count once by it.
   * A page may be empty and still have a token; a window of more than 180 days is read in pieces. `upTo` of the first page
   * (of the least of all pages) is how far a listing without an end is whole.
   */
  listTransactions(query: {
    postedAfter: Instant;
    postedBefore?: Instant;
    nextToken?: string;
  }): Promise<TransactionsPage>;
  /** Balances at the end of a day, each followed by those that it is made of; all pages. */
  listBalances(query: { asOfDate: Day }): Promise<ToldBalance[]>;
  /** One page of reports; `nextToken` goes alone. `upTo` is Amazon's time when it was listed. */
  getReports(
    query: { reportTypes: string[]; createdSince: Instant } | { nextToken: string },
  ): Promise<{ reports: ReportInfo[]; nextToken: string | null; upTo: Instant | null; unread: UnreadRecord[] }>;
  /** `dataEnd` null: up to now, which Amazon then names as the report's end (model of reports 2021-06-30: "The default is now"). */
  createReport(query: {
    reportType: string;
    marketplaceIds: string[];
    dataStart: Instant;
    dataEnd: Instant | null;
    /** Of the kind of report: `{aggregateByLocation: 'COUNTRY'}`. */
    options?: Record<string, string>;
  }): Promise<{ reportId: string }>;
  getReport(reportId: string): Promise<ReportInfo>;
  /** Streams a document, unpacked and decoded to UTF-8 bytes; nothing is held in memory. */
  openDocument(reportDocumentId: string): Promise<Readable>;
  /** Rows of the fulfilled-shipments report, grouped into shipments, personal data dropped. */
  readShipments(reportDocumentId: string): Promise<ReadShipments & { drift: DriftNotice[] }>;
  /** All rows of the all-orders report by order date, personal data dropped. */
  readAllOrders(reportDocumentId: string): Promise<ReadAllOrders>;
  /** Finances v0 groups started after an instant; all pages. */
  listEventGroups(query: { startedAfter: Instant }): Promise<{ groups: EventGroup[]; unread: UnreadRecord[] }>;
}

export interface TransactionsPage {
  refunds: RefundFact[];
  transactions: FinanceTransaction[];
  nextToken: string | null;
  upTo: Instant | null;
  drift: DriftNotice[];
  /** Put aside, since they cannot be read. */
  unread: UnreadRecord[];
}

/** `upTo` is Amazon's `lastUpdatedBefore`; where it leaves that out, two minutes before its answer. */
export interface OrdersPage {
  orders: OrderFact[];
  nextToken: string | null;
  upTo: Instant | null;
  drift: DriftNotice[];
  /** Put aside, since they cannot be read. */
  unread: UnreadRecord[];
}

export interface ReportInfo {
  reportId: string;
  reportType: string;
  createdAt: Instant;
  status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';
  reportDocumentId: string | null;
  dataStart: Instant | null;
  dataEnd: Instant | null;
}

/** A payout's transfer as Amazon tells it. */
export interface EventGroup {
  id: string;
  closed: boolean;
  /** `ProcessingStatus` as Amazon spells it. */
  processing: string | null;
  beginningBalance: bigint | null;
  currency: CurrencyCode;
  total: bigint | null;
  convertedTotal: { currency: CurrencyCode; minor: bigint } | null;
  start: Instant;
  end: Instant | null;
  transferStatus: string | null;
  transferDate: Instant | null;
  traceId: string | null;
  accountTail: string | null;
}
