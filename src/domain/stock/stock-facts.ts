/**
 * What Amazon and NetSuite say of stock, as the rules of this folder read it. Units are whole and signed as the report has
 * them; Amazon's units, where nothing else is said (a pack counts as one). Days are `YYYY-MM-DD`, as the report's `Date`
 * stands: nothing converts them (stock.md, *The rows*). Columns: Amazon's *Inventory Ledger*, detail and summary view.
 */

/** A row of the ledger's detail view: one event. */
export interface LedgerRow {
  day: string;
  fnsku: string;
  /** `MSKU`. */
  sku: string;
  asin: string;
  /** Changes later, and identifies nothing. */
  title: string;
  /** `Shipments`, `Receipts`, `CustomerReturns`, `VendorReturns`, `WhseTransfers`, `Adjustments`; others may come. */
  eventType: string;
  /** Letter or digit of an adjustment; empty for other events. */
  reason: string;
  /** Empty for shipments; the inbound shipment (`FBA…`) of a receipt. */
  reference: string;
  quantity: number;
  centre: string;
  /** ISO, `GB`. */
  country: string;
  disposition: string;
  /** Of misplaced, found and damaged units; null where the report has none. They change later. */
  reconciled: number | null;
  unreconciled: number | null;
}

/** A row of the ledger's summary by country and day. Its columns are signed: receipts 180, shipments −101, ending 79. */
export interface LedgerBalance {
  day: string;
  fnsku: string;
  sku: string;
  asin: string;
  disposition: string;
  country: string;
  starting: number;
  /** Between centres: outside the ending balance. */
  inTransit: number;
  ending: number;
  /** Sum of its columns of events but transfers: what the rows of the day must come to. */
  events: number;
}

/** What a balance is about; rows of a day are summed by it. */
export type BalanceSubject = Pick<LedgerBalance, 'fnsku' | 'sku' | 'country' | 'disposition'>;

/** A line of the customer-returns report. */
export interface CustomerReturn {
  /** Day on which the centre took it in, in the marketplace's time zone. */
  day: string;
  orderId: string;
  sku: string;
  fnsku: string;
  quantity: number;
  centre: string;
  disposition: string;
  reason: string;
  status: string;
  /** License plate number: identifies the unit. */
  plate: string;
}

/** A line of the removal-shipment report: units on their way home, or to who buys them. */
export interface RemovalShipment {
  orderId: string;
  day: string;
  sku: string;
  fnsku: string;
  /** `Sellable` or `Unsellable`. */
  disposition: string;
  quantity: number;
  /** `Return`, `Liquidations`, … */
  kind: string;
  tracking: string;
}

/** A line of the reimbursements report; amounts are decimal texts, as they stand. */
export interface Reimbursement {
  reimbursementId: string;
  day: string;
  orderId: string;
  reason: string;
  sku: string;
  fnsku: string;
  currency: string;
  amountTotal: string;
  quantityCash: number;
  quantityInventory: number;
  /** Of a reversal: what it takes back. */
  originalId: string;
}

/** An inbound shipment of the v0 operations. */
export interface InboundShipment {
  /** `FBA…`, as receipts of the ledger name it. */
  shipmentId: string;
  name: string;
  /** `WORKING`, `READY_TO_SHIP`, `SHIPPED`, `IN_TRANSIT`, `DELIVERED`, `CHECKED_IN`, `RECEIVING`, `CLOSED`, `CANCELLED`, `DELETED`, `ERROR`. */
  status: string;
  destination: string;
  items: readonly InboundItem[];
}
export interface InboundItem {
  sku: string;
  fnsku: string;
  shipped: number;
  received: number;
}

/** A SKU in the FBA Inventory API: what is at Amazon now. */
export interface SnapshotRow {
  sku: string;
  fnsku: string;
  asin: string;
  fulfillable: number;
  reserved: { total: number; customerOrders: number; betweenCentres: number; processing: number };
  researching: number;
  unfulfillable: number;
  inbound: { working: number; shipped: number; receiving: number };
}

/**
 * A posted line of NetSuite that affects stock at a location of ours; units are NetSuite's, of the item's stock unit. Item and
 * location by the names that people give them (itemid, name), as in decisions and settings: the way to NetSuite has the ids.
 */
export interface NetSuiteMovement {
  netsuiteId: string;
  line: number;
  /** SuiteQL's `transaction.type`: `ItemShip`, `InvAdjst`, … */
  type: string;
  tranId: string;
  externalId: string | null;
  memo: string;
  day: string;
  item: string;
  location: string;
  units: number;
  /** Internal id of the document that it was made from; absent where that is none, or was not read. */
  createdFrom?: string;
}

/** An item of a fulfilment of ours as it was posted, with what NetSuite has of it now. */
export interface AlteredFulfilment {
  externalId: string;
  netsuiteId: string;
  /** NetSuite's internal ids of the sales orders of its order. */
  salesOrders: readonly string[];
  item: string;
  location: string;
  units: number;
  day: string;
  /** At locations of ours; null: no line of the document is there any more. */
  now: { units: number; days: readonly string[] } | null;
}
