/**
 * `Receipts`. Of a known shipment they come out of in transit: rows of one shipment, SKU and day are summed first; up to
 * what was shipped is taken at once, the rest waits as `inbound-over`; units taken back open the shipment again. Under
 * `theirs` a receipt of the transfer order, or of several one after the other, takes what it has open, a transfer what in transit itself has; what neither has
 * nobody sent by the books, and waits as over. Of no known shipment they wait for a person, or for
 * somebody else's purchase receipt. They are posted at each reading: what came in is sold within minutes.
 */
import type { Answer } from './kept-stock.ts';
import { bookingOf, joined, placeOfPart, transferHead, type Booking, type Outcome } from './booking.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import type { InboundBook } from './inbound-book.ts';
import { matchByDay } from './match-days.ts';
import { answerByMovement, isReceiptOfOthers, type OpenMovement } from './open-movements.ts';
import { rowsOf, settledByNothing, takeOfRow, type OpenPart, type OpenRow, type Share } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { receivedOfOrders } from './order-receipts.ts';
import type { InboundFact } from './stock-plan.ts';
import type { TransitUnits } from './transit-units.ts';
import { openOfOrders, ordersOfShipment, receivableOrders } from './transfer-orders.ts';
import type { TransferOrder } from './transfer-order.ts';

/** Days that a purchase receipt and its row may lie apart. */
const NEAR_DAYS = 3;

export function answerReceipts(
  parts: readonly OpenPart[],
  movements: readonly OpenMovement[],
  book: InboundBook,
  planning: Planning,
): Outcome {
  const rows = rowsOf(parts);
  const outcomes: Partial<Outcome>[] = [];
  const unknown: OpenPart[] = [];
  for (const own of grouped(rows, ({ row }) => `${row.reference} ${row.sku}`).values()) {
    const [{ row }] = own as [OpenRow];
    const shipment = book.shipment(row.reference);
    const isTheirs = planning.policy.inbound === 'theirs';
    const orders = isTheirs ? ordersOfShipment(planning.facts.transferOrders, row.reference) : null;
    if (shipment === undefined || orders?.length === 0) {
      unknown.push(...own.flatMap((received) => received.parts));
      // What came is on its way no more, whoever has to answer it.
      if (shipment !== undefined) book.arrive(row.reference, row.sku, netOf(own));
    } else outcomes.push(ofShipment(own, shipment, orders, book));
  }
  return joined([...outcomes, ofNoShipment(unknown, movements, planning)]);
}

/**
 * Rows of one shipment and SKU, the earlier days first.
 * @param orders of the shipment, under `theirs` alone: one that has left in part is not received from while the shipment goes
 * on, and what no other has waits for it
 */
function ofShipment(
  rows: readonly OpenRow[],
  shipment: InboundFact,
  orders: readonly TransferOrder[] | null,
  book: InboundBook,
): Partial<Outcome> {
  const { orders: whole, isPart } =
    orders === null ? { orders: null, isPart: false } : receivableOrders(orders, shipment);
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  const { sku } = rows[0]!.row;
  const takeIn = (own: readonly OpenRow[]) => {
    const units = Math.min(
      netOf(own),
      book.open(shipment.shipmentId, sku),
      roomFor(own[0]!, { orders: whole ?? [], held: isPart ? null : book.transit, pool: shipment.pool }),
    );
    const shares = sharesOf(own, units);
    if (units === 0) {
      if (shares.length > 0) answers.push(...settledByNothing(groupOf(shares), shares));
      return;
    }
    book.receive(shipment.shipmentId, sku, units);
    for (const ofItem of grouped(shares, ({ part }) => part.item).values())
      bookings.push(...bookedReceipt(ofItem, shipment, whole, book));
  };
  const over: OpenRow[][] = [];
  for (const own of grouped(rows, (row) => `${row.parts[0]!.day} ${stockOf(row)}`).values()) {
    const alike = over.flat().filter((row) => stockOf(row) === stockOf(own[0]!));
    const net = netOf(own);
    if (net >= 0 || net + nothingOf(alike, own, -net, answers) < 0) takeIn(own);
    over.push(own.filter(({ open }) => open > 0));
  }
  // What was taken back at another place has made room.
  for (const own of over) if (netOf(own) > 0) takeIn(own);
  const left = over.flat().filter(({ open }) => open > 0);
  book.arrive(shipment.shipmentId, sku, netOf(left));
  return {
    bookings,
    answers,
    waits: left.flatMap(({ parts }) =>
      parts.map((part) => ({ part, reason: isPart ? ('transfer-order' as const) : ('inbound-over' as const) })),
    ),
  };
}

/**
 * Units of the SKU that the books have on their way: as many as of each of its items the orders, or in transit, have; while an
 * order is to leave, what lies there by hand is not taken in its stead.
 */
function roomFor(
  { parts }: OpenRow,
  { orders, held, pool }: { orders: readonly TransferOrder[]; held: TransitUnits | null; pool: string },
): number {
  const rooms = parts.map(
    ({ item, perSku }) => (openOfOrders(orders, item) + (held?.has({ pool, item }) ?? 0)) / perSku,
  );
  return Math.floor(Math.min(...rooms));
}

/** What a row moves, and where: rows that differ in it are not summed, a SKU may have been mapped anew. */
const stockOf = ({ parts }: OpenRow): string =>
  parts.map(({ pool, place, item, perSku }) => [pool, place, item, perSku].join(' ')).join(', ');
const netOf = (rows: readonly OpenRow[]): number => rows.reduce((sum, { open }) => sum + open, 0);

/** Units taken back, first of those that wait as over: neither moved anything. @returns how many were */
function nothingOf(over: OpenRow[], own: readonly OpenRow[], wanted: number, answers: Answer[]): number {
  let done = 0;
  for (const back of own.filter(({ open }) => open < 0)) {
    for (const waiting of over) {
      const units = Math.min(waiting.open, -back.open, wanted - done);
      if (units <= 0) continue;
      const shares = [...sharesOf([waiting], units), ...sharesOf([back], -units)];
      answers.push(...settledByNothing(groupOf(shares), shares));
      done += units;
    }
  }
  return done;
}

/** So many units of the SKU, net: all that was taken back, and of what came the earlier rows first. */
function sharesOf(rows: readonly OpenRow[], net: number): Share[] {
  const wanted = { back: 0, came: 0 };
  if (rows.length === 1) wanted[net < 0 ? 'back' : 'came'] = Math.abs(net);
  else {
    wanted.back = rows.reduce((sum, { open }) => sum - Math.min(0, open), 0);
    wanted.came = net + wanted.back;
    const came = rows.reduce((sum, { open }) => sum + Math.max(0, open), 0);
    if (wanted.came > came) throw new Error('bug: more is received than the rows have');
  }
  return rows.flatMap((row) => {
    const side = row.open < 0 ? 'back' : 'came';
    const units = Math.min(Math.abs(row.open), wanted[side]);
    if (units === 0) return [];
    wanted[side] -= units;
    const signed = side === 'back' ? -units : units;
    return takeOfRow(row, signed);
  });
}

const groupOf = (shares: readonly Share[]): string => shares.map(({ part }) => part.row.id).join('~');

function bookedReceipt(
  shares: readonly Share[],
  shipment: InboundFact,
  orders: readonly TransferOrder[] | null,
  { transit: held }: InboundBook,
): Booking[] {
  const [{ part }] = shares as [Share];
  const units = shares.reduce((sum, share) => sum + share.units, 0);
  const transit = { pool: shipment.pool, place: 'inTransit' } as const;
  const place = placeOfPart(part);
  const { shipmentId } = shipment;
  if (orders === null || units < 0) {
    held.put({ pool: shipment.pool, item: part.item }, -units);
    const head = units > 0 ? transferHead(part.day, transit, place, { shipmentId }) : null;
    return [
      bookingOf(
        head ?? transferHead(part.day, place, transit, { shipmentId }),
        shares,
        Math.abs(units),
        units > 0 ? place : transit,
      ),
    ];
  }
  const { receipts, rest, left } = receivedOfOrders(shares, orders, {
    shipmentId,
    day: part.day,
    units,
    isDecided: false,
  });
  held.put({ pool: shipment.pool, item: part.item }, -left);
  return left === 0
    ? receipts
    : [...receipts, bookingOf(transferHead(part.day, transit, place, { shipmentId }), rest, left, place)];
}

function ofNoShipment(
  parts: readonly OpenPart[],
  movements: readonly OpenMovement[],
  { policy, today }: Planning,
): Partial<Outcome> {
  const answers: Answer[] = [];
  const receipts = grouped(
    movements.filter((one) => isReceiptOfOthers(one) && !one.inStand),
    ({ pool, place, movement }) => `${pool} ${place} ${movement.item}`,
  );
  const came = parts.filter(({ open }) => open > 0);
  for (const [key, own] of grouped(came, ({ pool, place, item }) => `${pool} ${place} ${item}`))
    matchByDay(
      own,
      receipts.get(key) ?? [],
      { dayOf: { one: ({ row }) => row.day, other: ({ movement }) => movement.day }, from: 0, to: NEAR_DAYS },
      (part, other, units) => {
        answers.push(answerByMovement(part, other, units));
      },
    );
  const left = parts.filter(({ open }) => open !== 0);
  return {
    answers,
    waits: left.map((part) => ({
      part,
      reason: hasPassed(part.row.day, policy.graceDays, today) ? 'receipt-unknown' : 'counterpart',
    })),
  };
}
