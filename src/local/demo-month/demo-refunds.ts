import type { WorldRefund } from '../../simulators/amazon/world.ts';
import { dollars, share } from './cents.ts';
import { commissionOf, taxOf, US, type DemoLine, type DemoMarketplace, type DemoOrder } from './order-in-cents.ts';
import { AFTER_SIGNING, FIRST_PAYOUT, HOUR, instantOf, later, nextBatch } from './october-2026.ts';
import type { Period } from './october-2026.ts';
import { SeededRandom } from './seeded-random.ts';

/** Cents of one refunded line, signed as in the settlement: what the buyer gets back is negative. */
export interface RefundLine {
  orderItemId: string;
  sku: string;
  quantity: number;
  adjustmentItemId: string;
  principal: bigint;
  shipping: bigint;
  giftWrap: bigint;
  promotion: bigint;
  shippingPromotion: bigint;
  goodwill: bigint;
  restockingFee: bigint;
  tax: bigint;
  shippingTax: bigint;
  discountTax: bigint;
  taxWithheld: boolean;
  commission: bigint;
  refundCommission: bigint;
}
export interface DemoRefund {
  orderId: string;
  marketplace: DemoMarketplace;
  postedAt: string;
  publishedAt: string;
  transactionId: string;
  adjustmentId: string;
  lines: RefundLine[];
}

/** Which line is refunded, and how: whole units with all that belongs to them, or an amount for one reason. */
type Shape =
  { whole: number } | { price: bigint } | { shippingOnly: true } | { goodwill: bigint } | { restocking: bigint };
type Choice = (order: DemoOrder) => boolean;

const oneUnit: Choice = ({ recipe, lines }) =>
  isEveryday(recipe.kind, recipe.split, lines) &&
  lines[0]?.quantity === 1 &&
  !recipe.giftWrap &&
  !recipe.promotion &&
  recipe.shipping === 'none';
const isEveryday = (kind: string, split: string, lines: readonly DemoLine[]): boolean =>
  kind === 'plain' && split === 'none' && lines.length === 1 && lines[0]?.sku !== 'BLU-MUG-2';
const plainLine =
  (test: (order: DemoOrder) => boolean): Choice =>
  (order) =>
    isEveryday(order.recipe.kind, order.recipe.split, order.lines) && test(order);

/** The refunds of the first payout, then those of the second: whom, how, and at what hour of the period. */
const FIRST: readonly [Choice, Shape, hour: number][] = [
  [oneUnit, { whole: 1 }, 150],
  [oneUnit, { whole: 1 }, 171],
  [plainLine(({ lines }) => lines[0]?.quantity === 2), { whole: 1 }, 186],
  [oneUnit, { price: 750n }, 199],
  [plainLine(({ recipe }) => recipe.shipping === 'paid'), { shippingOnly: true }, 214],
  [oneUnit, { goodwill: 300n }, 222],
  [plainLine(({ recipe }) => recipe.promotion), { whole: 1 }, 238],
];
const SECOND: readonly [Choice, Shape, hour: number][] = [
  [oneUnit, { whole: 1 }, 80],
  [plainLine(({ recipe }) => recipe.shipping === 'free'), { whole: 1 }, 101],
  [oneUnit, { restocking: 600n }, 133],
  [plainLine(({ recipe }) => recipe.giftWrap), { whole: 1 }, 160],
  [oneUnit, { price: 500n }, 188],
  [oneUnit, { whole: 1 }, 212],
];

/** An order from before the cut-over, refunded in the first payout: its sale is nowhere in the month. */
export const ORDER_BEFORE_CUT_OVER = '114-0093312-7745210';

export function demoRefunds(random: SeededRandom, orders: readonly DemoOrder[]): DemoRefund[] {
  const used = new Set<string>();
  const take = (choice: Choice, before: string): DemoOrder => {
    const order = orders.find(
      (candidate) =>
        !used.has(candidate.orderId) &&
        candidate.shipments.length > 0 &&
        (candidate.shipments.at(-1)?.shippedAt ?? '') < before &&
        choice(candidate),
    );
    if (!order) throw new Error('the demo month has no order for a refund that it wants');
    used.add(order.orderId);
    return order;
  };
  const refund = (order: DemoOrder, at: string, shape: Shape): DemoRefund =>
    refundOf(random, order, at, [wholeOrPart(random, order, order.lines[0], shape)]);
  const at = (period: Period, hour: number): string => later(period.start, hour * HOUR + random.below(3_600) * 1_000);
  const ofPeriod = (period: Period, list: typeof FIRST): DemoRefund[] =>
    list.map(([choice, shape, hour]) => {
      const postedAt = at(period, hour);
      return refund(take(choice, later(postedAt, -30 * HOUR)), postedAt, shape);
    });

  const first = ofPeriod(FIRST_PAYOUT, FIRST);
  const twice = take(oneUnit, '2026-10-07T00:00:00Z');
  const second = ofPeriod({ start: '2026-10-15T07:00:00Z', end: '' }, SECOND);
  const twoItems = take(
    ({ recipe, lines, taxed }) => recipe.split === 'none' && lines.length === 2 && taxed,
    '2026-10-20T00:00:00Z',
  );
  const both = refundOf(
    random,
    twoItems,
    '2026-10-22T16:05:41Z',
    twoItems.lines.map((line) => wholeOrPart(random, twoItems, line, { whole: line.quantity })),
  );
  return [
    ...first,
    refund(twice, '2026-10-08T15:20:09Z', { price: 400n }),
    refund(twice, '2026-10-12T11:02:30Z', { price: 600n }),
    refundOf(random, { orderId: ORDER_BEFORE_CUT_OVER, marketplace: US }, '2026-10-09T18:44:52Z', [
      {
        ...emptyLine(random),
        sku: 'LIN-TWL-4',
        orderItemId: '140093312774521',
        quantity: 1,
        principal: -3499n,
        tax: -245n,
        taxWithheld: true,
        commission: 525n,
        refundCommission: -105n,
      },
    ]),
    ...second,
    both,
  ]
    .map((entry, index) => (index === 3 ? { ...entry, publishedAt: lateBatch(entry.postedAt) } : entry))
    .concat(toldAfterSigning(take(oneUnit, '2026-10-25T00:00:00Z')));
}

/** A refund of the month's last day that Amazon tells only when the month is signed. Chance of its own: all else stays as it is. */
function toldAfterSigning(order: DemoOrder): DemoRefund {
  const random = new SeededRandom(20261031);
  const lines = [wholeOrPart(random, order, order.lines[0], { whole: 1 })];
  return { ...refundOf(random, order, '2026-10-31T20:14:05Z', lines), publishedAt: AFTER_SIGNING };
}

/** Finances may be up to 48 hours late: one refund of the month is. */
function lateBatch(postedAt: string): string {
  return instantOf(Math.floor((Date.parse(postedAt) + 46 * HOUR) / (6 * HOUR)) * 6 * HOUR);
}

export function refundOf(
  random: SeededRandom,
  { orderId, marketplace }: Pick<DemoOrder, 'orderId' | 'marketplace'>,
  postedAt: string,
  lines: RefundLine[],
): DemoRefund {
  return {
    orderId,
    marketplace,
    postedAt,
    publishedAt: nextBatch(postedAt),
    transactionId: `R-${random.code(22)}`,
    adjustmentId: `${random.digits(14)}`,
    lines,
  };
}

export function emptyLine(random: SeededRandom): RefundLine {
  return {
    orderItemId: '',
    sku: '',
    quantity: 0,
    adjustmentItemId: random.code(14),
    principal: 0n,
    shipping: 0n,
    giftWrap: 0n,
    promotion: 0n,
    shippingPromotion: 0n,
    goodwill: 0n,
    restockingFee: 0n,
    tax: 0n,
    shippingTax: 0n,
    discountTax: 0n,
    taxWithheld: false,
    commission: 0n,
    refundCommission: 0n,
  };
}

function wholeOrPart(random: SeededRandom, order: DemoOrder, line: DemoLine | undefined, shape: Shape): RefundLine {
  if (!line) throw new Error(`order ${order.orderId} has no line to refund`);
  const base = { ...emptyLine(random), orderItemId: line.orderItemId, sku: line.sku, taxWithheld: order.taxed };
  if ('goodwill' in shape) return { ...base, goodwill: -shape.goodwill };
  if ('shippingOnly' in shape) return { ...base, shipping: -line.shipping, shippingTax: -line.shippingTax };
  if ('price' in shape) {
    const tax = line.principal === 0n ? 0n : -((line.tax * shape.price) / line.principal);
    return {
      ...base,
      quantity: 1,
      principal: -shape.price,
      tax,
      ...commissionBack(share(shape.price, 1500n)),
    };
  }
  const units = BigInt('whole' in shape ? shape.whole : 1);
  const of = (amount: bigint): bigint => -((amount * units) / BigInt(line.quantity));
  const commission = (commissionOf(order.marketplace, line) * units) / BigInt(line.quantity);
  const whole = units === BigInt(line.quantity);
  return {
    ...base,
    quantity: Number(units),
    principal: of(line.principal),
    promotion: of(line.promotion),
    tax: of(line.tax),
    ...commissionBack(commission),
    ...(whole && {
      shipping: -line.shipping,
      shippingPromotion: -line.shippingPromotion,
      shippingTax: -line.shippingTax,
      giftWrap: -line.giftWrap,
    }),
    ...('restocking' in shape && { restockingFee: shape.restocking }),
  };
}

/** Commission that Amazon gives back, and the fifth of it, 5.00 at most, that it keeps for that. */
export function commissionBack(commission: bigint): Pick<RefundLine, 'commission' | 'refundCommission'> {
  const kept = share(commission, 2000n);
  return { commission, refundCommission: kept > 500n ? -500n : -kept };
}

export function worldRefund(refund: DemoRefund): WorldRefund {
  return {
    orderId: refund.orderId,
    transactionId: refund.transactionId,
    postedAt: refund.postedAt,
    publishedAt: refund.publishedAt,
    marketplaceId: refund.marketplace.world.id,
    marketplaceName: refund.marketplace.world.name,
    currency: refund.marketplace.world.currency,
    items: refund.lines.map((line) => ({
      orderItemId: line.orderItemId,
      sku: line.sku,
      quantity: line.quantity,
      principal: dollars(line.principal),
      shipping: dollars(line.shipping),
      giftWrap: dollars(line.giftWrap),
      promotion: dollars(line.promotion + line.shippingPromotion),
      goodwill: dollars(line.goodwill),
      restockingFee: dollars(line.restockingFee),
      returnShipping: '0.00',
      tax: dollars(taxOf(line)),
      taxWithheld: dollars(line.taxWithheld ? -taxOf(line) : 0n),
      fees: [
        { type: 'Commission', amount: dollars(line.commission) },
        { type: 'RefundCommission', amount: dollars(line.refundCommission) },
      ].filter(({ amount }) => amount !== '0.00'),
    })),
  };
}
