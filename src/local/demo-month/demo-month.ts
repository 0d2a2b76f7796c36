import type { AmazonWorld, WorldSettlement } from '../../simulators/amazon/world.ts';
import { dollars } from './cents.ts';
import { FIRST_ACCOUNT_ROWS, RESERVES, SECOND_ACCOUNT_ROWS } from './account-rows.ts';
import { demoBankLines } from './demo-bank.ts';
import { demoOrder } from './demo-orders.ts';
import { demoCatalogue } from './demo-products.ts';
import { demoRefunds, ORDER_BEFORE_CUT_OVER, worldRefund } from './demo-refunds.ts';
import type { DemoRefund } from './demo-refunds.ts';
import { demoStock, type DemoReturns } from './demo-stock.ts';
import { FIRST_PAYOUT, later, MINUTE, SECOND_PAYOUT } from './october-2026.ts';
import type { Period } from './october-2026.ts';
import { MARKETPLACE, type DemoOrder } from './order-in-cents.ts';
import { orderRecipes } from './order-recipes.ts';
import { SeededRandom } from './seeded-random.ts';
import { refundRows, shipmentRows } from './settlement-rows.ts';
import type { SettlementRow } from './settlement-rows.ts';
import { settlementText } from './settlement-text.ts';
import { worldOrder, worldShipments } from './world-orders.ts';

/**
 * October 2026 of one US seller: 342 orders in every state, 17 refunds, two payouts in a chain, one bank statement. Two
 * things wait for a person (an SKU and an amount type, see demo-decisions.ts); everything else ties. The same seed gives
 * the same month; published facts come in batches, and a jumping clock stops once a day.
 */
export function demoMonth(seed = 20261001): AmazonWorld {
  const random = new SeededRandom(seed);
  const orders = withReplacedOrders(orderRecipes(random).map((recipe) => demoOrder(random, recipe)));
  const refunds = demoRefunds(random, orders);
  const payouts: Payout[] = [
    {
      settlementId: '20001234561',
      period: FIRST_PAYOUT,
      account: FIRST_ACCOUNT_ROWS,
      brought: RESERVES.brought,
      traceId: '021000021606017',
      day: '2026-10-16',
      gzip: false,
    },
    {
      settlementId: '20001234562',
      period: SECOND_PAYOUT,
      account: SECOND_ACCOUNT_ROWS,
      brought: RESERVES.afterFirst,
      traceId: '021000023016017',
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
    marketplaces: [MARKETPLACE],
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
        traceId: payout.traceId,
      })),
    ),
    stock: demoStock({ orders: worldOrders, shipments }, returnsOf(orders, refunds)),
    paceMinutes: 24 * 60,
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

interface Payout {
  settlementId: string;
  period: Period;
  account: readonly SettlementRow[];
  brought: bigint;
  traceId: string;
  day: string;
  gzip: boolean;
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

/** The rows whose posting falls into the period, in order of time; the account's own first and last rows keep their places. */
function rowsOf(
  { period, account }: Payout,
  orders: readonly DemoOrder[],
  refunds: readonly DemoRefund[],
): SettlementRow[] {
  const posted = [
    ...orders.flatMap((order) => order.shipments.flatMap((shipment) => shipmentRows(order, shipment))),
    ...refunds.flatMap(refundRows),
    ...account.slice(1, -1),
  ]
    .filter((row) => row.postedAt > period.start && row.postedAt < period.end)
    .sort((a, b) => (a.postedAt < b.postedAt ? -1 : a.postedAt > b.postedAt ? 1 : 0));
  return [...account.slice(0, 1), ...posted, ...account.slice(-1)];
}

/** Published 25 minutes after the end; the deposit date is the day of the bank's line, in Pacific time as in UTC. */
function settlementOf(
  { settlementId, period, brought, traceId, day, gzip }: Payout,
  rows: readonly SettlementRow[],
): WorldSettlement {
  const depositDate = `${day}T16:00:00Z`;
  const { text, total } = settlementText(settlementId, period, depositDate, rows);
  return {
    settlementId,
    reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    publishedAt: later(period.end, 25 * MINUTE),
    start: period.start,
    end: period.end,
    depositDate,
    currency: 'USD',
    total,
    bytes: new TextEncoder().encode(text),
    gzip,
    // The first report is listed again under another id, as happens with several marketplaces in a region.
    ...(!gzip && { listedTwice: true }),
    group: {
      id: `grp${settlementId}`,
      traceId,
      accountTail: '6017',
      beginningBalance: dollars(brought),
      transfers: [
        { at: later(period.end, 5 * MINUTE), status: 'Processing' },
        { at: `${day}T12:00:00Z`, status: 'Successful' },
      ],
    },
  };
}
