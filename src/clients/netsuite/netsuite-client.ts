import type { NetSuiteStockReads } from './stock-reads.ts';

/**
 * What activities ask of NetSuite (SuiteTalk REST). Reads throw a `NetSuiteFailure`; writes answer with an outcome.
 * A write throws only for a body that cannot be written, before anything is sent.
 */
export interface NetSuiteClient {
  /** POST /record/v1/{type}; `body.externalId` is the idempotency key. */
  create(type: string, body: JsonObject): Promise<WriteOutcome>;
  /** POST /record/v1/{from.type}/{from.id}/!transform/{target}. */
  transform(from: { type: string; id: string }, target: string, body: JsonObject): Promise<WriteOutcome>;
  /** PATCH /record/v1/{type}/{id}; `replace` names sublists that the body replaces whole. */
  patch(type: string, id: string, body: JsonObject, options?: { replace?: string[] }): Promise<WriteOutcome>;
  /** GET by internal id or `eid:…`, sublists expanded; null for 404. With `numbersAsText` each number is the text that NetSuite sent. */
  get(type: string, id: string, options?: { numbersAsText?: boolean }): Promise<JsonObject | null>;
  /** All rows of a query, values as NetSuite gives them (strings; null columns absent). Give the query an ORDER BY: it is read in pages. */
  suiteql(query: string, params?: readonly (string | number)[]): Promise<SuiteQlRow[]>;
  /** By how many milliseconds NetSuite's clock is ahead of ours, given ours now (epoch milliseconds); null before its first answer. */
  skew(ours: number): number | null;
  /** Asks something cheap, so that NetSuite's clock is heard now. */
  hear(): Promise<void>;
  /** A transaction by its internal id, with its lines; with the optional columns that are named. Never cached. */
  heldDocument(id: string, optional: readonly OptionalColumn[]): Promise<HeldDocument>;
  /** What a payment or refund (`type`) settles: internal ids and decimal text. Never cached. */
  applications(type: string, id: string): Promise<{ document: string; amount: string }[]>;
  /** Look-ups that arrive together become one query (`WHERE … IN`), and are cached where the fact does not change. */
  lookups: NetSuiteLookups;
  /** What NetSuite says of stock (`stock-queries.ts`). */
  stock: NetSuiteStockReads;
}

export interface NetSuiteLookups {
  /** Transactions by externalId; null where there is none. Never cached. */
  transactionByExternalId(externalId: string): Promise<TransactionHead | null>;
  /** Item by itemid, else by UPC. Active items are cached, misses are not. */
  itemByName(name: string): Promise<ItemHead | null>;
  /** Lines of a sales order, without members of kits (line id, item, quantity, shipped, billed, closed). Not cached. */
  salesOrderLines(salesOrderId: string): Promise<SalesOrderLine[]>;
  /** Base periods that end on a day or later, in order. Kept for a minute while the first of them is open: what is shut may be opened any moment. `fresh` asks NetSuite. */
  periodsFrom(day: string, options?: { fresh: boolean }): Promise<PeriodHead[]>;
  /** Account by number, customer and vendor by entityid, location, department, class, subsidiary and currency by name. Cached. */
  accountByNumber(
    number: string,
  ): Promise<{ id: string; number: string; name: string; type: string; inactive: boolean } | null>;
  entityByName(kind: 'customer' | 'vendor', name: string): Promise<{ id: string; inactive: boolean } | null>;
  locationByName(name: string): Promise<{ id: string; inactive: boolean } | null>;
  departmentByName(name: string): Promise<{ id: string; inactive: boolean } | null>;
  classByName(name: string): Promise<{ id: string; inactive: boolean } | null>;
  currencyByCode(code: string): Promise<{ id: string } | null>;
  subsidiaryByName(name: string): Promise<{ id: string } | null>;
}

export interface TransactionHead {
  id: string;
  externalId: string;
  type: string;
  tranId: string;
  date: string;
  status: string;
  posting: boolean;
  foreignTotal: string;
  memo: string;
  currency: string;
}
export interface ItemHead {
  id: string;
  itemId: string;
  type: string;
  inactive: boolean;
  upc: string | null;
}
export interface SalesOrderLine {
  orderLine: string;
  item: string;
  location: string | null;
  quantity: number;
  fulfilled: number;
  billed: number;
  closed: boolean;
  memo: string;
}
export interface PeriodHead {
  id: string;
  name: string;
  start: string;
  end: string;
  closed: boolean;
  allLocked: boolean;
  arLocked: boolean;
}

/** Columns that an account has only with the feature that they belong to. */
export type OptionalColumn =
  'subsidiary' | 'location' | 'department' | 'class' | 'isinventoryaffecting' | 'kitmemberof';
/** Internal ids and decimal text; undefined where NetSuite has nothing there. */
export interface HeldDocument {
  currency: string | undefined;
  exchangeRate: string | undefined;
  entity: string | undefined;
  subsidiary: string | undefined;
  period: string | undefined;
  lines: HeldLine[];
}
/** `amount` in the transaction's currency, debit positive; `quantity` signed as NetSuite has it: what leaves stock is below zero. */
export interface HeldLine {
  main: boolean;
  item: string | undefined;
  account: string | undefined;
  quantity: number | undefined;
  amount: string;
  memo: string | undefined;
  entity: string | undefined;
  location: string | undefined;
  department: string | undefined;
  class: string | undefined;
  /** Whether units on hand change by it; false where its column was not asked for. */
  affectsStock: boolean;
  /** Made of a member of a kit; false unless that was asked for. */
  isMember: boolean;
}

export type WriteOutcome =
  /** 2xx with a Location. */
  | { outcome: 'posted'; id: string }
  /** "already exists": of our own key it is settled by reading back, never by a new key. */
  | { outcome: 'duplicate'; failure: NetSuiteErrorBody }
  /** Other 4xx: nothing was written. */
  | { outcome: 'rejected'; class: RejectionClass; failure: NetSuiteErrorBody }
  /** Not executed, and may go again under the same key: 429, or NetSuite could not be reached at all (no connection, no token); `reason` says which. */
  | { outcome: 'throttled'; reason: string }
  /** Timeout, reset connection, 5xx, unreadable answer: only a look-up can tell. */
  | { outcome: 'unknown'; reason: string }
  /** 401 or 403 that a fresh token did not mend: nothing was written. */
  | { outcome: 'unauthorised'; failure: NetSuiteErrorBody };

/** What a refusal is about (`classify-refusal.ts`). `other`: a text that no rule names, for a person to read. */
export type RejectionClass =
  | 'not-found'
  | 'mapping'
  | 'mandatory-field'
  | 'changed'
  | 'locked'
  | 'unbalanced'
  | 'split'
  | 'period'
  | 'over-fulfil'
  | 'stock'
  | 'state'
  | 'role'
  | 'bug'
  | 'other';

export interface NetSuiteErrorBody {
  status: number;
  title: string;
  details: { code: string; detail: string; path?: string }[];
}
export type SuiteQlRow = Record<string, string>;
export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | DecimalNumber | JsonObject | JsonValue[];

/** A decimal amount that is written into JSON digit by digit (`12.30`), so that no floating-point number is near it. */
export interface DecimalNumber {
  readonly decimal: string;
}
