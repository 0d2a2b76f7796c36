/** What a world's buyers paid, as the settlements will have it; where no settlement tells of a shipment, as the shipment itself does. */
import { folded, isTaxWithheld, salePartOf, type SalePart } from '../amount-words.ts';
import { isZero, negated, sumOf } from '../decimal.ts';
import { HOUR, shifted } from '../instants.ts';
import { marketplaceOf } from '../marketplaces.ts';
import { grouped } from '../orders-from-rows.ts';
import { seededCode } from '../seeded.ts';
import type { AmazonWorld, WorldOrder, WorldSettlement, WorldShipment } from '../world.ts';
import { settledRows, type SettledRow } from './settled-rows.ts';
import type { Leaf } from './transaction-parts.ts';

/** One payment: of a shipment, or of what a settlement has of it. */
export interface Sale {
  orderId: string;
  shipmentId: string;
  transactionId: string;
  postedAt: string;
  publishedAt: string;
  marketplaceId: string;
  marketplaceName: string;
  currency: string;
  network: 'AFN' | 'MFN' | null;
  /** The one whose rows it is; null where none tells of it. */
  settlement: WorldSettlement | null;
  items: { sku: string; quantity: number; leaves: Leaf[] }[];
}

/** Where each part of a sale stands; the model names only some of these words (docs/simulator-differences.md). */
const WORDS: Readonly<Record<SalePart, readonly [group: string, leaf: string]>> = {
  principal: ['ProductCharges', 'OurPricePrincipal'],
  shipping: ['Shipping', 'ShippingPrincipal'],
  giftWrap: ['GiftWrap', 'GiftwrapPrincipal'],
  promotion: ['PromoRebates', 'PromotionAmount'],
  shippingPromotion: ['PromoRebates', 'PromotionAmount'],
  tax: ['Tax', 'OurPriceTax'],
  shippingTax: ['Tax', 'ShippingTax'],
  codTax: ['Tax', 'CODTax'],
  discountTax: ['Tax', 'TaxDiscount'],
  cod: ['COD', 'COD'],
  points: ['Points', 'PointsGranted'],
};

export function salesOf(world: AmazonWorld): Sale[] {
  const orders = new Map(world.orders.map((order) => [order.orderId, order]));
  const shipments = grouped(world.shipments, ({ orderId }) => orderId);
  const settled = new Set<WorldShipment>();
  const ids = new Set<string>();
  const fromRows = [
    ...grouped(settledRows(world).sales, (row) =>
      [row.settlement.settlementId, row.orderId, row.shipmentId || row.postedAt].join(' '),
    ).values(),
  ].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const shipment = shipmentOf(first, shipments.get(first.orderId) ?? []);
    if (shipment) settled.add(shipment);
    const sale = saleOfRows(first, rows, shipment, orders.get(first.orderId), ids);
    ids.add(sale.transactionId);
    return [sale];
  });
  const unsettled = world.shipments.flatMap((shipment) => {
    const order = orders.get(shipment.orderId);
    // Multi-Channel orders bring fees but no payment.
    return settled.has(shipment) || order?.channel !== 'AMAZON' ? [] : [saleOfShipment(shipment, order)];
  });
  return [...fromRows, ...unsettled].filter(({ items }) => items.some(({ leaves }) => leaves.length > 0));
}

function shipmentOf(row: SettledRow, shipments: readonly WorldShipment[]): WorldShipment | undefined {
  return (
    shipments.find(({ shipmentId, shippedAt }) =>
      row.shipmentId === '' ? shippedAt === row.postedAt : shipmentId === row.shipmentId,
    ) ?? (row.shipmentId === '' && shipments.length === 1 ? shipments[0] : undefined)
  );
}

const idOf = (...name: string[]): string => `T-${seededCode(name.join(' '), 20)}`;

function saleOfRows(
  first: SettledRow,
  rows: readonly SettledRow[],
  shipment: WorldShipment | undefined,
  order: WorldOrder | undefined,
  ids: ReadonlySet<string>,
): Sale {
  const { settlement, orderId, postedAt } = first;
  const shipmentId = shipment?.shipmentId ?? first.shipmentId;
  const marketplace = marketplaceOf(first.marketplaceName, settlement.currency);
  const network = folded(first.fulfillmentId);
  const transactionId = idOf(orderId, shipmentId);
  return {
    orderId,
    shipmentId,
    // A second settlement may have more of the same shipment.
    transactionId: ids.has(transactionId)
      ? idOf(orderId, shipmentId, settlement.settlementId, postedAt)
      : transactionId,
    postedAt,
    publishedAt: shipment?.publishedAt ?? shifted(postedAt, HOUR),
    marketplaceId: order?.marketplaceId ?? marketplace.id,
    marketplaceName: order?.marketplaceName ?? (first.marketplaceName || marketplace.name),
    currency: settlement.currency,
    network: network === 'mfn' ? 'MFN' : network === 'afn' || shipment ? 'AFN' : null,
    settlement,
    items: [...grouped(rows, (row) => row.orderItemCode || row.sku).values()].map((ofItem) =>
      saleItem(ofItem, shipment),
    ),
  };
}

function saleItem(rows: readonly SettledRow[], shipment: WorldShipment | undefined): Sale['items'][number] {
  const code = rows[0]?.orderItemCode ?? '';
  const sent =
    shipment?.items.find(({ orderItemId }) => orderItemId === code) ??
    (shipment?.items.length === 1 ? shipment.items[0] : undefined);
  const sku = rows.find((row) => row.sku !== '')?.sku ?? sent?.sku ?? '';
  const units = rows
    .filter((row) => row.amounts.some(({ group, description }) => salePartOf(group, description) === 'principal'))
    .reduce((sum, row) => sum + (row.quantity ?? 0), 0);
  return {
    sku,
    quantity: (shipment?.items ?? []).find((item) => item.sku === sku)?.quantity ?? units,
    leaves: rows.flatMap((row) =>
      row.amounts.map(({ group, description, amount }) => leafOf(group, description, amount)),
    ),
  };
}

function leafOf(group: string, description: string, amount: string): Leaf {
  if (isTaxWithheld(group, description)) return ['TaxWithheld', nameOf(description), amount];
  const part = salePartOf(group, description);
  if (part !== null) return [...WORDS[part], amount];
  return ['AmazonFees', nameOf(description), amount, 'Base'];
}

/** A name of a breakdown, which has no blanks. */
export function nameOf(description: string): string {
  return description.replace(/[\s/]+/g, '');
}

function saleOfShipment(shipment: WorldShipment, { marketplaceId, marketplaceName, currency }: WorldOrder): Sale {
  const leaves = (item: WorldShipment['items'][number]): Leaf[] => [
    ['ProductCharges', 'OurPricePrincipal', item.principal],
    ['Shipping', 'ShippingPrincipal', item.shipping],
    ['GiftWrap', 'GiftwrapPrincipal', item.giftWrap],
    ['PromoRebates', 'PromotionAmount', sumOf([item.promotion, item.shippingPromotion], currency)],
    ['Tax', 'OurPriceTax', sumOf([item.tax, item.shippingTax], currency)],
    [
      'TaxWithheld',
      'MarketplaceFacilitatorTax-Principal',
      negated(sumOf([item.tax, item.shippingTax], currency), currency),
    ],
    ...(item.fees ?? []).map(({ type, amount }): Leaf => ['AmazonFees', nameOf(type), amount, 'Base']),
  ];
  return {
    orderId: shipment.orderId,
    shipmentId: shipment.shipmentId,
    transactionId: idOf(shipment.orderId, shipment.shipmentId),
    postedAt: shipment.shippedAt,
    publishedAt: shipment.publishedAt,
    marketplaceId,
    marketplaceName,
    currency,
    network: 'AFN',
    settlement: null,
    items: shipment.items.map((item) => ({
      sku: item.sku,
      quantity: item.quantity,
      leaves: leaves(item).filter(([, , amount]) => !isZero(amount)),
    })),
  };
}
