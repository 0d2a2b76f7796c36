/** The orders of the month made from their recipes: instants, lines, shipments. */
import { share } from './cents.ts';
import { US, type DemoLine, type DemoOrder, type DemoShipment } from './order-in-cents.ts';
import { productOf, UNKNOWN_PRODUCT } from './demo-products.ts';
import { DAY, HOUR, later, instantOf, MINUTE } from './october-2026.ts';
import type { Recipe } from './order-recipes.ts';
import type { SeededRandom } from './seeded-random.ts';

const SHIPPED_BETWEEN = {
  first: ['2026-10-02T02:00:00Z', '2026-10-14T16:00:00Z'],
  second: ['2026-10-15T09:00:00Z', '2026-10-28T16:00:00Z'],
  unsettled: ['2026-10-29T09:00:00Z', '2026-11-01T15:00:00Z'],
} as const;
const CREATED_BETWEEN = {
  unshipped: ['2026-10-31T00:00:00Z', '2026-11-01T14:00:00Z'],
  pending: ['2026-11-01T00:00:00Z', '2026-11-01T18:00:00Z'],
  cancelled: ['2026-10-05T00:00:00Z', '2026-10-25T00:00:00Z'],
} as const;
/** Nobody orders before the month begins. */
const OPENING = '2026-10-01T07:05:00Z';
const TAX_RATES: readonly [bigint, ...bigint[]] = [0n, 625n, 700n, 825n, 950n];

export function demoOrder(random: SeededRandom, recipe: Recipe): DemoOrder {
  const { createdAt, shippedAt } = instantsOf(random, recipe);
  const orderId =
    recipe.kind === 'multi-channel'
      ? `S01-${random.digits(7)}-${random.digits(7)}`
      : `11${random.between(1, 4)}-${random.digits(7)}-${random.digits(7)}`;
  const rate = recipe.kind === 'plain' || recipe.kind === 'merchant' ? random.pick(TAX_RATES) : 0n;
  const free = recipe.kind === 'multi-channel' || recipe.kind === 'replacement';
  const lines = recipe.lines.map((line, index): DemoLine => {
    const principal = free ? 0n : productOf(line.sku).price * BigInt(line.quantity) - (line.centLess ? 1n : 0n);
    const promotion = recipe.promotion ? -share(principal, 1000n) : 0n;
    const shipping = index === 0 && recipe.shipping !== 'none' ? 599n : 0n;
    const shippingPromotion = recipe.shipping === 'free' ? -shipping : 0n;
    const giftWrap = index === 0 && recipe.giftWrap ? 499n : 0n;
    return {
      orderItemId: `1${random.digits(14)}`,
      sku: line.sku,
      quantity: line.quantity,
      principal,
      shipping,
      giftWrap,
      promotion,
      shippingPromotion,
      tax: share(principal + promotion + giftWrap, rate),
      shippingTax: share(shipping + shippingPromotion, rate),
      discountTax: 0n,
    };
  });
  return {
    orderId,
    marketplace: US,
    recipe,
    createdAt,
    replaces: null,
    taxed: rate > 0n,
    shipTo: US.world.countryCode,
    lines,
    shipments: shippedAt === null ? [] : shipmentsOf(random, recipe, lines, shippedAt),
  };
}

function instantsOf(random: SeededRandom, recipe: Recipe): { createdAt: string; shippedAt: string | null } {
  const within = ([from, to]: readonly [string, string]): string =>
    instantOf(Date.parse(from) + random.below((Date.parse(to) - Date.parse(from)) / 1000) * 1000);
  const { window } = recipe;
  if (window === 'unshipped' || window === 'pending' || window === 'cancelled')
    return { createdAt: within(CREATED_BETWEEN[window]), shippedAt: null };
  // An unknown SKU is first seen on 12 October and ships in the second payout.
  if (recipe.lines.some(({ sku }) => sku === UNKNOWN_PRODUCT.sku)) {
    const createdAt = within(['2026-10-12T15:00:00Z', '2026-10-25T00:00:00Z']);
    const earliest = Date.parse(SHIPPED_BETWEEN.second[0]);
    return {
      createdAt,
      shippedAt: instantOf(
        Math.max(Date.parse(later(createdAt, random.between(8, 40) * HOUR)), earliest + random.below(600) * 60_000),
      ),
    };
  }
  const [from, to] = SHIPPED_BETWEEN[window];
  const shippedAt =
    recipe.split === 'across'
      ? '2026-10-14T02:11:07Z'
      : // A replacement comes late, so that there is something to replace; a split order leaves time for its second shipment.
        recipe.kind === 'replacement'
        ? within([later(to, -3 * DAY), to])
        : recipe.split === 'none'
          ? within([from, to])
          : within([from, later(to, -36 * HOUR)]);
  const createdAt = later(shippedAt, -random.between(6 * 60, 40 * 60) * MINUTE);
  return { createdAt: createdAt < OPENING ? later(OPENING, (random.below(600) * MINUTE) / 2) : createdAt, shippedAt };
}

function shipmentsOf(
  random: SeededRandom,
  recipe: Recipe,
  lines: readonly DemoLine[],
  shippedAt: string,
): DemoShipment[] {
  const shipment = (at: string, of: DemoLine[]): DemoShipment => ({
    shipmentId: random.code(9),
    shippedAt: at,
    lines: of,
  });
  const second =
    recipe.split === 'across' ? '2026-10-16T18:40:12Z' : later(shippedAt, random.between(10 * 60, 30 * 60) * MINUTE);
  const [first, ...others] = lines;
  if (recipe.split === 'none' || !first) return [shipment(shippedAt, [...lines])];
  if (recipe.split === 'by-item') return [shipment(shippedAt, [first]), shipment(second, others)];
  const [early, rest] = divided(first, first.quantity - 1);
  return [shipment(shippedAt, [early]), shipment(second, [rest, ...others])];
}

/** A line cut in two by units: what the first part's share leaves over stays with the second; shipping and gift wrap go with the first. */
function divided(line: DemoLine, units: number): [DemoLine, DemoLine] {
  const part = (amount: bigint): bigint => (amount * BigInt(units)) / BigInt(line.quantity);
  const first = {
    ...line,
    quantity: units,
    principal: part(line.principal),
    promotion: part(line.promotion),
    tax: part(line.tax),
  };
  return [
    first,
    {
      ...line,
      quantity: line.quantity - units,
      principal: line.principal - first.principal,
      promotion: line.promotion - first.promotion,
      tax: line.tax - first.tax,
      shipping: 0n,
      shippingPromotion: 0n,
      shippingTax: 0n,
      giftWrap: 0n,
    },
  ];
}
