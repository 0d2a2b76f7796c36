import { commissionOf } from './order-in-cents.ts';
import type { DemoLine, DemoMarketplace, DemoOrder, DemoShipment } from './order-in-cents.ts';
import { productOf } from './demo-products.ts';
import type { DemoRefund, RefundLine } from './demo-refunds.ts';
import { later } from './october-2026.ts';

/** A row of a settlement report; what it does not fill stays blank. */
export interface SettlementRow {
  type: string;
  group: string;
  description: string;
  cents: bigint;
  postedAt: string;
  orderId?: string;
  merchantOrderId?: string;
  adjustmentId?: string;
  shipmentId?: string;
  marketplaceName?: string;
  fulfillmentId?: string;
  orderItemCode?: string;
  adjustmentItemId?: string;
  sku?: string;
  quantity?: number;
  promotionId?: string;
}

/** Group, description, cents; a quantity on the Principal row, a promotion id on promotions. Zero rows are left out. */
type Amount = readonly [
  group: string,
  description: string,
  cents: bigint,
  more?: { quantity?: number; promotionId?: string },
];

/** The rows of one shipment. Amazon posts it a few minutes after it has left. */
export function shipmentRows(order: DemoOrder, shipment: DemoShipment): SettlementRow[] {
  const { kind } = order.recipe;
  const { world } = order.marketplace;
  // A replacement leaves no trace in the money.
  if (kind === 'replacement') return [];
  const postedAt = later(shipment.shippedAt, 240_000);
  const shared = {
    type: 'Order',
    orderId: order.orderId,
    postedAt,
    marketplaceName: kind === 'multi-channel' ? `Non-Amazon ${world.countryCode}` : world.name,
    fulfillmentId: kind === 'merchant' ? 'MFN' : 'AFN',
    merchantOrderId: order.orderId,
    ...(kind !== 'merchant' && { shipmentId: shipment.shipmentId }),
  };
  return shipment.lines.flatMap((line) => {
    const amounts = kind === 'multi-channel' ? multiChannelAmounts(line) : saleAmounts(order, line);
    return amounts
      .filter(([, description, cents]) => cents !== 0n || description === 'Principal')
      .map(([group, description, cents, more]) => ({
        ...shared,
        group,
        description,
        cents,
        orderItemCode: line.orderItemId,
        sku: line.sku,
        ...more,
      }));
  });
}

/** The promotion by which shipping is given free. */
function freeShipping({ world }: DemoMarketplace): string {
  return `${world.countryCode} Core Free Shipping 2015/04/08`;
}

/** Multi-Channel: no price, only the fee for sending it. */
function multiChannelAmounts(line: DemoLine): Amount[] {
  return [
    ['ItemPrice', 'Principal', 0n, { quantity: line.quantity }],
    ['ShipmentFees', 'FBA transportation fee', -(productOf(line.sku).fee + 210n) * BigInt(line.quantity)],
  ];
}

function saleAmounts(order: DemoOrder, line: DemoLine): Amount[] {
  const free = line.shippingPromotion !== 0n;
  const { withheld } = order.marketplace;
  return [
    ['ItemPrice', 'Principal', line.principal, { quantity: line.quantity }],
    ['ItemPrice', 'Tax', line.tax],
    ['ItemPrice', 'Shipping', line.shipping],
    ['ItemPrice', 'ShippingTax', line.shippingTax],
    ['ItemPrice', 'GiftWrap', line.giftWrap],
    ['ItemWithheldTax', `${withheld}-Principal`, order.taxed ? -line.tax : 0n],
    ['ItemWithheldTax', `${withheld}-Shipping`, order.taxed ? -line.shippingTax : 0n],
    ...(line.promotion === 0n
      ? []
      : [['Promotion', 'Principal', line.promotion, { promotionId: 'PLM-8842, autumn 10%' }] as const]),
    ...(free
      ? [
          ['Promotion', 'Shipping', line.shippingPromotion, { promotionId: freeShipping(order.marketplace) }] as const,
          ['Promotion', 'TaxDiscount', line.discountTax, { promotionId: freeShipping(order.marketplace) }] as const,
        ]
      : []),
    ...saleFees(order, line).map(([name, cents]): Amount => ['ItemFees', name, cents]),
  ];
}

/** What Amazon takes of a line's sale, negative; some of it may be nothing. */
export function saleFees({ marketplace, recipe }: DemoOrder, line: DemoLine): [name: string, cents: bigint][] {
  const free = line.shippingPromotion !== 0n;
  return [
    ['Commission', -commissionOf(marketplace, line)],
    ...(recipe.kind === 'merchant'
      ? []
      : ([
          ['FBAPerUnitFulfillmentFee', -productOf(line.sku).fee * BigInt(line.quantity)],
          ['ShippingChargeback', free ? 0n : -line.shipping],
          ['GiftwrapChargeback', -line.giftWrap],
        ] as [string, bigint][])),
  ];
}

export function refundRows(refund: DemoRefund): SettlementRow[] {
  return refund.lines.flatMap((line) =>
    refundAmounts(refund.marketplace, line)
      .filter(([, , cents]) => cents !== 0n)
      .map(([group, description, cents, more]) => ({
        type: 'Refund',
        orderId: refund.orderId,
        merchantOrderId: refund.orderId,
        adjustmentId: refund.adjustmentId,
        postedAt: refund.postedAt,
        marketplaceName: refund.marketplace.world.name,
        fulfillmentId: 'AFN',
        orderItemCode: line.orderItemId,
        adjustmentItemId: line.adjustmentItemId,
        sku: line.sku,
        group,
        description,
        cents,
        ...more,
      })),
  );
}

function refundAmounts(marketplace: DemoMarketplace, line: RefundLine): Amount[] {
  return [
    ['ItemPrice', 'Principal', line.principal, { quantity: line.quantity }],
    ['ItemPrice', 'Tax', line.tax],
    ['ItemPrice', 'Shipping', line.shipping],
    ['ItemPrice', 'ShippingTax', line.shippingTax],
    ['ItemPrice', 'GiftWrap', line.giftWrap],
    ['ItemPrice', 'Goodwill', line.goodwill],
    ['ItemPrice', 'RestockingFee', line.restockingFee],
    ['ItemWithheldTax', `${marketplace.withheld}-Principal`, line.taxWithheld ? -line.tax : 0n],
    ['ItemWithheldTax', `${marketplace.withheld}-Shipping`, line.taxWithheld ? -line.shippingTax : 0n],
    ['Promotion', 'Principal', line.promotion, { promotionId: 'PLM-8842, autumn 10%' }],
    ['Promotion', 'Shipping', line.shippingPromotion, { promotionId: freeShipping(marketplace) }],
    ['Promotion', 'TaxDiscount', line.discountTax, { promotionId: freeShipping(marketplace) }],
    ['ItemFees', 'Commission', line.commission],
    ['ItemFees', 'RefundCommission', line.refundCommission],
  ];
}
