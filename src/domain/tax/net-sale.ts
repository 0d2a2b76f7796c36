/** A shipment and an order, net of tax: every document of a sale is planned from these. */
import { shareOf } from '../money/money.ts';
import type {
  OrderFact,
  OrderItemFact,
  SaleAmounts,
  ShipmentFact,
  ShipmentItemFact,
  ToldTaxes,
} from '../orders/order-facts.ts';
import { taxAbovePrice } from './above-price.ts';
import { amazonCollects } from './collected-tax.ts';
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
    items: shipment.items.map((item, index) => {
      const before = [...earlier, { ...shipment, items: shipment.items.slice(0, index) }];
      const ordered = order?.items.find(({ orderItemId }) => orderItemId === item.orderItemId);
      return {
        ...item,
        ...kept(
          netOfTax(
            {
              orderItemId: item.orderItemId,
              sku: item.sku,
              quantity: item.quantity,
              ...withUnreported(shipment, item, ordered, before, policy),
              holdTax: shipment.holdTax ?? null,
              amazonCollects: amazonCollects(order, item.orderItemId),
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
        amazonCollects: amazonCollects(order, orderItemId),
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

/** What the report tells of an item, with what Orders alone does: the tax of its discount, and the fee for cash on delivery. */
function withUnreported(
  shipment: ShipmentFact,
  item: ShipmentItemFact,
  ordered: OrderItemFact | undefined,
  earlier: readonly ShipmentFact[],
  policy: TaxPolicy,
): { amounts: SaleAmounts; taxes: ToldTaxes } {
  const told = { amounts: item.amounts, taxes: { ...item.taxes } };
  if (ordered === undefined || ordered.quantity === 0) return told;
  const share = shareOfUnits(item, ordered, earlier);
  const { promotion, cod: codTax } = ordered.tax?.parts ?? {};
  if (item.taxes?.promotion === undefined && promotion !== undefined) told.taxes.promotion = share(promotion);
  const cod = ordered.amounts?.cod ?? 0n;
  if (shipment.whole || cod === 0n) return told;
  const isOff =
    taxAbovePrice([{ orderItemId: item.orderItemId, amounts: { cod }, taxes: { cod: codTax ?? 0n } }]) !== null;
  const tax = codTax === undefined || isOff ? undefined : share(codTax);
  const [inReport, inOrder] = [shipment.holdTax, ordered.tax?.holdTax].map(
    (holds) => holds ?? policy.prices === 'inclusive',
  );
  const fee = share(cod) + (inReport === inOrder ? 0n : inReport ? (tax ?? 0n) : -(tax ?? 0n));
  return {
    amounts: { ...told.amounts, cod: fee },
    taxes: tax === undefined ? told.taxes : { ...told.taxes, cod: tax },
  };
}

/** The shipped share of an item's total: shipped so far × total ÷ quantity, less the earlier shares. */
function shareOfUnits(
  { orderItemId, quantity }: ShipmentItemFact,
  ordered: OrderItemFact,
  earlier: readonly ShipmentFact[],
): (total: bigint) => bigint {
  const before = earlier
    .flatMap(({ items }) => items)
    .filter((item) => item.orderItemId === orderItemId)
    .reduce((units, item) => units + item.quantity, 0);
  const upTo = (total: bigint, units: number) => shareOf(total, Math.min(units, ordered.quantity), ordered.quantity);
  return (total) => upTo(total, before + quantity) - upTo(total, before);
}
