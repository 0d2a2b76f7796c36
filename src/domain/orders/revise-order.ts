/** What becomes of the lines of a posted Sales Order once Amazon means to send less than was ordered. */
import { itemQuantity, type ItemUnits } from './item-units.ts';
import { SALE_COMPONENTS, type OrderFact, type ShipmentFact } from './order-facts.ts';
import { planSalesOrder, tagOf, unitsOf } from './sales-order.ts';

/** A line as NetSuite holds it: units of its item ordered and fulfilled, and the tag in its description. */
export interface PlacedLine {
  orderLine: string;
  memo: string;
  quantity: number;
  fulfilled: number;
  closed: boolean;
}

/** Less of a line, in units of its item, with its share of the amount, or none of it. */
export type LineRevision = { orderLine: string; quantity: number; amount: bigint } | { orderLine: string; quantity: 0 };

const TAG = new RegExp(`^\\S+ (${SALE_COMPONENTS.join('|')})$`);

/** The order without the units that others dispatched: those that left before the cut-over and that the old books have. */
export function withoutUnits(order: OrderFact, notOurs: readonly ShipmentFact[]): OrderFact {
  const gone = new Map<string, number>();
  for (const item of notOurs.flatMap(({ items }) => items))
    gone.set(item.orderItemId, (gone.get(item.orderItemId) ?? 0) + item.quantity);
  return {
    ...order,
    items: order.items.map((item) => ({
      ...item,
      cancelled: item.quantity - Math.max(0, unitsOf(item) - (gone.get(item.orderItemId) ?? 0)),
    })),
  };
}

/**
 * Open lines of ours that hold more than is left: cut to it, never below what was shipped, and closed where nothing is.
 * @param units of the order's Sales Order
 */
export function planRevision(
  connection: string,
  order: OrderFact,
  lines: readonly PlacedLine[],
  units: ItemUnits,
): LineRevision[] {
  const wanted = new Map((planSalesOrder(connection, order, 'UTC')?.lines ?? []).map((line) => [line.tag, line]));
  return lines.flatMap((line): LineRevision[] => {
    const tag = tagOf(line.memo);
    if (line.closed || !TAG.test(tag)) return [];
    const left = wanted.get(tag);
    if (!left) return line.fulfilled > 0 ? [] : [{ orderLine: line.orderLine, quantity: 0 }];
    const quantity = Math.max(itemQuantity(left, units), line.fulfilled);
    return quantity < line.quantity ? [{ orderLine: line.orderLine, quantity, amount: left.amount }] : [];
  });
}
