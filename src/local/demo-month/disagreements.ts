import type { AmazonWorld, WorldOrderItem, WorldSettlement } from '../../simulators/amazon/world.ts';
import { HOUR, later } from './october-2026.ts';

/**
 * Worlds in which Amazon contradicts itself, each made from one that is whole. They are no part of the demo month: tests
 * start them and look for the exception. Every function throws when there is nothing to change.
 */

/** Orders and shipments say another price for an order than its settlement report: both carry `principal` on its first item. */
export function withOtherPrice(world: AmazonWorld, orderId: string, principal: string): AmazonWorld {
  const order = world.orders.find((candidate) => candidate.orderId === orderId);
  const changed = order?.items[0]?.orderItemId;
  if (changed === undefined) throw new Error(`this world has no order ${orderId}`);
  const priced = <Item extends Pick<WorldOrderItem, 'orderItemId' | 'principal'>>(items: Item[]): Item[] =>
    items.map((item) => (item.orderItemId === changed ? { ...item, principal } : item));
  return {
    ...world,
    orders: world.orders.map((candidate) =>
      candidate.orderId === orderId ? { ...candidate, items: priced(candidate.items) } : candidate,
    ),
    shipments: world.shipments.map((shipment) =>
      shipment.orderId === orderId ? { ...shipment, items: priced(shipment.items) } : shipment,
    ),
  };
}

/** A settlement report without one of its rows, the first that holds all of these cells: it no longer adds up to its total. */
export function withoutReportRow(world: AmazonWorld, settlementId: string, cells: readonly string[]): AmazonWorld {
  return withReport(world, settlementId, (lines) => {
    const index = lines.findIndex((line, at) => at > 1 && cells.every((cell) => line.split('\t').includes(cell)));
    if (index < 0) throw new Error(`settlement ${settlementId} has no row with ${cells.join(', ')}`);
    return lines.filter((_, at) => at !== index);
  });
}

/** A settlement report that states another total than its rows come to. */
export function withOtherTotal(world: AmazonWorld, settlementId: string, total: string): AmazonWorld {
  const settlement = world.settlements.find((candidate) => candidate.settlementId === settlementId);
  return withReport(world, settlementId, (lines) =>
    lines.map((line, at) =>
      at === 1
        ? line
            .split('\t')
            .map((cell) => (cell === settlement?.total ? total : cell))
            .join('\t')
        : line,
    ),
  );
}

/** Amazon never reports the shipment of an order that it settles. */
export function withoutShipment(world: AmazonWorld, orderId: string): AmazonWorld {
  const shipments = world.shipments.filter((shipment) => shipment.orderId !== orderId);
  if (shipments.length === world.shipments.length) throw new Error(`this world has no shipment of ${orderId}`);
  return { ...world, shipments };
}

/** Finances never tell a refund that a settlement holds. */
export function withoutRefund(world: AmazonWorld, orderId: string): AmazonWorld {
  const refunds = world.refunds.filter((refund) => refund.orderId !== orderId);
  if (refunds.length === world.refunds.length) throw new Error(`this world has no refund of ${orderId}`);
  return { ...world, refunds };
}

/** The bank never shows a payout. */
export function withoutBankLine(world: AmazonWorld, settlementId: string): AmazonWorld {
  const traceId = world.settlements.find((settlement) => settlement.settlementId === settlementId)?.group.traceId;
  const bankLines = world.bankLines.filter((line) => line.transactionId !== traceId);
  if (bankLines.length === world.bankLines.length) throw new Error(`this world has no bank line of ${settlementId}`);
  return { ...world, bankLines };
}

/** Amazon issues the report of a settlement again, later and with other bytes; the event group keeps the total that was paid. */
export function withReissuedReport(
  world: AmazonWorld,
  settlementId: string,
  bytes: Uint8Array,
  publishedAt: string,
): AmazonWorld {
  const first = world.settlements.find((settlement) => settlement.settlementId === settlementId);
  if (first === undefined) throw new Error(`this world has no settlement ${settlementId}`);
  return { ...world, settlements: [...world.settlements, { ...first, bytes, publishedAt, gzip: false }] };
}

type TransferStatus = WorldSettlement['group']['transfers'][number]['status'];

/** What Amazon says of a payout's transfer from its deposit date on, and when it takes that back. */
export function withTransferStatus(
  world: AmazonWorld,
  settlementId: string,
  status: TransferStatus,
  failedAt: string | null,
): AmazonWorld {
  if (!world.settlements.some((settlement) => settlement.settlementId === settlementId))
    throw new Error(`this world has no settlement ${settlementId}`);
  return {
    ...world,
    settlements: world.settlements.map((settlement) =>
      settlement.settlementId === settlementId
        ? {
            ...settlement,
            group: {
              ...settlement.group,
              transfers: [
                { at: settlement.end, status: 'Processing' },
                { at: settlement.depositDate, status },
                ...(failedAt === null ? [] : [{ at: failedAt, status: 'Failed' as const }]),
              ],
            },
          }
        : settlement,
    ),
  };
}

/** Finances tell the refunds of an order so many hours later than they do. */
export function withLateRefunds(world: AmazonWorld, orderId: string, hours: number): AmazonWorld {
  if (!world.refunds.some((refund) => refund.orderId === orderId))
    throw new Error(`this world has no refund of ${orderId}`);
  return {
    ...world,
    refunds: world.refunds.map((refund) =>
      refund.orderId === orderId ? { ...refund, publishedAt: later(refund.publishedAt, hours * HOUR) } : refund,
    ),
  };
}

/** An order was bought and left so many hours before its settlement rows say; Amazon posts some only once they have arrived. */
export function withEarlierShipment(world: AmazonWorld, orderId: string, hours: number): AmazonWorld {
  if (!world.shipments.some((shipment) => shipment.orderId === orderId))
    throw new Error(`this world has no shipment of ${orderId}`);
  const earlier = (instant: string) => later(instant, -hours * HOUR);
  return {
    ...world,
    orders: world.orders.map((order) =>
      order.orderId === orderId
        ? { ...order, history: order.history.map((entry) => ({ ...entry, at: earlier(entry.at) })) }
        : order,
    ),
    shipments: world.shipments.map((shipment) =>
      shipment.orderId === orderId
        ? { ...shipment, shippedAt: earlier(shipment.shippedAt), publishedAt: earlier(shipment.publishedAt) }
        : shipment,
    ),
  };
}

function withReport(world: AmazonWorld, settlementId: string, change: (lines: string[]) => string[]): AmazonWorld {
  if (!world.settlements.some((settlement) => settlement.settlementId === settlementId))
    throw new Error(`this world has no settlement ${settlementId}`);
  return {
    ...world,
    settlements: world.settlements.map((settlement) =>
      settlement.settlementId === settlementId
        ? {
            ...settlement,
            bytes: new TextEncoder().encode(change(new TextDecoder().decode(settlement.bytes).split('\n')).join('\n')),
          }
        : settlement,
    ),
  };
}
