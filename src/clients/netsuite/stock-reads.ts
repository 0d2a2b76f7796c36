/**
 * What NetSuite is asked of stock. Items go by itemid, locations by internal id; every answer is of now and never cached.
 * Units are whole where NetSuite keeps whole ones, of the base unit; costs are decimal text of the subsidiary's currency.
 */
import type { Day } from '../../domain/money/instant.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';

/** Internal ids of locations, and the names that the settings have for them. */
export type Locations = ReadonlyMap<string, string>;

/** Which lines: of documents changed at an instant or later, of some items, of documents after one (by internal id). */
export interface MovementWish {
  /** `YYYY-MM-DD HH:MM:SS` in NetSuite's own time, as {@link MovementPage.changed} has it. */
  since?: string;
  /** By itemid; at most some hundred. */
  items?: readonly string[];
  /** By internal id; at most some hundred. */
  documents?: readonly string[];
  after?: string;
}

export interface MovementPage {
  /** By internal id of their documents, each with all its lines that were asked for. */
  movements: NetSuiteMovement[];
  /** The latest change of these documents, in NetSuite's own time. */
  changed: string;
}

/** An item at a location that ever held it. */
export interface ItemAtLocation {
  item: string;
  location: string;
  onHand: number;
  committed: number;
  available: number;
  /** `averagecostmli`; null where it never had one. */
  averageCost: string | null;
}

export interface ItemFact {
  netsuiteId: string;
  item: string;
  /** SuiteQL's `itemtype`: `InvtPart`, `Assembly`, `Kit`, `NonInvtPart`, … */
  type: string;
  inactive: boolean;
  hasLots: boolean;
  hasSerialNumbers: boolean;
  /** Tracked by bins at a location of ours that has them. */
  inBins: boolean;
  /** Counted in another unit than its base unit. */
  inOtherUnit: boolean;
  lastPurchasePrice: string | null;
  /** Of a kit: what is kept in stock of its members, and how many of each are in one. */
  members: { item: string; quantity: number }[];
}

/** An open line of a return authorisation, of an item with stock of its own; of a kit its members. */
export interface AuthorisationLine {
  netsuiteId: string;
  externalId: string | null;
  otherRefNum: string | null;
  day: Day;
  item: string;
  /** Neither received nor closed. */
  open: number;
}

export interface TransferOrderFact {
  netsuiteId: string;
  otherRefNum: string | null;
  memo: string | null;
  lines: TransferOrderLine[];
  /** Lines of its fulfilments, the oldest first. */
  fulfilled: FulfilledLine[];
}
export interface FulfilledLine {
  /** The internal id of the fulfilment. */
  fulfilment: string;
  day: Day;
  item: string;
  units: number;
}
export interface TransferOrderLine {
  item: string;
  quantity: number;
  fulfilled: number;
  received: number;
  closed: boolean;
}

export interface NetSuiteStockReads {
  /** The last change of any transaction, in NetSuite's own time; null in an empty account. */
  lastChange(): Promise<string | null>;
  /** Posted lines that move stock at these locations, a page at a time. */
  movements(locations: Locations, wish: MovementWish): AsyncGenerator<MovementPage>;
  /** What lies there, of every item or of some. */
  atLocations(locations: Locations, items?: readonly string[]): Promise<ItemAtLocation[]>;
  /** Those that there are, active or not. @param locations where bins matter */
  items(names: readonly string[], locations: Locations): Promise<ItemFact[]>;
  /** Of customers by internal id. */
  openAuthorisations(customers: readonly string[]): Promise<AuthorisationLine[]>;
  /** Transfer orders that name one of some texts in their PO number or memo. */
  transferOrders(naming: readonly string[]): Promise<TransferOrderFact[]>;
  /** ISO code of a subsidiary's currency, without one of the account's; null: there is no such subsidiary. */
  currency(subsidiary: string | undefined): Promise<string | null>;
}
