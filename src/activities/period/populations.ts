/** A month's orders, dispatches, sales and refunds beside what Amazon tells of them: populations that are not ours. */
import { timeZoneOf } from '../../config/time-zone.ts';
import { isMultiChannelSale } from '../../domain/identifiers/multi-channel.ts';
import { isRevenueRole } from '../../domain/mapping/roles.ts';
import { addDays, dayIn, instantOf, epochMsOf, monthOf, type Instant } from '../../domain/money/instant.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { soldBy } from '../../domain/orders/dispatch.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import { itemUnitsOf } from '../../domain/orders/item-units.ts';
import type { DispatchedShipment, DispatchesFacts } from '../../domain/period/items/dispatches.ts';
import type { BoughtOrder, OrdersFacts } from '../../domain/period/items/orders.ts';
import { refundsOfMonth, type RefundsFacts, type ToldRefund } from '../../domain/period/items/refunds.ts';
import type { BilledShipment, SalesFacts } from '../../domain/period/items/sales.ts';
import type { FinanceTransaction } from '../../domain/period/finance-transaction.ts';
import { roleOfPart, type FinancesDecisions } from '../../domain/period/map-finances.ts';
import { openSales } from '../../store/period/balance-facts.ts';
import {
  ordersShipped,
  orderStandings,
  refundsOfTransactions,
  shipmentsBetween,
  type MonthShipment,
} from '../../store/period/month-facts.ts';
import { monthOrders } from '../../store/period/month-orders.ts';
import { transactionsBetween } from '../../store/period/transactions.ts';
import type { Connection } from '../connection.ts';
import { marketplaceElsewhere } from '../intake/keep-transactions.ts';
import { loadBill } from '../orders/bill-shipment.ts';
import { totalsHeld, unitsHeld } from './close-documents.ts';
import type { MonthFrame } from './month-frame.ts';
import { financesDecided } from './unsettled-facts.ts';

const DAY_MS = 24 * 3_600_000;
const shifted = (instant: Instant, ms: number): Instant => instantOf(epochMsOf(instant) + ms);

export async function ordersFacts(connection: Connection, { period, toldBy, now }: MonthFrame): Promise<OrdersFacts> {
  const { db, name, settings } = connection;
  const report = await monthOrders(db, name, period);
  const standings = await orderStandings(db, name, report?.orders.map(({ orderId }) => orderId) ?? []);
  const bought = report?.orders.map((order): BoughtOrder => {
    const known = standings.get(order.orderId);
    const isOthers =
      known?.state === 'left-alone' ||
      (order.fulfilledBy === 'MERCHANT' && settings.merchantFulfilled === 'other') ||
      (isMultiChannelSale(order.orderId, order.salesChannel) && settings.multiChannel === 'other') ||
      marketplaceElsewhere(settings, order.salesChannel) !== null;
    return {
      orderId: order.orderId,
      status: order.status,
      standing: known?.isOrdered ? 'ordered' : isOthers ? 'left-alone' : known === undefined ? 'unknown' : 'waits',
      cause: known?.blockedBy ?? null,
    };
  });
  return { bought: bought ?? null, unreadable: report?.unreadable ?? 0, until: toldBy, now };
}

/** Shipments of the month in pages: their fulfilments and invoices as NetSuite holds them, read by our document ids. */
export async function shipmentFacts(
  connection: Connection,
  frame: MonthFrame,
  told: readonly FinanceTransaction[],
): Promise<{ dispatches: DispatchesFacts; sales: SalesFacts }> {
  const { db, name, settings } = connection;
  const dispatched: DispatchedShipment[] = [];
  const billed: BilledShipment[] = [];
  for await (const page of shipmentsBetween(db, name, shifted(frame.from, -DAY_MS), shifted(frame.until, DAY_MS))) {
    const ours = page.filter((one) => isOurs(one) && monthOf(dayOf(connection, one)) === frame.period);
    const held = await heldOf(connection, ours);
    for (const one of ours) {
      dispatched.push(dispatchedOf(one, held));
      if (!isMultiChannel(one.order)) billed.push(await billedOf(connection, one, held));
    }
  }
  const shipped = await ordersShipped(db, name, shifted(frame.from, -2 * DAY_MS), shifted(frame.until, 2 * DAY_MS));
  return {
    dispatches: {
      shipments: dispatched,
      finances: dispatchedByFinances(settings, told),
      shipped,
      toldUpTo: frame.toldUpTo,
      until: frame.toldBy,
    },
    sales: { shipments: billed, toldUpTo: frame.toldUpTo, until: frame.toldBy },
  };

  function isOurs({ shipment, orderState, documents, order }: MonthShipment): boolean {
    if (orderState === 'left-alone') return false;
    if (settings.multiChannel === 'other' && isMultiChannel(order)) return false;
    // Shipped before the cut-over: only where a document of it was made.
    return shipment.state !== 'earlier' || documents.length > 0;
  }
}

const dayOf = ({ settings }: Connection, { order, shipment }: MonthShipment): string =>
  dayIn(shipment.fact.shippedAt, timeZoneOf(settings, order.marketplaceId));

/** Orders of which Finances tells a dispatch that is ours: released and deferred alike, each once. */
function dispatchedByFinances(settings: Connection['settings'], told: readonly FinanceTransaction[]): Set<string> {
  return new Set(
    told.flatMap(({ type, orderId, fulfilledBy, marketplaceName, releases }) => {
      if (orderId === null || type.toLowerCase() !== 'shipment' || releases !== null) return [];
      if (fulfilledBy === 'MERCHANT' && settings.merchantFulfilled === 'other') return [];
      if (marketplaceElsewhere(settings, marketplaceName) !== null) return [];
      return [orderId];
    }),
  );
}

function dispatchedOf(
  { order, shipment, salesOrder, documents, blockedBy }: MonthShipment,
  { units }: Held,
): DispatchedShipment {
  const each = itemUnitsOf(salesOrder?.lines ?? []);
  const bySku = new Map(
    (salesOrder?.lines ?? []).flatMap((line) =>
      line.sku === null ? [] : [[line.sku, each.get(line.tag) ?? 1] as const],
    ),
  );
  const fulfilment = documents.find(({ purpose }) => purpose === 'IF')?.externalId ?? null;
  return {
    orderId: order.orderId,
    shipment: shipment.fact.shipmentId ?? shipment.key,
    units: shipment.fact.items.reduce((sum, { sku, quantity }) => sum + quantity * (bySku.get(sku) ?? 1), 0),
    fulfilment,
    // What NetSuite no longer has holds nothing.
    held: fulfilment === null ? null : (units.get(fulfilment) ?? 0),
    cause: blockedBy,
  };
}

async function billedOf(
  connection: Connection,
  { order, shipment, documents, blockedBy }: MonthShipment,
  { totals }: Held,
): Promise<BilledShipment> {
  const { settings } = connection;
  const bill = await loadBill(connection, order, shipment);
  const posted = documents.filter(({ purpose }) => purpose !== 'IF');
  const own = posted.flatMap(({ externalId, purpose }) => {
    const total = totals.get(externalId);
    return total === undefined ? [] : [purpose === 'CM' ? -total : total];
  });
  const day = dayIn(shipment.fact.shippedAt, timeZoneOf(settings, order.marketplaceId));
  const moved = posted.find(({ date }) => monthOf(date) !== monthOf(day));
  return {
    orderId: order.orderId,
    shipment: shipment.fact.shipmentId ?? shipment.key,
    marketplace: order.marketplaceName,
    day,
    currency: shipment.fact.currency,
    report: bill === null ? null : soldBy(bill),
    netsuite: own.length === 0 ? null : sumMinor(own),
    movedTo: moved?.date ?? null,
    cause: blockedBy,
  };
}

interface Held {
  /** By external id: units of a fulfilment, and totals of documents of sales, positive on their own side. */
  units: Map<string, number>;
  totals: Map<string, bigint>;
}

async function heldOf(connection: Connection, shipments: readonly MonthShipment[]): Promise<Held> {
  const keys = (isWanted: (purpose: string) => boolean) =>
    shipments.flatMap(({ documents }) =>
      documents.filter(({ purpose }) => isWanted(purpose)).map(({ externalId }) => externalId),
    );
  return {
    units: await unitsHeld(
      connection,
      keys((purpose) => purpose === 'IF'),
    ),
    totals: await totalsHeld(
      connection,
      keys((purpose) => purpose !== 'IF'),
    ),
  };
}

/** A memo that no settlement has paid after so long is listed (close.md, `refunds`). */
const UNPAID_AFTER = 60;

export async function refundsFacts(
  connection: Connection,
  { period, from, until, lastDay, toldBy, toldUpTo, now, today }: MonthFrame,
): Promise<RefundsFacts> {
  const { db, name, settings } = connection;
  const decided = await financesDecided(db, name);
  const dayOfRefund = ({ postedAt, marketplaceName }: FinanceTransaction) =>
    dayIn(postedAt, timeZoneOf(settings, marketplaceName));
  const earliest = shifted(from, -DAY_MS);
  const around = await transactionsBetween(
    db,
    name,
    earliest < settings.cutOver ? settings.cutOver : earliest,
    shifted(until, DAY_MS),
  );
  const refunds = refundsOfMonth(around, period, dayOfRefund);
  const known = await refundsOfTransactions(
    db,
    name,
    refunds.map(({ transactionId }) => transactionId),
  );
  const memos = [...known.values()].flatMap(({ memo }) => (memo === null ? [] : [memo.externalId]));
  const totals = await totalsHeld(connection, memos);
  return {
    refunds: refunds.map((one): ToldRefund => {
      const of = known.get(one.transactionId);
      const held = of?.memo === undefined || of.memo === null ? undefined : totals.get(of.memo.externalId);
      return {
        transactionId: one.transactionId,
        orderId: one.orderId ?? one.transactionId,
        day: dayOfRefund(one),
        currency: one.currency,
        amount: creditedBy(one, decided),
        unknown: unknownIn(one, decided),
        leftAlone:
          of?.state === 'left-alone' ||
          of?.state === 'claim' ||
          (one.fulfilledBy === 'MERCHANT' && settings.merchantFulfilled === 'other') ||
          (one.orderId !== null && isMultiChannelSale(one.orderId, one.marketplaceName)) ||
          marketplaceElsewhere(settings, one.marketplaceName) !== null,
        memo:
          of?.memo === undefined || of.memo === null || held === undefined
            ? null
            : { externalId: of.memo.externalId, amount: of.memo.purpose === 'INV' ? -held : held, day: of.memo.date },
        cause: null,
      };
    }),
    unpaid: (await openSales(db, name, lastDay))
      .filter(({ purpose, date }) => purpose === 'CM' && addDays(date, UNPAID_AFTER) < today)
      .map(({ externalId, currency, left, date }) => ({ externalId, currency, amount: left, day: date })),
    lastDay,
    until: toldBy,
    toldUpTo,
    now,
  };
}

/** What a buyer was credited by a transaction: parts of the sale, and the tax that the seller gives back of it. */
function creditedBy({ type, parts }: FinanceTransaction, decided: FinancesDecisions): bigint {
  return -sumMinor(
    parts
      .filter(({ path }) => {
        const role = roleOfPart(type, path, decided)?.role ?? null;
        return role !== null && (isRevenueRole(role) || role === 'marketplace-tax');
      })
      .map(({ amount }) => amount),
  );
}

/** What no rule names of it: nobody knows whether a buyer got it. */
function unknownIn({ type, parts }: FinanceTransaction, decided: FinancesDecisions): bigint {
  return sumMinor(parts.filter(({ path }) => roleOfPart(type, path, decided) === null).map(({ amount }) => amount));
}
