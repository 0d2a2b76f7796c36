/** What is known of a sale, by which the lines of its documents are split. */
import type { Role } from '../mapping/roles.ts';
import type { OrderFact, RefundFact, ShipmentFact } from '../orders/order-facts.ts';
import { refundItemNames } from '../orders/refund.ts';
import { channelOf } from './channel.ts';
import type { OrderedSku } from './share.ts';
import type { SaleFacts } from './split-sale.ts';

export interface KnownSale {
  orderId: string;
  /** Null: not taken in. */
  order: OrderFact | null;
  shipments: readonly ShipmentFact[];
  /** That the document was made of. */
  refund: RefundFact | null;
  isBilled: boolean;
  bookedOn: readonly Role[];
}

export function saleFactsFrom({ orderId, order, shipments, refund, isBilled, bookedOn }: KnownSale): SaleFacts {
  const marketplace = order?.marketplaceName ?? shipments[0]?.marketplaceName ?? refund?.marketplaceName ?? null;
  const isNonAmazon = order?.channel === 'NON_AMAZON';
  return {
    marketplace,
    channel: channelOf({ orderId, marketplaceName: marketplace, isNonAmazon, isBilled, bookedOn }),
    skus: new Map([
      ...(refund === null ? [] : refundItemNames(refund)),
      ...shipments.flatMap(({ items }) => items.map(({ orderItemId, sku }) => [orderItemId, sku] as const)),
      ...(order?.items ?? []).map(({ orderItemId, sku }) => [orderItemId, sku] as const),
    ]),
    ordered: order === null ? shipments.flatMap(({ items }) => items.map(shippedAs)) : orderedOf(order),
  };
}

/** What an order is made of; units that were cancelled are none. */
export function orderedOf({ items }: OrderFact): OrderedSku[] {
  return items.map(({ sku, quantity, cancelled = 0, amounts }) => ({
    sku,
    principal: amounts?.principal ?? null,
    units: quantity - cancelled,
  }));
}

function shippedAs({ sku, amounts, quantity }: ShipmentFact['items'][number]): OrderedSku {
  return { sku, principal: amounts.principal ?? null, units: quantity };
}
