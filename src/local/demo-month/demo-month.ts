import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import { FIRST_ACCOUNT_ROWS, RESERVES, SECOND_ACCOUNT_ROWS } from './account-rows.ts';
import { demoBankLines, OTHERS } from './demo-bank.ts';
import { demoOrder } from './demo-orders.ts';
import { demoCatalogue } from './demo-products.ts';
import { demoRefunds, ORDER_BEFORE_CUT_OVER, worldRefund } from './demo-refunds.ts';
import type { DemoRefund } from './demo-refunds.ts';
import { demoStock, type DemoReturns } from './demo-stock.ts';
import { rowsOf, settlementOf, type DemoSettlement } from './demo-settlement.ts';
import { FIRST_PAYOUT, SECOND_PAYOUT, SIGNING } from './october-2026.ts';
import { US, type DemoOrder } from './order-in-cents.ts';
import { orderRecipes } from './order-recipes.ts';
import { SeededRandom } from './seeded-random.ts';
import { worldOrder, worldShipments } from './world-orders.ts';

const TO_THE_BANK = { currency: US.world.currency, accountTail: '6017' } as const;

/**
 * October 2026 of one US seller: 342 orders in every state, 18 refunds, two payouts in a chain, one bank statement. Two
 * things wait for a person (an SKU and an amount type, see demo-decisions.ts); everything else ties. The same seed gives
 * the same month; published facts come in batches, and a jumping clock stops once a day.
 */
export function demoMonth(seed = 20261001): AmazonWorld {
  const random = new SeededRandom(seed);
  const orders = withReplacedOrders(orderRecipes(random).map((recipe) => demoOrder(random, recipe)));
  const refunds = demoRefunds(random, orders);
  const payouts: DemoSettlement[] = [
    {
      settlementId: '20001234561',
      period: FIRST_PAYOUT,
      account: FIRST_ACCOUNT_ROWS,
      brought: RESERVES.brought,
      traceId: '021000021606017',
      ...TO_THE_BANK,
      day: '2026-10-16',
      gzip: false,
    },
    {
      settlementId: '20001234562',
      period: SECOND_PAYOUT,
      account: SECOND_ACCOUNT_ROWS,
      brought: RESERVES.afterFirst,
      traceId: '021000023016017',
      ...TO_THE_BANK,
      day: '2026-10-30',
      gzip: true,
    },
  ];
  const settlements = payouts.map((payout) => settlementOf(payout, rowsOf(payout, orders, refunds)));
  const worldOrders = orders
    .map((order) => worldOrder(random, order))
    .sort((a, b) => ((a.history[0]?.at ?? '') < (b.history[0]?.at ?? '') ? -1 : 1));
  const shipments = orders.flatMap((order) => worldShipments(random, order));
  return {
    title: 'October 2026 of a simulated seller',
    sellerId: 'A3DEMO0US0SELLER',
    marketplaces: [US.world],
    catalogue: demoCatalogue(),
    orders: worldOrders,
    shipments,
    refunds: refunds.map(worldRefund),
    settlements,
    bankLines: demoBankLines(
      random,
      payouts.map((payout, index) => ({
        day: payout.day,
        publishedAt: `${payout.day}T16:00:00Z`,
        amount: settlements[index]?.total ?? '0.00',
        currency: payout.currency,
        traceId: payout.traceId,
      })),
      { others: OTHERS, currency: US.world.currency, described: 'AMAZON.COM MKTPL' },
    ),
    stock: demoStock({ orders: worldOrders, shipments }, returnsOf(orders, refunds)),
    paceMinutes: 24 * 60,
    pausesAt: SIGNING,
  };
}

/** Goods of the first two whole refunds come back, and one unit that nobody refunded. */
function returnsOf(orders: readonly DemoOrder[], refunds: readonly DemoRefund[]): DemoReturns {
  const refunded = refunds
    .filter(({ orderId }) => orderId !== ORDER_BEFORE_CUT_OVER)
    .slice(0, 2)
    .map(({ orderId, postedAt, lines }) => ({ orderId, postedAt, sku: lines[0]!.sku }));
  const known = new Set(refunds.map(({ orderId }) => orderId));
  const kept = orders.find(
    ({ orderId, recipe, shipments }) =>
      !known.has(orderId) && recipe.kind === 'plain' && recipe.window === 'first' && shipments.length === 1,
  )!;
  return { refunded, kept: { orderId: kept.orderId, sku: kept.lines[0]!.sku } };
}

/** A replacement replaces the oldest everyday order that had arrived by then, and sends the same thing again. */
function withReplacedOrders(orders: readonly DemoOrder[]): DemoOrder[] {
  const replaced = new Set<string>();
  return orders.map((order) => {
    if (order.recipe.kind !== 'replacement') return order;
    const original = orders
      .filter(
        (candidate) =>
          candidate.recipe.kind === 'plain' &&
          candidate.lines.length === 1 &&
          candidate.lines[0]?.quantity === 1 &&
          !replaced.has(candidate.orderId),
      )
      .filter((candidate) => {
        const shippedAt = candidate.shipments.at(-1)?.shippedAt;
        return shippedAt !== undefined && shippedAt < order.createdAt;
      })
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
    if (!original) throw new Error('the demo month has no order that could be replaced');
    replaced.add(original.orderId);
    const sku = original.lines[0]?.sku ?? '';
    const resent = (lines: DemoOrder['lines']): DemoOrder['lines'] => lines.map((line) => ({ ...line, sku }));
    return {
      ...order,
      replaces: original.orderId,
      lines: resent(order.lines),
      shipments: order.shipments.map((shipment) => ({ ...shipment, lines: resent(shipment.lines) })),
    };
  });
}
