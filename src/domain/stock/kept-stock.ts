/**
 * What is kept of stock from run to run: rows of the ledger, their answers, the documents that were planned, the opening.
 * None of it is computed again once it is written down (stock.md, *Documents*).
 */
import type { DocumentKey } from '../identifiers/external-id.ts';
import type { Role } from '../mapping/roles.ts';
import type { Day, Instant } from '../money/instant.ts';
import type { LedgerPlace, Place } from './pools.ts';
import type { DecideInbound } from './stock-decisions.ts';
import type { BalanceSubject, LedgerRow } from './stock-facts.ts';

/** A row that was read, or one of ours that stands beside them. */
export interface KeptRow extends LedgerRow {
  /** Its identity and the how-many-eth of those that are alike (`row-identity.ts`). */
  id: string;
  /** Null: its country is in no pool. */
  pool: string | null;
  /** `taken-back` is the opposite of a row that a later report no longer had; `mapping` and `gap` are what decisions moved. */
  origin: 'ledger' | 'taken-back' | 'mapping' | 'gap';
  /** When it was first read. */
  seen: Instant;
  /** The day on which a report no longer had it. */
  takenBack: Day | null;
  /** Of an opposite: the row that it takes back. */
  opposes: string | null;
  /** Of `mapping` and `gap`: what moves, in NetSuite's units; others count by the mapping of their day. */
  own: { item: string; units: number } | null;
}

/** A line of a document: of ours by its external id, of anybody else's by NetSuite's internal id. */
export interface LineRef {
  document: string;
  line: number;
}

/** What answers units of a row. `nothing`: the rows of one group come to zero and none is due; `day` is that of the last of them. */
export type AnsweredBy = ({ kind: 'document' | 'movement' } & LineRef) | { kind: 'nothing'; group: string; day: Day };

/** Units of a row, of one item, that are answered; in NetSuite's units, signed as the row. A row may have several. */
export interface Answer {
  row: string;
  item: string;
  units: number;
  by: AnsweredBy;
  /** The mapping that held: units of the item for one of the SKU. */
  perSku: number;
  /** The line of another report that told what the row is, and is used up by it (`returns-report.ts`, `removal-report.ts`); null: none did. */
  source: string | null;
  /** Of a pair of row and fulfilment astride `stock.from`: which of the two is in the opening, where. Both count as dated `from`. */
  astride: { inOpening: 'row' | 'movement'; pool: string; place: LedgerPlace } | null;
}

/** Two lines of NetSuite that come to nothing at a place without any row: a counter and what it counters, a transfer between pools and the fulfilment there. */
export interface Offset {
  pool: string;
  place: Place;
  item: string;
  /** Signed as `line` has them; `against` has the opposite. */
  units: number;
  line: LineRef;
  against: LineRef;
}

export interface PlaceAt {
  pool: string;
  place: Place;
}

export interface StockLine {
  item: string;
  /** NetSuite's; of an adjustment signed, of a transfer or a receipt above zero. */
  units: number;
  /** Where an adjustment or receipt acts; a transfer has `from` and `to` in its head. */
  place: PlaceAt;
  /** Decimal text in the subsidiary's currency; only of what an adjustment brings in. */
  unitCost: string | null;
  /** Of the rows that it answers; empty where none. */
  eventType: string;
  reason: string;
}

interface DocumentHead {
  pool: string;
  day: Day;
  memo: string;
  lines: readonly StockLine[];
  /** Waits for `approveAdjustment`; null: may be sent. */
  hold: 'adjustment-large' | null;
  /** What it is about where that is not in its lines: an inbound shipment. */
  shipmentId: string | null;
}
export interface Adjustment extends DocumentHead {
  key: DocumentKey<'ADJ'>;
  role: Role;
  /** NetSuite's internal id of an adjustment that this one counters: it posts on the account of that, in place of the role's. */
  accountOf: string | null;
}
export interface Transfer extends DocumentHead {
  key: DocumentKey<'TRF'>;
  from: PlaceAt;
  to: PlaceAt;
  /** NetSuite's internal id of a transfer that this one takes back, where one of its places is `elsewhere`: the location of that is that of it. */
  elsewhereOf?: string;
}
export interface Receipt extends DocumentHead {
  key: DocumentKey<'IR'>;
  /** The document that it is made from; of a transfer order that left in several, the fulfilment too. */
  of: { kind: 'authorisation' | 'transfer-order'; netsuiteId: string; fulfilment?: string };
}
export type StockDocument = Adjustment | Transfer | Receipt;

/** What NetSuite held at the end of the day before `stock.from`, read when the opening of these items was approved. */
export interface NetSuiteStand {
  /** Null: of every pool, as all were read with the first approval before each was read with its own. */
  pool: string | null;
  /** Those that the approval named; null: all that no approval named before. */
  items: readonly string[] | null;
  units: readonly { pool: string; item: string; place: Place; units: number }[];
  /** Under `theirs`: what transfer orders had fulfilled and not received, which is at no location; absent in stands of before it was read. */
  underWay?: readonly { pool: string; item: string; units: number }[];
  /** Movements dated before `stock.from` that are in these units. */
  movements: readonly LineRef[];
  /** The last document that NetSuite had of those days, by internal id, which rise: one above it was entered later. Null: none. */
  last: string | null;
}

/** What Amazon and NetSuite held at the end of the day before `stock.from`. */
export interface OpeningStand {
  /** When Amazon's side was read: what is dated earlier and appears later counts as dated `stock.from`. */
  taken: Instant;
  /** Amazon's units by SKU. */
  amazon: readonly { pool: string; sku: string; place: LedgerPlace; units: number }[];
  /** NetSuite's, approval by approval, as each was read; of an item in a pool the first that is of it holds (`opening-stands.ts`). */
  netsuite: readonly NetSuiteStand[];
  /** Shipments sent before `stock.from`, in Amazon's units: `open` was still under way. */
  inbound: readonly { pool: string; shipmentId: string; sku: string; shipped: number; open: number }[];
}

/** A decision on an inbound shipment that was carried out, with the SKU's units that it was about. */
export interface InboundDecided {
  decision: string;
  shipmentId: string;
  sku: string;
  choice: DecideInbound['choice'];
  units: number;
}

/** Units of an authorisation that will not come, or came as an adjustment: to be closed, which posts nothing. */
export interface Closure {
  authorisation: string;
  orderId: string;
  item: string;
  units: number;
  why: 'came-as-adjustment' | 'never-came';
}

/** What rows of a day come to, by what a balance is about. */
export interface DaySum extends BalanceSubject {
  day: Day;
  units: number;
}

/** What is old, answered and named nowhere below need not be handed in. */
export interface KeptStock {
  /**
   * Rows of days that are not complete or not wholly answered, of three days before `from`; rows of ours; receipts of the
   * shipments in the facts; customer returns that became adjustments of the last 120 days.
   */
  rows: readonly KeptRow[];
  /** What rows of these days come to that are settled (`settled.ts`), and so are not among them. */
  settled: readonly DaySum[];
  /** Of these rows, and of the movements and documents that are handed in; all that lie astride `from`. */
  answers: readonly Answer[];
  offsets: readonly Offset[];
  /** Documents that something later builds on: of shipments that are not squared, openings, mappings, `removal`. */
  documents: readonly StockDocument[];
  /** Last part used, by `{purpose} {businessKey}`. */
  parts: ReadonlyMap<string, number>;
  inboundDecided: readonly InboundDecided[];
  closures: readonly Closure[];
  opening: OpeningStand | null;
}
