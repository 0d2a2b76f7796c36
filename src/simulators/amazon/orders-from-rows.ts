import { folded, isTaxCollected, salePartOf } from './amount-words.ts';
import type { SalePart } from './amount-words.ts';
import { sumOf } from './decimal.ts';
import { DAY, HOUR, shifted } from './instants.ts';
import { inventedBuyer } from './invented-buyers.ts';
import { isMultiChannel, marketplaceOf, pricesHoldTax } from './marketplaces.ts';
import { seededChoice, seededCode, seededDigits } from './seeded.ts';
import type { ReadRow, ReadSettlement } from './settlement-reader.ts';
import type { WorldOrder, WorldOrderItem, WorldShipment } from './world.ts';

type Parts = Record<SalePart, string>;
interface SoldItem {
  key: string;
  sku: string;
  quantity: number;
  parts: Parts;
  withheld: boolean;
}
/** The rows of one shipment: (order id, shipment id), or the posted instant where the file has no shipment id. */
interface SaleGroup {
  orderId: string;
  shipmentId: string;
  postedAt: string;
  marketplaceName: string;
  merchant: boolean;
  currency: string;
  items: SoldItem[];
}

/** One order per order id that has a sale row, and one shipment per group of its rows (none for merchant-fulfilled ones). */
export function ordersFromRows(settlements: readonly ReadSettlement[]): {
  orders: WorldOrder[];
  shipments: WorldShipment[];
} {
  const groups = settlements.flatMap(saleGroups);
  const byOrder = grouped(groups, (group) => group.orderId);
  const orders: WorldOrder[] = [];
  const shipments: WorldShipment[] = [];
  for (const [orderId, ofOrder] of byOrder) {
    const sorted = [...ofOrder].sort((a, b) => (a.postedAt < b.postedAt ? -1 : a.postedAt > b.postedAt ? 1 : 0));
    const [first] = sorted;
    if (!first) continue;
    const parcels = parcelsOf(sorted);
    const order = orderOf(orderId, first, parcels);
    orders.push(order);
    if (order.fulfilledBy === 'AMAZON') shipments.push(...parcels.map((parcel) => shipmentOf(order, parcel)));
  }
  return { orders, shipments };
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function saleGroups(settlement: ReadSettlement): SaleGroup[] {
  const rows = settlement.rows.filter(
    (row) => folded(row.transactionType) === 'order' && row.orderId !== '' && row.sku !== '',
  );
  return [...grouped(rows, (row) => `${row.orderId} ${row.shipmentId || row.postedAt}`).values()].flatMap((ofGroup) => {
    const [first] = ofGroup;
    // Rows that only bring a fee later belong to a sale that is elsewhere.
    const sold = ofGroup.some((row) =>
      row.amounts.some(({ group, description }) => salePartOf(group, description) !== null),
    );
    if (!first || !sold) return [];
    return [
      {
        orderId: first.orderId,
        shipmentId: first.shipmentId,
        postedAt: first.postedAt,
        marketplaceName: first.marketplaceName,
        merchant: folded(first.fulfillmentId) === 'mfn',
        currency: settlement.currency,
        items: [...grouped(ofGroup, (row) => row.orderItemCode || codeOfSku(ofGroup, row.sku))].map(([key, ofItem]) =>
          soldItem(key, ofItem, settlement),
        ),
      },
    ];
  });
}

/** A row without an item code (points, in some files) belongs to the item of its SKU. */
function codeOfSku(rows: readonly ReadRow[], sku: string): string {
  return rows.find((row) => row.sku === sku && row.orderItemCode !== '')?.orderItemCode ?? sku;
}

function soldItem(key: string, rows: readonly ReadRow[], settlement: ReadSettlement): SoldItem {
  const amounts = rows.flatMap((row) => row.amounts);
  const part = (wanted: SalePart): string =>
    sumOf(
      amounts.filter(({ group, description }) => salePartOf(group, description) === wanted).map(({ amount }) => amount),
      settlement.currency,
    );
  return {
    key,
    sku: rows[0]?.sku ?? '',
    quantity: quantityOf(rows, settlement.variant),
    parts: {
      principal: part('principal'),
      shipping: part('shipping'),
      giftWrap: part('giftWrap'),
      promotion: part('promotion'),
      shippingPromotion: part('shippingPromotion'),
      tax: part('tax'),
      shippingTax: part('shippingTax'),
      discountTax: part('discountTax'),
      cod: part('cod'),
      codTax: part('codTax'),
      points: part('points'),
    },
    withheld: amounts.some(({ group, description }) => isTaxCollected(group, description)),
  };
}

/** V2: on the Principal rows. V1: on a row of its own that holds only SKU and quantity, else on the Principal row. None of them: no units. */
function quantityOf(rows: readonly ReadRow[], variant: 'V1' | 'V2'): number {
  const principal = rows.filter((row) =>
    row.amounts.some(({ group, description }) => salePartOf(group, description) === 'principal'),
  );
  const bare = rows.filter((row) => row.amounts.length === 0 && row.quantity !== null);
  const counted = variant === 'V1' && bare.length > 0 ? bare : principal;
  return counted.reduce((sum, row) => sum + (row.quantity ?? 0), 0) || (counted.length > 0 ? 1 : 0);
}

function orderOf(orderId: string, first: SaleGroup, groups: readonly SaleGroup[]): WorldOrder {
  const marketplace = marketplaceOf(first.marketplaceName, first.currency);
  const multiChannel = isMultiChannel(orderId, first.marketplaceName);
  const instants = [...new Set(groups.map((group) => group.postedAt))];
  return {
    orderId,
    marketplaceId: marketplace.id,
    marketplaceName: multiChannel ? first.marketplaceName || `Non-Amazon ${marketplace.countryCode}` : marketplace.name,
    channel: multiChannel ? 'NON_AMAZON' : 'AMAZON',
    fulfilledBy: first.merchant ? 'MERCHANT' : 'AMAZON',
    currency: first.currency,
    replaces: null,
    buyer: inventedBuyer(orderId, marketplace.countryCode),
    items: [
      ...grouped(
        groups.flatMap((group) => group.items),
        (item) => item.key,
      ).values(),
    ].map((sold) => orderItem(orderId, sold, first.currency, pricesHoldTax(marketplace.id))),
    history: [
      { at: shifted(first.postedAt, -DAY), status: 'UNSHIPPED' },
      ...instants.map((at, index) => ({
        at,
        status: index < instants.length - 1 ? ('PARTIALLY_SHIPPED' as const) : ('SHIPPED' as const),
      })),
    ],
  };
}

function orderItem(orderId: string, sold: readonly SoldItem[], currency: string, apart: boolean): WorldOrderItem {
  const [first] = sold;
  const sku = first?.sku ?? '';
  const sum = (part: SalePart): string =>
    sumOf(
      sold.map((item) => item.parts[part]),
      currency,
    );
  const [points, cod, codTax, discountTax] = [sum('points'), sum('cod'), sum('codTax'), sum('discountTax')];
  const isApart = apart && /[1-9]/.test(discountTax);
  return {
    orderItemId: orderItemIdOf(orderId, first?.key ?? '', sku),
    sku,
    asin: inventedAsin(sku),
    title: inventedTitle(sku),
    quantity: sold.reduce((units, item) => units + item.quantity, 0),
    principal: sum('principal'),
    shipping: sum('shipping'),
    giftWrap: sum('giftWrap'),
    promotion: sum('promotion'),
    shippingPromotion: sum('shippingPromotion'),
    tax: isApart ? sum('tax') : sumOf([sum('tax'), discountTax], currency),
    shippingTax: sum('shippingTax'),
    ...(isApart && { discountTax }),
    taxWithheld: sold.some((item) => item.withheld),
    ...(/[1-9]/.test(points) && { points }),
    ...(/[1-9]/.test(cod) && { cod }),
    ...(/[1-9]/.test(codTax) && { codTax }),
  };
}

/**
 * Groups of one shipment id in two files are one shipment. A group without any unit is a late amount (shipping, say) and
 * goes with the order's first shipment; when the whole order has none, each of its items counts as one unit.
 */
function parcelsOf(groups: readonly SaleGroup[]): SaleGroup[] {
  const merged = [...grouped(groups, (group) => group.shipmentId || group.postedAt).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, items: same.flatMap((group) => group.items) }] : [];
  });
  const hasUnits = (group: SaleGroup): boolean => group.items.some((item) => item.quantity > 0);
  const [first, ...others] = merged.filter(hasUnits);
  if (!first)
    return merged.map((group) => ({ ...group, items: group.items.map((item) => ({ ...item, quantity: 1 })) }));
  const late = merged.filter((group) => !hasUnits(group)).flatMap((group) => group.items);
  return [{ ...first, items: [...first.items, ...late] }, ...others];
}

function shipmentOf(order: WorldOrder, group: SaleGroup): WorldShipment {
  const name = `${order.orderId} ${group.shipmentId || group.postedAt}`;
  return {
    orderId: order.orderId,
    shipmentId: group.shipmentId,
    shippedAt: group.postedAt,
    publishedAt: shifted(group.postedAt, HOUR),
    carrier: seededChoice(name, ['AMZN_US', 'UPS', 'USPS']),
    trackingNumber: `TBA${seededDigits(name, 12)}`,
    fulfillmentCenter: seededChoice(`${name} centre`, ['PDX9', 'ONT8', 'MDW2', 'ABE8']),
    items: [...grouped(group.items, (item) => item.key).values()].map((sold) => {
      const item = orderItem(order.orderId, sold, order.currency, pricesHoldTax(order.marketplaceId));
      const {
        orderItemId,
        sku,
        quantity,
        principal,
        shipping,
        giftWrap,
        promotion,
        shippingPromotion,
        tax,
        shippingTax,
        discountTax,
      } = item;
      return {
        shipmentItemId: seededCode(`${name} ${orderItemId}`, 12),
        orderItemId,
        sku,
        quantity,
        principal,
        shipping,
        giftWrap,
        promotion,
        shippingPromotion,
        tax,
        shippingTax,
        ...(discountTax !== undefined && { discountTax }),
      };
    }),
  };
}

/** The file's order item code; where it has none, digits from the order and the SKU. */
export function orderItemIdOf(orderId: string, code: string, sku: string): string {
  return code !== '' && code !== sku ? code : seededDigits(`${orderId} ${sku}`, 14);
}

export function inventedAsin(sku: string): string {
  return `B0${seededCode(`asin ${sku}`, 8)}`;
}

export function inventedTitle(sku: string): string {
  return `${seededChoice(`title ${sku}`, ['Stoneware', 'Enamel', 'Oak', 'Linen', 'Steel'])} ${seededChoice(`kind ${sku}`, ['mug', 'bowl', 'board', 'cloth', 'pan'])}, ${sku}`;
}
