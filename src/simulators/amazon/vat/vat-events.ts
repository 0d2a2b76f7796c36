/** What the VAT report tells of a world: each item of a dispatch or a refund is one event. */
import { sumOf } from '../decimal.ts';
import type { AmazonWorld, WorldOrder, WorldOrderItem } from '../world.ts';

/** Of goods, shipping or gift wrap: without tax and its tax, the discount apart. Signed as for the buyer's price. */
export interface VatPart {
  net: string;
  tax: string;
  promotion: string;
  promotionTax: string;
}

export interface VatEvent {
  type: 'SALE' | 'REFUND';
  order: WorldOrder;
  /** Of the dispatch, or of the refund. */
  id: string;
  sku: string;
  quantity: number;
  items: VatPart;
  shipping: VatPart;
  giftWrap: VatPart;
  /** Whether Amazon owes the tax. */
  amazonOwes: boolean;
  /** Null for a refund. */
  departedAt: string | null;
  completedAt: string;
}

type SoldParts = Pick<
  WorldOrderItem,
  'principal' | 'shipping' | 'giftWrap' | 'promotion' | 'shippingPromotion' | 'tax' | 'shippingTax' | 'discountTax'
>;

/** Everything of the seller's sales that has an instant of completion, in order of it; Multi-Channel orders are not sales here. */
export function vatEvents(world: AmazonWorld): VatEvent[] {
  const orders = new Map(
    world.orders.filter(({ channel }) => channel === 'AMAZON').map((order) => [order.orderId, order]),
  );
  const dispatched = world.shipments.flatMap((shipment) => {
    const order = orders.get(shipment.orderId);
    return order === undefined
      ? []
      : shipment.items.map((item): VatEvent => ({
          type: 'SALE',
          order,
          id: shipment.shipmentId,
          sku: item.sku,
          quantity: item.quantity,
          ...soldParts(item),
          amazonOwes: isAmazons(order, item.orderItemId),
          departedAt: shipment.shippedAt,
          completedAt: shipment.completedAt ?? shipment.shippedAt,
        }));
  });
  const byMerchant = [...orders.values()].flatMap((order) => {
    const shipped = order.history.find(({ status }) => status === 'SHIPPED')?.at;
    return order.fulfilledBy !== 'MERCHANT' || shipped === undefined
      ? []
      : order.items.map((item): VatEvent => ({
          type: 'SALE',
          order,
          id: order.orderId,
          sku: item.sku,
          quantity: item.quantity,
          ...soldParts(item),
          amazonOwes: item.taxWithheld,
          departedAt: shipped,
          completedAt: shipped,
        }));
  });
  const refunded = world.refunds.flatMap((refund) => {
    const order = orders.get(refund.orderId);
    return order === undefined
      ? []
      : refund.items.map((item): VatEvent => ({
          type: 'REFUND',
          order,
          id: refund.transactionId,
          sku: item.sku,
          quantity: item.quantity,
          items: part(
            sumOf([item.principal, item.goodwill, item.restockingFee, item.returnShipping], refund.currency),
            item.tax,
            item.promotion,
          ),
          shipping: part(item.shipping),
          giftWrap: part(item.giftWrap),
          amazonOwes: isAmazons(order, item.orderItemId),
          departedAt: null,
          completedAt: refund.postedAt,
        }));
  });
  return [...dispatched, ...byMerchant, ...refunded].sort((a, b) => (a.completedAt < b.completedAt ? -1 : 1));
}

function isAmazons({ items }: WorldOrder, orderItemId: string): boolean {
  return items.find((item) => item.orderItemId === orderItemId)?.taxWithheld ?? false;
}

/** The tax of discounts is the item's where that has one, as in the shipments report. */
function soldParts(item: SoldParts): Pick<VatEvent, 'items' | 'shipping' | 'giftWrap'> {
  const discountTax = item.discountTax ?? '0.00';
  const isOfItem = /[1-9]/.test(item.promotion);
  return {
    items: part(item.principal, item.tax, item.promotion, isOfItem ? discountTax : undefined),
    shipping: part(item.shipping, item.shippingTax, item.shippingPromotion, isOfItem ? undefined : discountTax),
    giftWrap: part(item.giftWrap),
  };
}

function part(net: string, tax = '0.00', promotion = '0.00', promotionTax = '0.00'): VatPart {
  return { net, tax, promotion, promotionTax };
}
