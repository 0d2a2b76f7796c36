/** What stands in the documents of a sale of each of its items: a refund is read by it, whatever the settings are by now. */
import type { ShipmentFact } from '../orders/order-facts.ts';
import { itemOfTag, lineTag, type OrderLine } from '../orders/sales-order.ts';
import { allocate } from '../money/money.ts';
import type { ItemTax } from './tax-policy.ts';

export interface SoldItem {
  orderItemId: string;
  sku: string | null;
  /** Null where its documents say nothing of tax: it was sold when the seller owed it nowhere. */
  tax: ItemTax | null;
  /** Whether its tax was worked out of a price that Amazon tells without any: its refunds are told like that. */
  inPrice: boolean;
}

/**
 * @param taxes of the items, the last word of each first
 * @param lines of all documents of the sale
 * @param shipments as Amazon tells them
 */
export function soldItems(
  taxes: readonly ItemTax[],
  lines: readonly OrderLine[],
  shipments: readonly ShipmentFact[],
): SoldItem[] {
  const told = new Set(
    shipments
      .flatMap(({ items }) => items)
      .filter((item) => Object.values(item.taxes ?? {}).some((tax) => tax !== 0n))
      .map(({ orderItemId }) => orderItemId),
  );
  const taxed = new Set(taxes.map(({ orderItemId }) => orderItemId));
  const untaxed = new Map<string, string | null>();
  for (const { tag, sku } of lines) {
    const item = itemOfTag(tag);
    if (!taxed.has(item)) untaxed.set(item, sku ?? untaxed.get(item) ?? null);
  }
  return [
    ...taxes.map((tax): SoldItem => {
      const { orderItemId, sku } = tax;
      return { orderItemId, sku, tax, inPrice: tax.tax !== 0n && !told.has(orderItemId) };
    }),
    ...[...untaxed].map(([orderItemId, sku]): SoldItem => ({ orderItemId, sku, tax: null, inPrice: false })),
  ];
}

/**
 * A shipment at the principal that its document billed; packages of one item share it as they are netted by the settings of now.
 * @param lines of its document; null where it has none
 */
export function asBilled(shipment: ShipmentFact, lines: readonly OrderLine[] | null): ShipmentFact {
  if (lines === null) return shipment;
  const items = [...shipment.items];
  for (const orderItemId of new Set(items.map((item) => item.orderItemId))) {
    const billed = lines.find(({ tag }) => tag === lineTag(orderItemId, 'principal'))?.amount;
    if (billed === undefined) continue;
    const at = [...items.keys()].filter((index) => items[index]!.orderItemId === orderItemId);
    const shares = allocate(
      billed,
      at.map((index) => items[index]!.amounts.principal ?? 0n),
    );
    for (const [place, index] of at.entries()) {
      const item = items[index]!;
      items[index] = { ...item, amounts: { ...item.amounts, principal: shares[place]! } };
    }
  }
  return { ...shipment, items };
}
