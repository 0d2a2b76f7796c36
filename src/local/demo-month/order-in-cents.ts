import type { WorldMarketplace } from '../../simulators/amazon/world.ts';
import { share, total } from './cents.ts';
import type { Recipe } from './order-recipes.ts';

/** Where an order is sold; `world` is what the simulator knows of it. */
export interface DemoMarketplace {
  world: WorldMarketplace;
  /** First word of the rows of tax that Amazon withholds. */
  withheld: 'MarketplaceFacilitatorTax' | 'MarketplaceFacilitatorVAT';
  /** Amazon's commission in hundredths of a percent, on the price without tax or with it. */
  commission: { basisPoints: bigint; on: 'net' | 'gross' };
}

export const US: DemoMarketplace = {
  world: { id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD', countryCode: 'US' },
  withheld: 'MarketplaceFacilitatorTax',
  commission: { basisPoints: 1500n, on: 'net' },
};

/** Cents of one line, or of the part of it that one shipment holds. */
export interface LineCents {
  principal: bigint;
  shipping: bigint;
  giftWrap: bigint;
  promotion: bigint;
  shippingPromotion: bigint;
  tax: bigint;
  shippingTax: bigint;
  /** Of the promotions, zero or negative. */
  discountTax: bigint;
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
  marketplace: DemoMarketplace;
  recipe: Recipe;
  createdAt: string;
  replaces: string | null;
  /** Whether Amazon collects the tax. */
  taxed: boolean;
  /** Country that the goods go to. */
  shipTo: string;
  lines: DemoLine[];
  shipments: DemoShipment[];
}

/** What goods, shipping, gift wrap and promotions of a line come to, without tax. */
export function netOf(line: LineCents): bigint {
  return total([line.principal, line.shipping, line.giftWrap, line.promotion, line.shippingPromotion]);
}

export function taxOf(line: Pick<LineCents, 'tax' | 'shippingTax' | 'discountTax'>): bigint {
  return total([line.tax, line.shippingTax, line.discountTax]);
}

/** What Amazon takes for selling a line. */
export function commissionOf({ commission }: DemoMarketplace, line: LineCents): bigint {
  return share(netOf(line) + (commission.on === 'gross' ? taxOf(line) : 0n), commission.basisPoints);
}
