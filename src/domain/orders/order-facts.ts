import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { ItemTax, Jurisdiction } from '../tax/tax-policy.ts';

/**
 * The parts of a sale that the documents carry. `promotion` is zero or negative, `points` too; `cod` is the fee for cash on
 * delivery. As Amazon tells them, parts may hold the tax and there is no `tax`; once read by `domain/tax/` they are net,
 * and `tax` is what the seller owes.
 */
export const SALE_COMPONENTS = ['principal', 'shipping', 'cod', 'gift-wrap', 'promotion', 'points', 'tax'] as const;
export type SaleComponent = (typeof SALE_COMPONENTS)[number];
/** Signed minor units; a missing component is zero. */
export type SaleAmounts = Partial<Record<SaleComponent, bigint>>;
/** Tax that Amazon tells beside a part of a price; of a promotion zero or negative. A missing one was not told. */
export type ToldTaxes = Partial<Record<'principal' | 'shipping' | 'cod' | 'gift-wrap' | 'promotion', bigint>>;

export type OrderStatus =
  'PENDING_AVAILABILITY' | 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED' | 'UNFULFILLABLE';

/** An order as Amazon tells it (orders 2026-01-01), without any personal data. */
export interface OrderFact {
  orderId: string;
  purchasedAt: Instant;
  updatedAt: Instant;
  status: OrderStatus;
  fulfilledBy: 'AMAZON' | 'MERCHANT';
  channel: 'AMAZON' | 'NON_AMAZON';
  marketplaceId: string;
  marketplaceName: string;
  /** Null while the order has no price. */
  currency: CurrencyCode | null;
  /** The order that this one replaces at no price. */
  replaces: string | null;
  /** True when the order says that Amazon collects the tax (`tax.taxCollections`). */
  amazonCollectsTax: boolean;
  items: OrderItemFact[];
}

export interface OrderItemFact {
  /** `orderItemId`, which the settlement calls `order-item-code`. */
  orderItemId: string;
  sku: string;
  asin: string | null;
  /** Units as ordered; `amounts` are for them. */
  quantity: number;
  /** Units of them that were cancelled since; absent where none. */
  cancelled?: number;
  /** Line totals, never unit prices; null while the order is pending. */
  amounts: SaleAmounts | null;
  /** The part `TAX`, and whether the others hold it (where those alone come to `proceedsTotal`); absent where Amazon tells none. */
  tax?: { parts: ToldTaxes; holdTax: boolean };
  /** True when the item says that Amazon collects its tax (`tax.taxCollections`); absent where it does not. */
  amazonCollects?: true;
  taxed?: ItemTax;
}

/** One shipment of an order, from the fulfilled-shipments report where nothing else is said. */
export interface ShipmentFact {
  /** True where its amounts are all there are (an order sent by the merchant, rows of a settlement): the report carries neither points nor cash on delivery. */
  whole?: true;
  orderId: string;
  /** Null where the report leaves it empty (cross-border); the instant then stands in for it. */
  shipmentId: string | null;
  shippedAt: Instant;
  marketplaceName: string;
  currency: CurrencyCode;
  /** Country that it goes to, or the part of one outside of its VAT area; absent where it is not told. */
  shipTo?: Jurisdiction;
  /** Whether its prices hold the tax, where its source says so; absent: as the marketplace writes them. */
  holdTax?: boolean;
  items: ShipmentItemFact[];
}

export interface ShipmentItemFact {
  orderItemId: string;
  sku: string;
  quantity: number;
  /** For the shipped quantity. */
  amounts: SaleAmounts;
  /** The tax that is told beside them; absent where none is. */
  taxes?: ToldTaxes;
  taxed?: ItemTax;
}

/** The parts of a refund: those of a sale, and `other` (goodwill, restocking fee, return shipping, COD). */
export type RefundComponent = SaleComponent | 'other';
export type RefundAmounts = Partial<Record<RefundComponent, bigint>>;

/** One refund as Finances (2024-06-19) tells it; amounts signed as in the settlement: a refund of goods is negative. */
export interface RefundFact {
  orderId: string;
  /** To the second; with the order id the business key. */
  postedAt: Instant;
  /** The first record's, where it was deferred and released: both are one transaction. */
  transactionId: string;
  /** Ids of the other records of the same transaction, as far as this one names them. */
  alsoKnownAs?: string[];
  /** Told as deferred (or as deferred and released by now): a record of its release may come beside it. */
  deferred?: true;
  marketplaceName: string | null;
  currency: CurrencyCode;
  items: RefundItemFact[];
  /** Who fulfilled its order (`ProductContext.fulfillmentNetwork`); absent where Amazon does not say. */
  fulfilledBy?: 'AMAZON' | 'MERCHANT';
  /** True when it held an amount of a kind that we do not know: no document may be made of it before a person has looked. */
  incomplete?: boolean;
  /** Of a refund that a person booked from the rows of a settlement: which one, and the first record of it that Finances told, if any. */
  fromRows?: { settlementId: string; toldAs?: RefundFact };
}

export interface RefundItemFact {
  orderItemId: string | null;
  sku: string | null;
  quantity: number | null;
  amounts: RefundAmounts;
  /** The tax that is given back, signed as the amounts; absent where none is told. */
  tax?: bigint;
  /** What Amazon had withheld of it and gives back in its place, signed the other way; absent where nothing. */
  withheld?: bigint;
  taxed?: ItemTax;
  /** The principal as the sale's prices were told, where those held a tax that Amazon does not calculate. */
  grossPrincipal?: bigint;
}
