/** What the UK seller sells and gives back: by day, and at the price that the buyer sees. */
import { emptyLine, commissionBack, refundOf, type DemoRefund, type RefundLine } from '../demo-refunds.ts';
import { productOf } from '../demo-products.ts';
import { HOUR, later } from '../october-2026.ts';
import { commissionOf, type DemoLine, type DemoMarketplace, type DemoOrder } from '../order-in-cents.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { taxInside } from '../cents.ts';
import { DE, GB, UK_FIRST_PAYOUT, UK_RATES, UK_SECOND_PAYOUT } from './uk-marketplaces.ts';
import { UK_CLASSES } from './uk-products.ts';

interface UkSale {
  shippedAt: string;
  sku: string;
  units: number;
  marketplace: DemoMarketplace;
  /** Country that it goes to, where that is another. No tax is in such a price. */
  to?: string;
  /** Price of all units, where it is not the usual one. */
  price?: bigint;
  /** Shipping of 2.99, charged and given free. */
  freeShipping?: true;
  /** The seller sends it himself, and another system books it. */
  merchant?: true;
}

const gb = (shippedAt: string, sku: string, units = 1, more: Partial<UkSale> = {}): UkSale => ({
  shippedAt,
  sku,
  units,
  marketplace: GB,
  ...more,
});
const de = (shippedAt: string, sku: string, units = 1): UkSale => ({ shippedAt, sku, units, marketplace: DE });

/** When the export leaves. */
export const EXPORTED_AT = '2026-10-31T09:56:48Z';

/** Dispatches by settlement; what leaves after the second one's end is not settled in this month. */
const SALES: readonly UkSale[] = [
  gb('2026-10-07T09:12:31Z', 'TEA-POT'),
  gb('2026-10-08T10:40:02Z', 'TEA-POT'),
  gb('2026-10-08T15:05:47Z', 'SOAP-BAR', 3),
  gb('2026-10-09T08:31:15Z', 'TEA-POT'),
  gb('2026-10-09T13:22:58Z', 'CAR-SEAT'),
  gb('2026-10-10T11:17:20Z', 'OAK-TRAY', 1, { merchant: true }),
  gb('2026-10-12T09:48:36Z', 'TEA-POT'),
  gb('2026-10-12T16:30:09Z', 'PIC-BOOK'),
  gb('2026-10-13T12:02:44Z', 'SOAP-BAR', 3),
  gb('2026-10-14T14:55:13Z', 'OAK-TRAY', 1, { freeShipping: true }),
  gb('2026-10-15T10:08:27Z', 'PIC-BOOK'),

  gb('2026-10-20T09:20:05Z', 'TEA-POT'),
  gb('2026-10-21T13:44:51Z', 'SOAP-BAR', 3),
  gb('2026-10-22T08:15:33Z', 'TEA-POT'),
  gb('2026-10-22T11:36:18Z', 'CAR-SEAT'),
  gb('2026-10-26T10:27:40Z', 'TEA-POT'),
  gb('2026-10-27T15:11:06Z', 'TEA-POT'),
  gb('2026-10-28T12:50:22Z', 'SOAP-BAR', 3),
  gb('2026-10-29T09:33:59Z', 'OAK-TRAY', 1, { freeShipping: true }),
  gb('2026-10-30T14:04:12Z', 'PIC-BOOK'),
  gb(EXPORTED_AT, 'OAK-TRAY', 1, { to: 'CH', price: 2000n }),
  gb('2026-10-31T13:19:25Z', 'OAK-TRAY', 2, { to: 'IE', price: 4000n }),
  gb('2026-11-01T10:45:30Z', 'TEA-POT'),

  gb('2026-11-04T09:10:10Z', 'TEA-POT'),

  de('2026-10-08T09:01:52Z', 'TEA-POT'),
  de('2026-10-12T12:38:07Z', 'TEA-POT'),
  de('2026-10-14T10:25:19Z', 'SOAP-BAR', 3),
  de('2026-10-16T08:47:55Z', 'TEA-POT'),

  de('2026-10-21T09:59:03Z', 'TEA-POT'),
  de('2026-10-27T13:06:41Z', 'TEA-POT'),
  de('2026-10-30T11:12:28Z', 'TEA-POT'),
  de('2026-10-31T10:30:36Z', 'SOAP-BAR', 3),
];

/** Refunds by the dispatch of what is refunded: whole units, or an amount of the price. */
const REFUNDS: readonly { postedAt: string; of: string; marketplace: DemoMarketplace; back: Back }[] = [
  { postedAt: '2026-10-14T10:02:16Z', of: '2026-10-07T09:12:31Z', marketplace: GB, back: { units: 1 } },
  { postedAt: '2026-10-23T16:41:39Z', of: '2026-10-08T15:05:47Z', marketplace: GB, back: { units: 1 } },
  { postedAt: '2026-10-29T11:28:54Z', of: '2026-10-22T11:36:18Z', marketplace: GB, back: { price: 1050n } },
  { postedAt: '2026-11-01T12:15:00Z', of: '2026-10-27T15:11:06Z', marketplace: GB, back: { units: 1 } },
  { postedAt: '2026-10-30T09:37:11Z', of: '2026-10-21T09:59:03Z', marketplace: DE, back: { units: 1 } },
];
type Back = { units: number } | { price: bigint };

/** @param vcs whether Amazon calculates the tax that the seller owes; without, it is inside the price and told nowhere */
export function ukSales(random: SeededRandom, { vcs }: { vcs: boolean }): DemoOrder[] {
  return SALES.map((sale) => ukOrder(random, sale, vcs));
}

export function ukRefunds(random: SeededRandom, orders: readonly DemoOrder[], { vcs }: { vcs: boolean }): DemoRefund[] {
  return REFUNDS.map(({ postedAt, of, marketplace, back }) => {
    const order = orders.find(
      (candidate) => candidate.marketplace === marketplace && candidate.shipments[0]!.shippedAt === of,
    )!;
    return refundOf(random, order, postedAt, [refundLine(random, order, back, vcs)]);
  });
}

function ukOrder(random: SeededRandom, sale: UkSale, vcs: boolean): DemoOrder {
  const { shippedAt, sku, units, marketplace, to, merchant } = sale;
  const { countryCode } = marketplace.world;
  const shipTo = to ?? countryCode;
  const split = splitBy(rateOf(sku, marketplace, shipTo), isTold(marketplace, vcs));
  const goods = split(sale.price ?? productOf(sku).price * BigInt(units));
  const shipping = split(sale.freeShipping ? 299n : 0n);
  const line: DemoLine = {
    orderItemId: `${random.between(5, 9)}${random.digits(13)}`,
    sku,
    quantity: units,
    principal: goods.net,
    shipping: shipping.net,
    giftWrap: 0n,
    promotion: 0n,
    shippingPromotion: -shipping.net,
    tax: goods.tax,
    shippingTax: shipping.tax,
    discountTax: -shipping.tax,
  };
  return {
    orderId: `${countryCode === 'GB' ? 20 : 30}${random.between(2, 6)}-${random.digits(7)}-${random.digits(7)}`,
    marketplace,
    recipe: {
      window: windowOf(shippedAt),
      kind: merchant ? 'merchant' : 'plain',
      split: 'none',
      lines: [{ sku, quantity: units, centLess: false }],
      shipping: sale.freeShipping ? 'free' : 'none',
      giftWrap: false,
      promotion: false,
    },
    createdAt: later(shippedAt, -20 * HOUR),
    replaces: null,
    taxed: marketplace === DE,
    shipTo,
    lines: [line],
    shipments: [{ shipmentId: random.code(9), shippedAt, lines: [line] }],
  };
}

function refundLine(random: SeededRandom, order: DemoOrder, back: Back, vcs: boolean): RefundLine {
  const { marketplace, shipTo } = order;
  const { orderItemId, sku } = order.lines[0]!;
  const units = 'units' in back ? back.units : 1;
  const split = splitBy(rateOf(sku, marketplace, shipTo), isTold(marketplace, vcs));
  const { net, tax } = split('price' in back ? back.price : productOf(sku).price * BigInt(units));
  const line = { ...emptyLine(random), orderItemId, sku, quantity: units, principal: net, tax };
  return {
    ...line,
    principal: -net,
    tax: -tax,
    taxWithheld: order.taxed,
    ...commissionBack(commissionOf(marketplace, line)),
  };
}

/** Amazon calculates what it owes itself in any case. */
function isTold(marketplace: DemoMarketplace, vcs: boolean): boolean {
  return vcs || marketplace === DE;
}

function rateOf(sku: string, marketplace: DemoMarketplace, shipTo: string): bigint {
  const { countryCode } = marketplace.world;
  return shipTo === countryCode ? UK_RATES[countryCode]![UK_CLASSES[sku] ?? 'standard'] : 0n;
}

function splitBy(rate: bigint, told: boolean): (gross: bigint) => { net: bigint; tax: bigint } {
  return (gross) => {
    const tax = told ? taxInside(gross, rate) : 0n;
    return { net: gross - tax, tax };
  };
}

function windowOf(shippedAt: string): DemoOrder['recipe']['window'] {
  if (shippedAt < UK_FIRST_PAYOUT.end) return 'first';
  return shippedAt < UK_SECOND_PAYOUT.end ? 'second' : 'unsettled';
}
