import type { WorldStock } from './stock/world-stock.ts';

/**
 * The world that the Amazon simulator tells of: facts with the instant at which each becomes visible.
 * Amounts are plain decimal strings, instants `2026-10-01T07:00:00Z`. The simulator shows a fact only when
 * its clock has passed `publishedAt`; nothing in it is ever written by the product.
 */

export interface AmazonWorld {
  /** What the world is, for people: `October 2026 of a simulated seller`. */
  title: string;
  sellerId: string;
  marketplaces: WorldMarketplace[];
  catalogue: WorldProduct[];
  orders: WorldOrder[];
  shipments: WorldShipment[];
  refunds: WorldRefund[];
  settlements: WorldSettlement[];
  bankLines: WorldBankLine[];
  /** What Amazon holds of the seller's goods; left out, it holds nothing that anyone can read. */
  stock?: WorldStock;
  /** What Amazon's VAT report needs; left out, the application has no role for it. */
  vat?: WorldVat;
  /** `DD7`: Finances defers every payment until seven days after delivery; left out, some of them. */
  deferral?: 'DD7';
  /** Of some days (UTC) the fulfilled-shipments report has only so many shipments, the first; Finances and the all-orders report know them all. */
  shipmentsMissed?: { days: readonly string[]; keeps: number };
  /** A clock that jumps through this world stops at multiples of this many minutes, so that facts come in batches. */
  paceMinutes?: number;
  /** A clock that jumps through this world goes on to here, though nothing is published any more. */
  goesOnUntil?: string;
  /** A clock that jumps through this world stands still here, until somebody who has done what is to be done lets it go on. */
  pausesAt?: string;
}

export interface WorldVat {
  /** Whether Amazon calculates the tax that the seller owes (VCS); what it owes itself it calculates in any case. */
  calculated: boolean;
  /** The seller's VAT numbers by country. */
  numbers: Record<string, string>;
  /** Country from which an order left, by its id, where that is not its marketplace's. */
  departures?: Record<string, string>;
}

export interface WorldMarketplace {
  id: string;
  name: string;
  currency: string;
  countryCode: string;
}

/** A product: the NetSuite simulator is seeded from the same list (all but those with `inNetSuite: false`). */
export interface WorldProduct {
  sku: string;
  asin: string;
  title: string;
  upc: string | null;
  unitCost: string;
  inNetSuite: boolean;
}

export interface WorldOrder {
  orderId: string;
  marketplaceId: string;
  marketplaceName: string;
  channel: 'AMAZON' | 'NON_AMAZON';
  fulfilledBy: 'AMAZON' | 'MERCHANT';
  currency: string;
  replaces: string | null;
  buyer: {
    name: string;
    email: string;
    address: { line1: string; city: string; state: string; postalCode: string; countryCode: string };
    /** Of a business, with its country: `IE1234567T`. */
    vatNumber?: string;
  };
  items: WorldOrderItem[];
  /** In order of time; the first is the creation. The order shows the status of the last one that has passed. */
  history: { at: string; status: 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED' }[];
}

/** Line totals; `promotion` zero or negative. Tax is collected and, when `taxWithheld`, withheld by Amazon. */
export interface WorldOrderItem {
  orderItemId: string;
  sku: string;
  asin: string;
  title: string;
  quantity: number;
  principal: string;
  shipping: string;
  giftWrap: string;
  promotion: string;
  shippingPromotion: string;
  tax: string;
  shippingTax: string;
  /** Tax of the discounts, zero or negative; left out where it is part of `tax`, or there is none. */
  discountTax?: string;
  taxWithheld: boolean;
  /** Points granted (Japan, Australia), zero or negative; left out where there are none. */
  points?: string;
  /** The fee for cash on delivery (Japan); left out where there is none. */
  cod?: string;
  /** Tax of that fee; left out where there is none. */
  codTax?: string;
  /** Units that are cancelled at an instant, while the rest of the order goes on. */
  cancelled?: { at: string; units: number };
}

/** A row group of the fulfilled-shipments report. */
export interface WorldShipment {
  orderId: string;
  shipmentId: string;
  shippedAt: string;
  publishedAt: string;
  /** For VAT: when it counts as complete; at its dispatch where it is left out. */
  completedAt?: string;
  carrier: string;
  trackingNumber: string;
  fulfillmentCenter: string;
  items: {
    shipmentItemId: string;
    orderItemId: string;
    sku: string;
    quantity: number;
    principal: string;
    shipping: string;
    giftWrap: string;
    promotion: string;
    shippingPromotion: string;
    tax: string;
    shippingTax: string;
    discountTax?: string;
    /** Amazon's fees of it by the names of the settlement, signed as there: Finances tells them before a settlement does. */
    fees?: { type: string; amount: string }[];
  }[];
}

/** A refund as Finances `listTransactions` shows it. Amounts signed as in the settlement (goods negative). */
export interface WorldRefund {
  orderId: string;
  transactionId: string;
  postedAt: string;
  publishedAt: string;
  marketplaceId: string;
  marketplaceName: string;
  currency: string;
  /** Who sent the goods; left out for Amazon, null where Finances does not say. */
  network?: 'AFN' | 'MFN' | null;
  /** Until an instant Finances tells one group of its breakdowns under a word that no document of Amazon names. */
  newWord?: { group: string; said: string; until: string };
  items: {
    orderItemId: string;
    sku: string;
    quantity: number;
    principal: string;
    shipping: string;
    giftWrap: string;
    promotion: string;
    goodwill: string;
    restockingFee: string;
    returnShipping: string;
    tax: string;
    taxWithheld: string;
    points?: string;
    fees: { type: string; amount: string }[];
  }[];
}

/** A settlement report, served byte by byte as given, and the financial event group that belongs to it. */
export interface WorldSettlement {
  settlementId: string;
  reportType: string;
  publishedAt: string;
  start: string;
  end: string;
  depositDate: string;
  currency: string;
  total: string;
  bytes: Uint8Array;
  gzip: boolean;
  /** The charset of the bytes, told with the document; UTF-8 unless something else stands here. */
  charset?: string;
  /** Amazon lists the same document under a second report id, as for a second marketplace of the region. */
  listedTwice?: boolean;
  /** Finances v0 group: transfer status from an instant on, the bank's trace number, the account's last digits. */
  group: {
    id: string;
    traceId: string | null;
    accountTail: string | null;
    beginningBalance: string;
    transfers: { at: string; status: 'Initiated' | 'Processing' | 'Successful' | 'Failed' | 'Unknown' }[];
  };
}

/** A line of the seller's bank or card statement: the bank simulator's side of the world. */
export interface WorldBankLine {
  account: 'bank' | 'card';
  date: string;
  publishedAt: string;
  amount: string;
  currency: string;
  description: string;
  transactionId: string;
}
