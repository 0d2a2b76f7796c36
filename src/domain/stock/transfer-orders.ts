/** Transfer orders that somebody made for inbound shipments (`inbound: theirs`). */
import type { Day } from '../money/instant.ts';
import type { Receipt } from './kept-stock.ts';
import { isEnded } from './inbound-statuses.ts';
import { compare } from './open-rows.ts';
import type { InboundFact } from './stock-plan.ts';
import type { TransferOrder } from './transfer-order.ts';

/** One, as NetSuite has it. */
export interface TransferOrderFact {
  netsuiteId: string;
  otherRefNum: string | null;
  memo: string | null;
  lines: readonly { item: string; quantity: number; fulfilled: number; received: number; closed: boolean }[];
  /** Lines of its fulfilments, the oldest first. */
  fulfilled: readonly { fulfilment: string; day: Day; item: string; units: number }[];
}

/** With the shipment that each names, in its PO number before its memo; one that names none of them is left out. */
export function transferOrdersOf(orders: readonly TransferOrderFact[], shipments: readonly string[]): TransferOrder[] {
  const known = new Set(shipments);
  return orders.flatMap((order) => {
    const { netsuiteId, otherRefNum, memo, lines } = order;
    const shipmentId = [otherRefNum, memo].flatMap(wordsOf).find((word) => known.has(word));
    if (shipmentId === undefined) return [];
    const isFulfilled = lines.every(({ quantity, fulfilled, closed }) => closed || fulfilled >= quantity);
    // Closed before anything left: nothing of it will come.
    if (isFulfilled && order.fulfilled.length === 0) return [];
    const last =
      order.fulfilled
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? null;
    return [
      {
        netsuiteId,
        shipmentId,
        fulfilled: isFulfilled ? last : null,
        open: openOf(order, isFulfilled),
        fulfilments: order.fulfilled.map(({ day, item, units }) => ({ day, item, units })),
      },
    ];
  });
}

/** Whole words: `FBA15DEMO1` is not named by `FBA15DEMO10`. */
const wordsOf = (text: string | null): string[] => text?.toUpperCase().match(/[A-Z0-9]+/g) ?? [];

/**
 * What is under way, by fulfilment where there are several, or more may leave: receipts take from the oldest, so that the last to
 * leave is still open.
 */
function openOf({ lines, fulfilled }: TransferOrderFact, isFulfilled: boolean): TransferOrder['open'] {
  const underWay = new Map<string, number>();
  for (const line of lines) underWay.set(line.item, (underWay.get(line.item) ?? 0) + line.fulfilled - line.received);
  const open = [...underWay].filter(([, units]) => units !== 0).map(([item, units]) => ({ item, units }));
  if (isFulfilled && new Set(fulfilled.map(({ fulfilment }) => fulfilment)).size < 2) return open;
  return open.flatMap(({ item, units }) => {
    const ofItem = fulfilled.filter((line) => line.item === item);
    let left = units;
    const split: TransferOrder['open'][number][] = [];
    for (const [index, line] of [...ofItem.entries()].reverse()) {
      const some = index === 0 ? left : Math.min(left, line.units);
      left -= some;
      if (some !== 0) split.unshift({ item, units: some, fulfilment: line.fulfilment });
    }
    return split;
  });
}

/** Those of a shipment, which may have several: the one that left first is received first. */
export function ordersOfShipment(orders: readonly TransferOrder[], shipmentId: string): TransferOrder[] {
  const begun = ({ fulfilments }: TransferOrder) => fulfilments.map(({ day }) => day).sort()[0] ?? '9999-12-31';
  return orders
    .filter((order) => order.shipmentId === shipmentId)
    .sort(
      (a, b) =>
        compare(begun(a), begun(b)) || a.netsuiteId.length - b.netsuiteId.length || compare(a.netsuiteId, b.netsuiteId),
    );
}

/**
 * Orders of a shipment of which Amazon's receipts are received: those that have left to the end. Once Amazon says nothing more
 * of the shipment, what left of the others too: nobody waits for their rest any more.
 */
export function receivableOrders(
  orders: readonly TransferOrder[],
  { shipmentId, status, closed }: Pick<InboundFact, 'shipmentId' | 'status' | 'closed'>,
): { orders: TransferOrder[]; isPart: boolean } {
  const own = ordersOfShipment(orders, shipmentId);
  const isOver = closed !== null || isEnded(status);
  const whole = own.filter(({ fulfilled }) => fulfilled !== null || isOver);
  return { orders: whole, isPart: whole.length < own.length };
}

/** Units that are to be received of an order, as far as it has them open; of each fulfilment by a receipt of its own. */
export interface OrderUnits {
  units: number;
  of: Receipt['of'];
  /** Day of the last fulfilment, before which nothing is received of it; null: nothing has left. */
  fulfilled: Day | null;
}

/** Whether anything of it left and was not received. */
export function hasUnderWay({ open }: TransferOrder): boolean {
  return open.some(({ units }) => units !== 0);
}

/** Units of an item that orders have under way. */
export function openOfOrders(orders: readonly TransferOrder[], item: string): number {
  const own = orders.flatMap(({ open }) => open.filter((line) => line.item === item));
  return own.reduce((sum, { units }) => sum + Math.max(0, units), 0);
}

/** Takes from what orders have open, one after the other: a receipt comes out of one fulfilment (netsuite.md §2.12). */
export function takeFromOrders(orders: readonly TransferOrder[], item: string, units: number): OrderUnits[] {
  let left = units;
  return orders.flatMap(({ netsuiteId, fulfilled: whole, fulfilments, open }) => {
    const fulfilled =
      whole ??
      fulfilments
        .map(({ day }) => day)
        .sort()
        .at(-1) ??
      null;
    return open.flatMap((line): OrderUnits[] => {
      const some = line.item === item ? Math.min(left, Math.max(0, line.units)) : 0;
      if (some === 0) return [];
      line.units -= some;
      left -= some;
      const { fulfilment } = line;
      const of = { kind: 'transfer-order', netsuiteId, ...(fulfilment === undefined ? {} : { fulfilment }) } as const;
      return [{ units: some, of, fulfilled }];
    });
  });
}
