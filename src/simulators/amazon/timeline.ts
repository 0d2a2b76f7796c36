import type { AmazonWorld } from './world.ts';
import { instantOf, shifted, MINUTE } from './instants.ts';
import { stockInstants } from './stock/stock-instants.ts';

/** Every instant at which something of the world becomes readable, in order and once each, and where it ends. */
export function publicationInstants(world: AmazonWorld): string[] {
  const instants = [
    // An order can be searched two minutes after its change.
    ...world.orders.flatMap((order) => order.history.map((entry) => shifted(entry.at, 2 * MINUTE))),
    ...world.shipments.map((shipment) => shipment.publishedAt),
    ...world.refunds.map((refund) => refund.publishedAt),
    ...world.settlements.flatMap((settlement) => [
      settlement.publishedAt,
      ...settlement.group.transfers.map((transfer) => transfer.at),
    ]),
    ...world.bankLines.map((line) => line.publishedAt),
    ...stockInstants(world),
    ...(world.goesOnUntil === undefined ? [] : [world.goesOnUntil]),
    ...(world.pausesAt === undefined ? [] : [world.pausesAt]),
  ];
  return [...new Set(instants)].sort();
}

/** First and last published fact: where a demo clock starts, and where all is there. An empty world has neither. */
export function worldSpan(world: AmazonWorld): { first: string; last: string } | null {
  const instants = publicationInstants(world);
  const [first, last] = [instants[0], instants.at(-1)];
  return first !== undefined && last !== undefined ? { first, last: paced(world, last) } : null;
}

/** Where a jumping clock stops next: the next fact after `now`, moved on to the world's pace; null when nothing is to come. */
export function nextInstant(world: AmazonWorld, instants: readonly string[], now: string): string | null {
  const next = instants.find((instant) => instant > now);
  return next === undefined ? null : paced(world, next);
}

function paced(world: AmazonWorld, instant: string): string {
  if (!world.paceMinutes) return instant;
  const step = world.paceMinutes * MINUTE;
  return instantOf(Math.ceil(Date.parse(instant) / step) * step);
}
