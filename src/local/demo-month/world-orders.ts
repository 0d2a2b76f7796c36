/** The orders of the month as the simulator of Amazon holds them: with buyers, histories and shipments, amounts in dollars. */
import type { WorldOrder, WorldShipment } from '../../simulators/amazon/world.ts';
import { dollars } from './cents.ts';
import { placesIn } from './demo-places.ts';
import type { DemoOrder, LineCents } from './order-in-cents.ts';
import { productOf } from './demo-products.ts';
import { DAY, HOUR, later, MINUTE, nextBatch } from './october-2026.ts';
import type { SeededRandom } from './seeded-random.ts';
import { saleFees } from './settlement-rows.ts';

const FIRST_NAMES: readonly [string, ...string[]] = [
  'Jürgen',
  'Aoife',
  'Priya',
  'Marta',
  'Tom',
  'Zoë',
  'Ling',
  'Omar',
  'Ana',
  'Søren',
  'Ruth',
  'Kofi',
];
const LAST_NAMES: readonly [string, ...string[]] = [
  'Müller',
  'O’Brien',
  'Patel',
  'Núñez',
  'Baker',
  'Hart',
  'Chen',
  'Haddad',
  'Silva',
  'Lund',
  'Cole',
  'Mensah',
];
export function worldOrder(random: SeededRandom, order: DemoOrder): WorldOrder {
  const { recipe } = order;
  const { world } = order.marketplace;
  const { towns, streets } = placesIn(order.shipTo);
  const town = random.pick(towns);
  return {
    orderId: order.orderId,
    marketplaceId: world.id,
    marketplaceName: recipe.kind === 'multi-channel' ? `Non-Amazon ${world.countryCode}` : world.name,
    channel: recipe.kind === 'multi-channel' ? 'NON_AMAZON' : 'AMAZON',
    fulfilledBy: recipe.kind === 'merchant' ? 'MERCHANT' : 'AMAZON',
    currency: world.currency,
    replaces: order.replaces,
    buyer: {
      name: `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`,
      email: `${random.code(12).toLowerCase()}@marketplace.example`,
      address: {
        line1: `${random.between(1, 980)} ${random.pick(streets)}`,
        city: town[0],
        state: town[1],
        postalCode: town[2],
        countryCode: order.shipTo,
      },
    },
    items: order.lines.map((line) => ({
      orderItemId: line.orderItemId,
      sku: line.sku,
      asin: productOf(line.sku).asin,
      title: productOf(line.sku).title,
      quantity: line.quantity,
      ...inDollars(line),
      taxWithheld: order.taxed,
    })),
    history: historyOf(random, order),
  };
}

function historyOf(random: SeededRandom, order: DemoOrder): WorldOrder['history'] {
  const { createdAt, recipe, shipments } = order;
  if (recipe.window === 'pending') return [{ at: createdAt, status: 'PENDING' }];
  if (recipe.window === 'cancelled')
    return [
      { at: createdAt, status: 'PENDING' },
      { at: later(createdAt, 5 * HOUR), status: 'CANCELLED' },
    ];
  const firstShipped = shipments[0]?.shippedAt ?? later(createdAt, DAY);
  const slow = Date.parse(firstShipped) - Date.parse(createdAt) > 26 * HOUR && random.percent(30);
  const paidAt = later(createdAt, slow ? 22 * HOUR : random.between(20, 90) * MINUTE);
  return [
    { at: createdAt, status: 'PENDING' },
    { at: paidAt, status: 'UNSHIPPED' },
    ...shipments.map((shipment, index) => ({
      at: shipment.shippedAt,
      status: index < shipments.length - 1 ? ('PARTIALLY_SHIPPED' as const) : ('SHIPPED' as const),
    })),
  ];
}

/** Merchant-fulfilled orders are in no report of Amazon's shipments. */
export function worldShipments(random: SeededRandom, order: DemoOrder): WorldShipment[] {
  if (order.recipe.kind === 'merchant') return [];
  const { carriers, centres } = placesIn(order.marketplace.world.countryCode);
  return order.shipments.map((shipment) => ({
    orderId: order.orderId,
    shipmentId: shipment.shipmentId,
    shippedAt: shipment.shippedAt,
    publishedAt: nextBatch(shipment.shippedAt),
    carrier: random.pick(carriers),
    trackingNumber: `TBA${random.digits(12)}`,
    fulfillmentCenter: random.pick(centres),
    items: shipment.lines.map((line) => ({
      shipmentItemId: random.code(12),
      orderItemId: line.orderItemId,
      sku: line.sku,
      quantity: line.quantity,
      ...inDollars(line),
      // Nothing is settled of what is sent again, or for others.
      fees: (order.recipe.kind === 'plain' ? saleFees(order, line) : []).flatMap(([type, cents]) =>
        cents === 0n ? [] : [{ type, amount: dollars(cents) }],
      ),
    })),
  }));
}

/** Tax of a discount is told where there is any. */
function inDollars(line: LineCents) {
  const { principal, shipping, giftWrap, promotion, shippingPromotion, tax, shippingTax, discountTax } = line;
  return {
    principal: dollars(principal),
    shipping: dollars(shipping),
    giftWrap: dollars(giftWrap),
    promotion: dollars(promotion),
    shippingPromotion: dollars(shippingPromotion),
    tax: dollars(tax),
    shippingTax: dollars(shippingTax),
    ...(discountTax !== 0n && { discountTax: dollars(discountTax) }),
  };
}
