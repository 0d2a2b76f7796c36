import { DAY } from '../instants.ts';
import { momentOf } from '../order-view.ts';
import type { AmazonState } from '../state.ts';
import { inboundAt } from './inbound-at.ts';
import type { InboundMoment } from './inbound-at.ts';
import { stands } from './movement.ts';
import type { StockBook } from './stock-book.ts';
import type { Disposition } from './world-stock.ts';
import { titlesAt } from './titles.ts';

const UNFULFILLABLE: readonly (readonly [string, Disposition])[] = [
  ['customerDamagedQuantity', 'CUSTOMER_DAMAGED'],
  ['warehouseDamagedQuantity', 'WAREHOUSE_DAMAGED'],
  ['distributorDamagedQuantity', 'DISTRIBUTOR_DAMAGED'],
  ['carrierDamagedQuantity', 'CARRIER_DAMAGED'],
  ['defectiveQuantity', 'DEFECTIVE'],
  ['expiredQuantity', 'EXPIRED'],
];

/** Units of one SKU and FNSKU as they lie now: by disposition, and those that wait or travel. */
interface Held {
  byDisposition: Map<string, number>;
  between: number;
  processing: number;
  researching: { short: number; mid: number; long: number };
  changedAt: string;
}

/** What the inventory API says of the SKUs of a marketplace, in their order; `changedAt` does not notice inbound units. */
export function inventoryAt(state: AmazonState, { marketplaceId, now }: { marketplaceId: string; now: string }) {
  const book = state.stock;
  const title = titlesAt(book, now);
  const ordered = orderedUnits(state, { marketplaceId, now });
  const inbound = inboundUnits(book, { marketplaceId, now });
  return [...heldAt(book, { marketplaceId, now })]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => {
      const [sku = '', fnSku = ''] = key.split('\t');
      const sellable = held.byDisposition.get('SELLABLE') ?? 0;
      const { short, mid, long } = held.researching;
      const researching = short + mid + long;
      const free = Math.max(0, sellable - held.processing - researching);
      // Units ordered and not sent yet are told of the FNSKU that goes out; a world has one that is first.
      const first = book.lines.linesOf(sku)[0]?.fnsku === fnSku;
      const pending = first ? Math.min(free, ordered.get(sku) ?? 0) : 0;
      const unfulfillable = Object.fromEntries(
        UNFULFILLABLE.map(([name, disposition]) => [name, held.byDisposition.get(disposition) ?? 0]),
      );
      const lost = Object.values(unfulfillable).reduce((sum, units) => sum + units, 0);
      const coming = (first ? inbound.get(sku) : undefined) ?? { working: 0, shipped: 0, receiving: 0 };
      return {
        changedAt: held.changedAt,
        summary: {
          asin: book.lines.asinOf(sku),
          fnSku,
          sellerSku: sku,
          condition: 'NewItem',
          inventoryDetails: {
            fulfillableQuantity: free - pending,
            inboundWorkingQuantity: coming.working,
            inboundShippedQuantity: coming.shipped,
            inboundReceivingQuantity: coming.receiving,
            reservedQuantity: {
              totalReservedQuantity: pending + held.between + held.processing,
              pendingCustomerOrderQuantity: pending,
              pendingTransshipmentQuantity: held.between,
              fcProcessingQuantity: held.processing,
            },
            researchingQuantity: {
              totalResearchingQuantity: researching,
              researchingQuantityBreakdown: [
                { name: 'researchingQuantityInShortTerm', quantity: short },
                { name: 'researchingQuantityInMidTerm', quantity: mid },
                { name: 'researchingQuantityInLongTerm', quantity: long },
              ],
            },
            unfulfillableQuantity: { totalUnfulfillableQuantity: lost, ...unfulfillable },
          },
          lastUpdatedTime: held.changedAt,
          productName: title(sku),
          totalQuantity: sellable + held.between + lost + coming.working + coming.shipped + coming.receiving,
          stores: [],
        },
      };
    });
}

function heldAt(book: StockBook, { marketplaceId, now }: { marketplaceId: string; now: string }): Map<string, Held> {
  const all = new Map<string, Held>();
  const serves = (country: string): boolean => book.lines.marketplaceOf(country) === marketplaceId;
  const at = ({ sku, fnsku }: { sku: string; fnsku: string }): Held => {
    const key = `${sku}\t${fnsku}`;
    const known = all.get(key);
    if (known) return known;
    const held: Held = {
      byDisposition: new Map(),
      between: 0,
      processing: 0,
      researching: { short: 0, mid: 0, long: 0 },
      changedAt: book.calendar.beginOf(book.openedOn() ?? now.slice(0, 10)),
    };
    all.set(key, held);
    return held;
  };
  const put = (held: Held, disposition: string, units: number): void =>
    void held.byDisposition.set(disposition, (held.byDisposition.get(disposition) ?? 0) + units);
  for (const line of book.lines.lines())
    if (serves(line.country)) put(at(line), line.disposition ?? 'SELLABLE', line.units);
  for (const movement of book.movements) {
    // What was taken back changed something, too.
    if (movement.withdrawnAt !== null && movement.withdrawnAt <= now && serves(movement.country))
      at(movement).changedAt = later(at(movement).changedAt, movement.withdrawnAt);
    if (!stands(movement, now)) continue;
    if (serves(movement.country)) {
      const held = at(movement);
      put(held, movement.disposition, movement.units);
      held.changedAt = later(held.changedAt, movement.at);
    }
    if (movement.transitAt && serves(movement.transitAt.country)) at(movement).between -= movement.units;
  }
  for (const { event } of book.happened('hold', now)) {
    const place = book.lines.placeOf(event);
    if (!serves(place.country) || (event.until !== undefined && event.until <= now)) continue;
    const held = at(place);
    held.changedAt = later(held.changedAt, event.at);
    if (event.as === 'processing') held.processing += event.units;
    else held.researching[termOf(event.at, now)] += event.units;
  }
  return all;
}

/** 1 to 10 days, 11 to 20, from 21 on. */
function termOf(since: string, now: string): 'short' | 'mid' | 'long' {
  const days = (Date.parse(now) - Date.parse(since)) / DAY;
  return days < 11 ? 'short' : days < 21 ? 'mid' : 'long';
}

/** Units that customers of a marketplace have ordered and that have not left. */
function orderedUnits(
  state: AmazonState,
  { marketplaceId, now }: { marketplaceId: string; now: string },
): Map<string, number> {
  const units = new Map<string, number>();
  for (const order of state.world.orders) {
    if (order.fulfilledBy !== 'AMAZON' || order.marketplaceId !== marketplaceId) continue;
    const status = momentOf(order, now)?.status;
    if (status === undefined || status === 'CANCELLED' || status === 'SHIPPED') continue;
    const left = (state.shipmentsByOrder.get(order.orderId) ?? [])
      .filter(({ shippedAt }) => shippedAt <= now)
      .flatMap(({ items }) => items);
    for (const item of order.items) {
      const cancelled = item.cancelled && item.cancelled.at <= now ? item.cancelled.units : 0;
      const shipped = left
        .filter(({ orderItemId }) => orderItemId === item.orderItemId)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      units.set(item.sku, (units.get(item.sku) ?? 0) + Math.max(0, item.quantity - cancelled - shipped));
    }
  }
  return units;
}

/** Units of shipments under way by SKU: told of, sent off, and at the centre but not received. */
function inboundUnits(
  book: StockBook,
  { marketplaceId, now }: { marketplaceId: string; now: string },
): Map<string, { working: number; shipped: number; receiving: number }> {
  const units = new Map<string, { working: number; shipped: number; receiving: number }>();
  for (const moment of inboundAt(book, now)) {
    if (book.lines.marketplaceOf(moment.shipment.country) !== marketplaceId) continue;
    const kind = inboundKind(moment);
    if (kind === null) continue;
    for (const item of moment.items) {
      const known = units.get(item.sku) ?? { working: 0, shipped: 0, receiving: 0 };
      known[kind] += Math.max(0, item.shipped - item.received);
      units.set(item.sku, known);
    }
  }
  return units;
}

/** A shipment counts as being received from the first unit on; what is closed, cancelled or in error is not coming. */
function inboundKind({ status, items }: InboundMoment): 'working' | 'shipped' | 'receiving' | null {
  if (status === 'WORKING' || status === 'READY_TO_SHIP') return 'working';
  if (['CLOSED', 'CANCELLED', 'DELETED', 'ERROR'].includes(status)) return null;
  return status === 'RECEIVING' || items.some(({ received }) => received !== 0) ? 'receiving' : 'shipped';
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
