import { total } from './cents.ts';
import type { Recipe } from './order-recipes.ts';

export const MARKETPLACE = { id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD', countryCode: 'US' };

/** Cents of one line, or of the part of it that one shipment holds. */
export interface LineCents {
  principal: bigint;
  shipping: bigint;
  giftWrap: bigint;
  promotion: bigint;
  shippingPromotion: bigint;
  tax: bigint;
  shippingTax: bigint;
}
export interface DemoLine extends LineCents {
  orderItemId: string;
  sku: string;
  quantity: number;
}
export interface DemoShipment {
  shipmentId: string;
  shippedAt: string;
  lines: DemoLine[];
}
/** An order while the month is being made: amounts in cents, and its shipments (merchant-fulfilled ones have one, too). */
export interface DemoOrder {
  orderId: string;
  recipe: Recipe;
  createdAt: string;
  replaces: string | null;
  taxed: boolean;
  lines: DemoLine[];
  shipments: DemoShipment[];
}

/** What goods, shipping, gift wrap and promotions of a line come to, without tax. */
export function netOf(line: LineCents): bigint {
  return total([line.principal, line.shipping, line.giftWrap, line.promotion, line.shippingPromotion]);
}
