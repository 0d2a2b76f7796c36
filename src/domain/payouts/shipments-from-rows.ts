/** Dispatch of orders that were shipped before the cut-over, from the rows of the settlement that pays them. */
import type { Role } from '../mapping/roles.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { SaleComponent, ShipmentFact, ShipmentItemFact, ToldTaxes } from '../orders/order-facts.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { SettlementRow } from '../settlement/settlement.ts';

const COMPONENTS: Partial<Record<Role, SaleComponent>> = {
  'product-sales': 'principal',
  'shipping-income': 'shipping',
  'gift-wrap': 'gift-wrap',
  promotions: 'promotion',
  points: 'points',
};

/** Tax beside the price of a sale; what Amazon withholds of it is none of it. */
const TAX_OF_WORD: Readonly<Record<string, keyof ToldTaxes>> = {
  tax: 'principal',
  producttax: 'principal',
  shippingtax: 'shipping',
  // The fee for cash on delivery is shipping income.
  codtax: 'shipping',
  giftwraptax: 'gift-wrap',
  taxdiscount: 'promotion',
  producttaxdiscount: 'promotion',
};

/**
 * Shipments by (order, shipment id, else posted instant); `rows` are sale rows with what each means. Their prices are net,
 * the tax stands in rows of its own (amazon.md §5.10).
 */
export function shipmentsFromRows(
  rows: Iterable<{ row: SettlementRow; meaning: Role }>,
  currency: CurrencyCode,
): ShipmentFact[] {
  const shipments = new Map<string, ShipmentFact>();
  for (const { row, meaning } of rows) {
    const component = COMPONENTS[meaning];
    const tax = meaning === 'marketplace-tax' ? TAX_OF_WORD[foldText(row.amountDescription)] : undefined;
    if ((component === undefined && tax === undefined) || row.orderId === null) continue;
    const key = JSON.stringify([row.orderId, row.shipmentId ?? row.postedAt]);
    let shipment = shipments.get(key);
    if (!shipment) {
      shipment = {
        orderId: row.orderId,
        shipmentId: row.shipmentId,
        shippedAt: row.postedAt,
        marketplaceName: row.marketplaceName ?? '',
        currency,
        whole: true,
        holdTax: false,
        items: [],
      };
      shipments.set(key, shipment);
    }
    const item = itemOf(shipment, row);
    if (tax !== undefined) {
      item.taxes = { ...item.taxes, [tax]: (item.taxes?.[tax] ?? 0n) + row.amount };
      continue;
    }
    item.amounts[component!] = (item.amounts[component!] ?? 0n) + row.amount;
    if (component === 'principal') item.quantity += row.quantity ?? 0;
  }
  // Tax alone is no sale: it belongs to one that is told elsewhere.
  return [...shipments.values()].filter(({ items }) => items.some(({ amounts }) => Object.keys(amounts).length > 0));
}

function itemOf(shipment: ShipmentFact, row: SettlementRow): ShipmentItemFact {
  // A row without an item code (points, in some files) belongs to the item of its SKU.
  const orderItemId =
    row.orderItemCode ?? shipment.items.find((known) => known.sku === row.sku)?.orderItemId ?? row.sku ?? '';
  let item = shipment.items.find((known) => known.orderItemId === orderItemId);
  if (!item) shipment.items.push((item = { orderItemId, sku: row.sku ?? '', quantity: 0, amounts: {} }));
  return item;
}
