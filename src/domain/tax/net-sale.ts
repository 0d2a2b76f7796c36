/** A shipment and an order, net of tax: every document of a sale is planned from these. */
import { shareOf } from '../money/money.ts';
import type { OrderFact, OrderItemFact, ShipmentFact, ShipmentItemFact, ToldTaxes } from '../orders/order-facts.ts';
import { taxAbovePrice } from './above-price.ts';
import { netOfTax, type NetItem } from './net-of-tax.ts';
import type { TaxPolicy } from './tax-policy.ts';

/** Whether Orders tells tax of a discount, which the shipments report does not. */
export function hasDiscountTax(order: OrderFact): boolean {
  return order.items.some(({ tax }) => (tax?.parts.promotion ?? 0n) !== 0n);
}

/**
 * A shipment with its prices net and the seller's tax beside them.
 * @param order null where it is not known; then nothing says that Amazon collects
 * @param earlier shipments of the order before this one: what Orders alone tells is shared among them
 */
export function netShipment(
  shipment: ShipmentFact,
  order: OrderFact | null,
  earlier: readonly ShipmentFact[],
  policy: TaxPolicy,
): ShipmentFact {
  return {
    ...shipment,
    items: shipment.items.map((item) => {
      const ordered = order?.items.find(({ orderItemId }) => orderItemId === item.orderItemId);
      return {
        ...item,
        ...kept(
          netOfTax(
            {
              orderItemId: item.orderItemId,
              sku: item.sku,
              quantity: item.quantity,
              amounts: item.amounts,
              taxes: { ...item.taxes, ...discountTax(item, ordered, earlier) },
              holdTax: shipment.holdTax ?? null,
              amazonCollects: collectedBy(order, ordered),
              shipTo: shipment.shipTo ?? null,
            },
            policy,
          ),
          policy,
        ),
      };
    }),
  };
}

/** An order with its prices net and the seller's tax beside them; an item without a price stays as it is. */
export function netOrder(order: OrderFact, policy: TaxPolicy): OrderFact {
  return {
    ...order,
    items: order.items.map((item) => {
      if (item.amounts === null) return item;
      const { orderItemId, sku, quantity, amounts, tax } = item;
      const told = {
        orderItemId,
        sku,
        quantity,
        amounts,
        // Tax above its price is none (`tax-above-price`).
        taxes: taxAbovePrice([{ orderItemId, amounts, taxes: tax?.parts }]) === null ? (tax?.parts ?? {}) : {},
        holdTax: tax?.holdTax ?? null,
        amazonCollects: collectedBy(order, item),
        shipTo: null,
      };
      return { ...item, ...kept(netOfTax(told, policy), policy) };
    }),
  };
}

/** Whose tax it is is told where the seller has said where he owes any. */
function kept({ amounts, taxed }: NetItem, { registrations }: TaxPolicy): NetItem | Pick<NetItem, 'amounts'> {
  return registrations.length > 0 ? { amounts, taxed } : { amounts };
}

function collectedBy(order: OrderFact | null, item: OrderItemFact | undefined): boolean {
  return item?.amazonCollects ?? order?.amazonCollectsTax ?? false;
}

/** The shipped share of a discount's tax: shipped so far × total ÷ quantity, less the earlier shares; where the shipment tells its own, that. */
function discountTax(
  item: ShipmentItemFact,
  ordered: OrderItemFact | undefined,
  earlier: readonly ShipmentFact[],
): ToldTaxes {
  const total = ordered?.tax?.parts.promotion;
  if (item.taxes?.promotion !== undefined || ordered === undefined || total === undefined || ordered.quantity === 0)
    return {};
  const before = earlier
    .flatMap(({ items }) => items)
    .filter(({ orderItemId }) => orderItemId === item.orderItemId)
    .reduce((units, { quantity }) => units + quantity, 0);
  const upTo = (units: number) => shareOf(total, Math.min(units, ordered.quantity), ordered.quantity);
  return { promotion: upTo(before + item.quantity) - upTo(before) };
}
