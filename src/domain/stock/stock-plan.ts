/**
 * What planning takes and gives (`plan-stock.ts`): facts as they were read, what is kept, decisions and policy in; new
 * answers and documents, what waits and what a person must look at out. Planned twice over the same facts, with what the
 * first time gave kept, it gives nothing new (stock.md, *Invariants*).
 */
import type { Role } from '../mapping/roles.ts';
import type { Day, Instant } from '../money/instant.ts';
import type {
  Answer,
  Closure,
  InboundDecided,
  KeptRow,
  LineRef,
  Offset,
  OpeningStand,
  StockDocument,
} from './kept-stock.ts';
import type { Balances } from './balances.ts';
import type { LedgerPlace, Place, Pool } from './pools.ts';
import type {
  AlteredFulfilment,
  CustomerReturn,
  InboundShipment,
  NetSuiteMovement,
  RemovalShipment,
} from './stock-facts.ts';
import type { StockCode } from './stock-codes.ts';
import type { Waiting } from './waiting.ts';
import type { TransferOrder } from './transfer-order.ts';

export interface StockPolicy {
  connection: string;
  pools: readonly Pool[];
  /** First day that is ours. */
  from: Day;
  /** `stock.grace` in whole days, hours rounded up. */
  graceDays: number;
  /** Above either of them an adjustment line waits; `value` is decimal text in the subsidiary's currency. */
  limit: { units: number; value: string };
  inbound: 'inventory-transfer' | 'theirs';
  removalDays: number;
  /** Another role per reason of an adjustment (`stock.accounts`). */
  accounts: Readonly<Record<string, Role>>;
  /** Items that are not ours to count (`stock.leave`). */
  leave: readonly string[];
  /** In `plan` the opening counts as approved. */
  posting: 'plan' | 'live';
}

/** A SKU's item from a decision on; the first of a SKU holds for all days before it too. */
export interface SkuMapping {
  sku: string;
  /** Day of the decision: rows up to it count by the mapping before, the balance at its end by this one. */
  decided: Day;
  item: string;
  /** Units of the item in one of the SKU: 3 of a pack of three. */
  units: number;
  /** Of a kit: its members and how many of each are in one; null where the item has stock of its own. */
  members: readonly { item: string; quantity: number }[] | null;
}

/** What one unit of an item costs, in decimal text of the subsidiary's currency. */
export interface ItemCost {
  item: string;
  /** `averagecostmli` by location. */
  averages: readonly { location: string; cost: string }[];
  lastPurchasePrice: string | null;
}

/** An open line of a return authorisation, in NetSuite's units. */
export interface OpenAuthorisation {
  netsuiteId: string;
  orderId: string;
  day: Day;
  item: string;
  /** Neither received nor closed, nor in a receipt of ours that is planned and not posted. */
  open: number;
}

/** An inbound shipment with the days that the reports do not have. */
export interface InboundFact extends InboundShipment {
  pool: string;
  /** Day on which it was first seen as `SHIPPED` or later, or Amazon received something of it before `from`; null before. */
  sent: Day | null;
  /** Day on which it was first seen as `CLOSED`. */
  closed: Day | null;
}

/** Units of a shipment's SKU that Amazon received on a day before `from`. */
export interface ReceivedBefore {
  shipmentId: string;
  sku: string;
  day: Day;
  units: number;
}

export interface UnrisenReceipt {
  /** External id. */
  document: string;
  /** A later receipt rose: NetSuite's preference is on again. */
  isOver: boolean;
  /** Day on which it was posted. */
  tried: Day;
}

export interface StockFacts {
  /** When this reading began. */
  readAt: Instant;
  mappings: readonly SkuMapping[];
  /** Items that cannot be counted, with the reason in words: lots, serial numbers, bins, another stock unit. */
  uncountable: ReadonlyMap<string, string>;
  /** Of the days of `rows`, with the last one before them for each SKU, country and disposition. */
  balances: Balances;
  /** Days whose summary was read to the end, by pool. */
  summarised: ReadonlyMap<string, ReadonlySet<Day>>;
  returns: readonly CustomerReturn[];
  authorisations: readonly OpenAuthorisation[];
  removals: readonly RemovalShipment[];
  inbound: readonly InboundFact[];
  /** What the ledger says that Amazon received of shipments before `from`, in its units; null or absent: it was not read yet. */
  receivedBefore?: readonly ReceivedBefore[] | null;
  transferOrders: readonly TransferOrder[];
  /** Under `theirs`: what NetSuite has at the pools' in transit, with what is planned there and not in NetSuite yet. */
  transit: readonly Units[];
  /** Posted lines at locations of the pools that are not of documents which `planStock` gave, all that are not wholly answered, and those dated before `from`, three days back; in `posting: plan` with fulfilments that are planned. Ours of the order flow by their external id; of no units what offsets name and NetSuite has no longer (`undone.ts`). */
  movements: readonly NetSuiteMovement[];
  /** Lines of documents of ours that stand on another day than they were posted on, whether planning or the order flow made them. */
  moved?: readonly { movement: NetSuiteMovement; posted: Day }[];
  /** Documents of `movements` that have lines at several places of the pools, by NetSuite's internal id: of a transfer among them both ends are ours. */
  transfersBetween: ReadonlySet<string>;
  /** Lines that answers name and NetSuite has no longer. */
  gone: readonly LineRef[];
  /** NetSuite's internal ids of documents of ours that were posted, by external id. */
  internalIds: ReadonlyMap<string, string>;
  /** Shipments of the shipments report that no fulfilment of ours stands for. */
  unfulfilled: readonly { item: string; day: Day; shipment: string }[];
  /** Fulfilments of ours that NetSuite no longer has as they were posted: near rows of `Shipments` that nothing answers, and those that are alone for long. */
  altered: readonly AlteredFulfilment[];
  /** By line, of fulfilments of somebody else in the place of ours that were deleted: the day of that which they stand for. */
  standingFor: ReadonlyMap<string, Day>;
  costs: readonly ItemCost[];
  /** Receipts of ours that were read back and did not raise the units at their location. */
  notRestocked: readonly UnrisenReceipt[];
  /** Receipts of returns that are planned, or posted and not read back: external ids. */
  unseenReceipts: readonly string[];
}

/** What a person must look at: open as long as planning gives it. */
export interface StockProblem {
  code: StockCode;
  /** Keeps it single. */
  key: string;
  pool: string | null;
  /** SKU or item, where it is about one. */
  sku: string | null;
  item: string | null;
  units: number | null;
  /** Decimal text of units × cost; null where no cost is known. */
  value: string | null;
  /** First day of what it is about. */
  day: Day | null;
  rows: readonly string[];
  documents: readonly string[];
  /** A sentence for people. */
  what: string;
  /** Of `movement-foreign`, and `ours` of `shipment-unbooked` and `fulfilment-unseen`: whose it is; `alone` is one of ours that stands against what NetSuite has no longer, `redated` is of whomever and was moved to another day after it was countered, `moved` where it was not: it answers `rows`, or is as it was planned. */
  whose?: 'theirs' | 'ours' | 'alone' | 'redated' | 'moved';
}

/** Where a shipment stands, in Amazon's units; `inTransit` = shipped − received − decided, nothing before it was sent and never below zero. */
export interface InboundStanding {
  shipmentId: string;
  pool: string;
  sku: string;
  shipped: number;
  received: number;
  decided: number;
  inTransit: number;
  /** Received above what was shipped, not decided. */
  over: number;
  /** Of one that is over, under `theirs`: what its transfer orders have under way and Amazon does not (`beyond-shipped.ts`), in NetSuite's units. */
  beyond?: readonly ItemUnits[];
  /** Under `theirs`: as many of the SKU as its transfer orders have brought out of the warehouse. */
  left?: number;
}
export interface ItemUnits {
  item: string;
  units: number;
}
/** Decided under the name of a SKU of the shipment or, where none is that item, of the item. */
export interface BeyondShipped extends ItemUnits {
  sku: string;
}

export interface StockPlan {
  /** Rows of ours, to be kept: what a mapping or a closed gap moved. */
  rows: KeptRow[];
  answers: Answer[];
  offsets: Offset[];
  /** In the order in which they are to be posted: by day; on each receipts and increases, transfers, decreases. */
  documents: StockDocument[];
  /** Answers of before that hold no longer: their fulfilment was taken back in NetSuite. */
  released: Answer[];
  /** Documents of before that a decision lets go. */
  approved: string[];
  closures: Closure[];
  inboundDecided: InboundDecided[];
  inbound: InboundStanding[];
  waiting: Waiting[];
  problems: StockProblem[];
  /** What movements that are not explained took from places of ours. */
  takenByOthers: TakenUnits[];
  /** Amazon's side of the opening, where it is taken for the first time or shipments were found that belong to it. */
  opening: OpeningStand | null;
  /** Days of the rows that are complete, as `{pool} {day}`: settling takes them as planning found them. */
  complete: ReadonlySet<string>;
}

/** Units of an item at a place on a day. */
export interface Units {
  pool: string;
  item: string;
  place: Place;
  units: number;
}

/** Units below zero that a `movement-foreign` took from a place, under the key of that. */
export interface TakenUnits extends Units {
  key: string;
}

/** A part of the difference between Amazon and NetSuite, with the sign that it has in the equation. */
export interface TermPart {
  units: number;
  day: Day;
  /** The row, or the line of NetSuite. */
  of: { kind: 'row'; row: string } | ({ kind: 'line' } & LineRef);
  /** Of a day that is past: on which its other half is dated, where that has come since. */
  ends?: Day;
}

/** Amazon − NetSuite = opening + waiting + ahead + foreign + gap, of one item at one place at the end of a day. */
export interface StockEquation {
  pool: string;
  item: string;
  place: LedgerPlace;
  day: Day;
  amazon: number;
  netsuite: number;
  terms: { opening: number; waiting: number; ahead: number; foreign: number; gap: number };
  /** What makes up waiting, ahead and foreign. */
  parts: { waiting: TermPart[]; ahead: TermPart[]; foreign: TermPart[] };
}
