/** Receipts of transfer orders for rows of Amazon's (`inbound: theirs`). */
import { bookingOf, compactDay, keyText, placeOfPart, type Booking } from './booking.ts';
import type { Day } from '../money/instant.ts';
import type { Share } from './open-rows.ts';
import { takeFromOrders } from './transfer-orders.ts';
import type { TransferOrder } from './transfer-order.ts';

interface Received {
  shipmentId: string;
  /** Of its rows or of the decision: a receipt is dated not before the fulfilment. */
  day: Day;
  /** At most so many; less where the orders have less under way. */
  units: number;
  isDecided: boolean;
}

/**
 * Rows of one item at one place, as far as orders have it under way: a receipt for each fulfilment.
 * @returns with the shares that are left, and their units
 */
export function receivedOfOrders(
  shares: readonly Share[],
  orders: readonly TransferOrder[],
  { shipmentId, day, units, isDecided }: Received,
): { receipts: Booking[]; rest: Share[]; left: number } {
  const [{ part }] = shares as [Share];
  let rest = [...shares];
  let left = shares.reduce((sum, share) => sum + share.units, 0);
  const receipts = takeFromOrders(orders, part.item, units).map(({ units: some, of, fulfilled }) => {
    const [first, later] = splitShares(rest, some);
    [left, rest] = [left - some, later];
    const dated = fulfilled !== null && fulfilled > day ? fulfilled : day;
    const businessKey = `${keyText(shipmentId)}-${compactDay(dated)}`;
    const head = { purpose: 'IR', pool: part.pool, day: dated, businessKey, shipmentId, isDecided, of } as const;
    return bookingOf(head, first, some, placeOfPart(part));
  });
  return { receipts, rest, left };
}

/** The first shares that come to so many units, and the rest. */
function splitShares(shares: readonly Share[], units: number): [Share[], Share[]] {
  if (units === 0) return [[], [...shares]];
  const first: Share[] = [];
  const rest: Share[] = [];
  let left = units;
  // What was taken back first, so that what is left of each sum is what came.
  for (const { part, units: own } of [...shares].sort((a, b) => a.units - b.units)) {
    const taken = Math.min(own, left);
    if (taken !== 0) first.push({ part, units: taken });
    if (own !== taken) rest.push({ part, units: own - taken });
    left -= taken;
  }
  return [first, rest];
}
