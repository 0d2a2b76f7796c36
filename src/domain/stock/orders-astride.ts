/**
 * Transfer orders of others on a day that is past (`inbound: theirs`): what Amazon has on its way of a shipment and its orders
 * had not left with yet (*waiting*), or they had left with and Amazon has not (*ahead*): a shipment that is seen later, or a
 * surplus over what was shipped. It is taken from what each side had that day, so that documents, this and nothing else make
 * up the difference; a surplus is ahead until the decision that takes it out of its order, by whatever is decided later.
 */
import type { Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import type { TransferOrder } from './transfer-order.ts';
import type { Moved, TransitAstride } from './transit-part.ts';

/** Of a shipment and an item, in NetSuite's units at the end of the day. */
export interface OrderedSide {
  pool: string;
  shipmentId: string;
  item: string;
  /** Of the whole shipment, as is known now. */
  shipped: number;
  /** What Amazon had on its way. */
  amazon: number;
  /** What its orders had under way. */
  orders: number;
  /** What was under way when stock began and no order had: that is the opening's. */
  opened: number;
}

interface OrdersInput {
  ordered: readonly OrderedSide[];
  orders: readonly TransferOrder[];
  begun: ReadonlyMap<string, Day>;
  /** By documents of ours. */
  moved: readonly Moved[];
}

export function ordersAstride(day: Day, { ordered, orders, begun, moved }: OrdersInput): TransitAstride[] {
  const ofShipment = grouped(moved, ({ shipmentId, item }) => `${shipmentId ?? ''} ${item}`);
  return ordered.flatMap((side): TransitAstride[] => {
    const { pool, shipmentId, item } = side;
    const documents = ofShipment.get(`${shipmentId} ${item}`) ?? [];
    // Without what documents of ours took out of either, which stands by itself.
    const sent = side.amazon - side.opened - sumOf(documents.filter(({ cause }) => cause <= day));
    const isBooked = ({ booked, isOfOrder }: Moved) => isOfOrder && booked !== null && booked <= day;
    const left = side.orders - sumOf(documents.filter(isBooked));
    const fulfilments = orders
      .filter((one) => one.shipmentId === shipmentId)
      .flatMap(({ netsuiteId, fulfilments: own }) =>
        own.filter((one) => one.item === item).map((one) => ({ ...one, document: netsuiteId })),
      )
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    const seen = begun.get(shipmentId) ?? null;
    const of = { pool, item, shipment: shipmentId };
    if (sent > left) {
      const later = fulfilments.filter((one) => one.day > day);
      return dealt(sent - left, later, shipmentId).map(({ units, by, document }) => ({
        ...of,
        term: 'waiting',
        units,
        day: seen ?? day,
        ends: by,
        document,
      }));
    }
    const before = fulfilments.filter((one) => one.day <= day).reverse();
    const takers = [
      ...(seen !== null && seen > day ? [{ units: side.shipped, day: seen }] : []),
      ...documents
        .filter(({ isOfOrder, isDecided, cause }) => isOfOrder && isDecided && cause > day)
        .map(({ units, cause }) => ({ units: -units, day: cause }))
        .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    ];
    return dealt(left - sent, before, shipmentId).flatMap(({ units, by, document }) =>
      dealtOff(units, takers).map((part) => ({
        ...of,
        term: 'ahead' as const,
        units: -part.units,
        day: by ?? day,
        ends: part.ends,
        document,
      })),
    );
  });
}

/** Units over fulfilments in their order; what is left is of the shipment alone. */
function dealt(
  units: number,
  fulfilments: readonly { units: number; day: Day; document: string }[],
  shipmentId: string,
): { units: number; by: Day | null; document: string }[] {
  let rest = units;
  const parts = fulfilments.flatMap(({ units: own, day, document }) => {
    const some = Math.min(own, rest);
    rest -= some;
    return some > 0 ? [{ units: some, by: day, document }] : [];
  });
  return rest > 0 ? [...parts, { units: rest, by: null, document: shipmentId }] : parts;
}

/** Takes from those that take, which are used up; what nobody takes has no end. */
function dealtOff(units: number, takers: { units: number; day: Day }[]): { units: number; ends: Day | null }[] {
  let rest = units;
  const parts: { units: number; ends: Day | null }[] = [];
  for (const taker of takers) {
    const some = Math.min(taker.units, rest);
    if (some > 0) parts.push({ units: some, ends: taker.day });
    rest -= some;
    taker.units -= some;
  }
  if (rest > 0) parts.push({ units: rest, ends: null });
  return parts;
}

const sumOf = (moved: readonly Moved[]): number => moved.reduce((sum, { units }) => sum + units, 0);
