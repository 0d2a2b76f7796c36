import type { StockBook } from './stock-book.ts';
import type { ReportRange } from './report-range.ts';
import { plainTable, withOffset } from './tables.ts';
import type { Disposition, RemovalDisposition, WorldRemoval } from './world-stock.ts';

const ORDER_COLUMNS = [
  'request-date',
  'order-id',
  'order-type',
  'service-speed',
  'order-status',
  'last-updated-date',
  'sku',
  'fnsku',
  'disposition',
  'requested-quantity',
  'cancelled-quantity',
  'disposed-quantity',
  'shipped-quantity',
  'in-process-quantity',
  'removal-fee',
  'currency',
] as const;
const SHIPMENT_COLUMNS = [
  'request-date',
  'order-id',
  'shipment-date',
  'sku',
  'fnsku',
  'disposition',
  'shipped-quantity',
  'carrier',
  'tracking-number',
  'removal-order-type',
] as const;

/** GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA: a line for each line of an order that changed in the range. */
export function removalOrdersReport(book: StockBook, range: ReportRange): string | null {
  const rows = book.facts.removals
    .filter(({ at }) => at <= range.now)
    .map((order) => ({ order, progress: progressOf(book, order, range.now) }))
    .filter(({ progress }) => progress.changedAt >= range.start && progress.changedAt <= range.end)
    .sort((a, b) => (a.order.at < b.order.at ? -1 : 1))
    .flatMap(({ order, progress }) =>
      progress.lines.map(({ line, cancelled, disposed, shipped, open }) => [
        withOffset(order.at),
        order.removal,
        order.kind,
        'Standard',
        progress.status,
        withOffset(progress.changedAt),
        line.sku,
        book.lines.placeOf({ sku: line.sku }).fnsku,
        line.disposition,
        String(line.units),
        String(cancelled),
        String(disposed),
        String(shipped),
        String(open),
        line.fee ?? '',
        order.currency ?? '',
      ]),
    );
  return rows.length === 0 ? null : plainTable([ORDER_COLUMNS, ...rows]);
}

/** GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA: what left in the range; no disposed units, and no delivery. */
export function removalShipmentsReport(book: StockBook, range: ReportRange): string | null {
  const orders = new Map(book.facts.removals.map((order) => [order.removal, order]));
  const rows = book
    .happened('remove', range.now)
    .filter(({ event }) => event.at >= range.start && event.at <= range.end)
    .flatMap(({ event }) => {
      const order = orders.get(event.removal);
      if (!order) return [];
      const { fnsku, disposition } = book.lines.placeOf(event);
      return [
        [
          withOffset(order.at),
          order.removal,
          withOffset(event.at),
          event.sku,
          fnsku,
          removalDisposition(disposition),
          String(event.units),
          event.carrier ?? 'UPS',
          event.tracking ?? '',
          order.kind,
        ],
      ];
    });
  return rows.length === 0 ? null : plainTable([SHIPMENT_COLUMNS, ...rows]);
}

interface Progress {
  changedAt: string;
  status: 'In Process' | 'Cancelled' | 'Completed';
  lines: {
    line: WorldRemoval['lines'][number];
    cancelled: number;
    disposed: number;
    shipped: number;
    open: number;
  }[];
}

/** How far an order has come: the events that name it. */
function progressOf(book: StockBook, order: WorldRemoval, now: string): Progress {
  const mine = <Event extends { removal?: string }>(found: { event: Event }[]): Event[] =>
    found.map(({ event }) => event).filter(({ removal }) => removal === order.removal);
  const shipped = mine(book.happened('remove', now));
  const disposed = mine(book.happened('dispose', now));
  const cancelled = mine(book.happened('cancel-removal', now));
  const unitsOf = (
    events: readonly { sku: string; units: number; disposition?: Disposition }[],
    line: WorldRemoval['lines'][number],
  ): number =>
    events
      .filter(
        ({ sku, disposition }) =>
          sku === line.sku && removalDisposition(disposition ?? 'SELLABLE') === line.disposition,
      )
      .reduce((sum, { units }) => sum + units, 0);
  const lines = order.lines.map((line) => {
    const gone = { disposed: unitsOf(disposed, line), shipped: unitsOf(shipped, line) };
    const called = cancelled
      .filter(({ sku, disposition }) => sku === line.sku && (disposition ?? line.disposition) === line.disposition)
      .reduce((sum, { units }) => sum + units, 0);
    return { line, ...gone, cancelled: called, open: line.units - gone.disposed - gone.shipped - called };
  });
  const open = lines.some((line) => line.open > 0);
  const gone = shipped.length + disposed.length > 0;
  return {
    changedAt:
      [order, ...shipped, ...disposed, ...cancelled]
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? order.at,
    status: open ? 'In Process' : gone ? 'Completed' : 'Cancelled',
    lines,
  };
}

function removalDisposition(disposition: Disposition): RemovalDisposition {
  return disposition === 'SELLABLE' ? 'Sellable' : 'Unsellable';
}
