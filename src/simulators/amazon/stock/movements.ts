import type { AmazonWorld } from '../world.ts';
import { seededDigits } from '../seeded.ts';
import type { LedgerCalendar } from './ledger-calendar.ts';
import { columnOf, isReconciled } from './movement.ts';
import type { Movement } from './movement.ts';
import type { StockLines, StockPlace } from './stock-lines.ts';
import type {
  Disposition,
  Placed,
  StockEvent,
  Told,
  WorldReimbursement,
  WorldReturn,
  WorldStock,
} from './world-stock.ts';

interface Half {
  event: string;
  told: Told;
  place: StockPlace;
  units: number;
  eventType: string;
  reason?: string;
  reference?: string;
  at?: string;
  transitAt?: StockPlace;
}

/** Every row that the ledger will ever have of a world's stock, in order of time. Throws where an event means nothing. */
export function movementsOf(
  world: AmazonWorld,
  stock: WorldStock,
  { lines, calendar }: { lines: StockLines; calendar: LedgerCalendar },
): Movement[] {
  const halves = [
    ...dispatches(world, lines),
    ...(stock.events ?? []).flatMap((event, index) => ofEvent(event, nameOf('events', event, index), lines)),
    ...(stock.returns ?? []).flatMap((given, index) => ofReturn(given, nameOf('returns', given, index), lines)),
    ...(stock.reimbursements ?? []).flatMap((given, index) =>
      ofReimbursement(given, nameOf('reimbursements', given, index), lines),
    ),
  ];
  const withdrawn = withdrawalsOf(stock);
  return halves
    .flatMap((half) => rowsOf(half, calendar, withdrawn.get(half.event) ?? null))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Events that are taken back, by name, with the instant from which they had not happened. */
export function withdrawalsOf(stock: WorldStock): Map<string, string> {
  return new Map(
    (stock.events ?? []).flatMap((event) => (event.type === 'withdraw' ? [[event.event, event.at] as const] : [])),
  );
}

/** What others call an event: its id, else its place in its list. */
export function nameOf(list: string, { id }: { id?: string }, index: number): string {
  return id ?? `${list} ${index}`;
}

/** Dispatches of the world's own orders that Amazon sends, one row for each item of a shipment. */
function dispatches(world: AmazonWorld, lines: StockLines): Half[] {
  const orders = new Map(world.orders.map((order) => [order.orderId, order]));
  return world.shipments.flatMap((shipment) => {
    const order = orders.get(shipment.orderId);
    if (order?.fulfilledBy !== 'AMAZON') return [];
    return shipment.items.flatMap((item): Half[] => {
      const place = lines.placeOfDispatch(item.sku, order.marketplaceId, shipment.fulfillmentCenter);
      if (!place || item.quantity === 0) return [];
      const event = `${shipment.shipmentId}/${item.shipmentItemId}`;
      return [{ event, told: { at: shipment.shippedAt }, place, units: -item.quantity, eventType: 'Shipments' }];
    });
  });
}

function ofEvent(event: StockEvent, name: string, lines: StockLines): Half[] {
  switch (event.type) {
    case 'ship':
      return [half(event, name, lines, { units: -event.units, eventType: 'Shipments' })];
    case 'receive':
      return [half(event, name, lines, { units: event.units, eventType: 'Receipts', reference: event.shipment })];
    case 'adjust':
      return [half(event, name, lines, adjustment(name, event.reason, event.units))];
    case 'convert': {
      const into = { ...lines.placeOf(event), disposition: event.into };
      return [
        half(event, name, lines, adjustment(name, event.reason, -event.units)),
        { event: name, told: event, place: into, ...adjustment(`${name} P`, 'P', event.units) },
      ];
    }
    case 'redefine': {
      const { country, centre, disposition } = lines.placeOf(event);
      const into = { ...lines.placeOf({ sku: event.into, country }), country, centre, disposition };
      return [
        half(event, name, lines, adjustment(name, '4', -event.units)),
        { event: name, told: event, place: into, ...adjustment(`${name} 3`, '3', event.units) },
      ];
    }
    case 'transfer':
      return transfer(event, name, lines);
    case 'remove':
      return [half(event, name, lines, { units: -event.units, eventType: 'VendorReturns' })];
    case 'dispose':
      return [half(event, name, lines, adjustment(name, 'D', -event.units))];
    case 'row': {
      const { units, eventType, reason = '', reference = '' } = event;
      return [half(event, name, lines, { units, eventType, reason, reference })];
    }
    case 'cancel-removal':
    case 'hold':
    case 'inbound-status':
    case 'inbound-units':
    case 'reconcile':
    case 'retitle':
    case 'withdraw':
      return [];
  }
}

/** Out of one centre, and later into the other: two ids, since Amazon's two sides cannot be paired. */
function transfer(event: Extract<StockEvent, { type: 'transfer' }>, name: string, lines: StockLines): Half[] {
  if (event.arrives < event.at) throw new Error(`${name}: a transfer arrives after it left`);
  const from = lines.placeOf(event);
  const to = { ...from, centre: event.to, country: event.toCountry ?? from.country };
  const side = (place: StockPlace, units: number, at: string, way: string): Half => ({
    event: name,
    told: event,
    place,
    units,
    eventType: 'WhseTransfers',
    reference: seededDigits(`${name} ${way}`, 10),
    at,
    transitAt: from,
  });
  return [side(from, -event.units, event.at, 'out'), side(to, event.units, event.arrives, 'in')];
}

/** Each unit is a row: units of one order that come back alike are rows alike. DAMAGED is kept and paid for: no row. */
function ofReturn(given: WorldReturn, name: string, lines: StockLines): Half[] {
  if (given.disposition === 'DAMAGED') return [];
  const disposition: Disposition = given.disposition;
  const place = lines.placeOf({ ...given, sku: given.came ?? given.sku, disposition });
  const told: Told = { ...given, at: given.ledgerAt ?? given.at, inRowsOf: 1 };
  return [{ event: name, told, place, units: given.units ?? 1, eventType: 'CustomerReturns' }];
}

/** Units given instead of money: `N`; taken back: `O`. */
function ofReimbursement(given: WorldReimbursement, name: string, lines: StockLines): Half[] {
  const units = given.inventory ?? 0;
  const place = lines.placeOf(given);
  return units === 0 ? [] : [{ event: name, told: given, place, ...adjustment(name, units > 0 ? 'N' : 'O', units) }];
}

function half(
  event: Placed,
  name: string,
  lines: StockLines,
  rest: Pick<Half, 'units' | 'eventType' | 'reason' | 'reference'>,
): Half {
  return { event: name, told: event, place: lines.placeOf(event), ...rest };
}

/** An adjustment has an id of digits, another one for each row of a pair. */
function adjustment(
  name: string,
  reason: string,
  units: number,
): Pick<Half, 'units' | 'eventType' | 'reason' | 'reference'> {
  return { units, eventType: 'Adjustments', reason, reference: seededDigits(`adjustment ${name}`, 11) };
}

/** The rows in which an event is told: one, or equal ones of so many units. */
function rowsOf(half: Half, calendar: LedgerCalendar, withdrawnAt: string | null): Movement[] {
  const { told, event, place, eventType, reason = '', reference = '' } = half;
  const at = half.at ?? told.at;
  const row = {
    ...pick(place),
    event,
    at,
    day: calendar.dayOf(at),
    eventType,
    reason,
    reference,
    column: columnOf(eventType, reason),
    reconciles: isReconciled(eventType, reason),
    inDetail: told.inDetail ?? at,
    inSummary: told.inSummary ?? (told.inDetail === 'never' ? at : (told.inDetail ?? at)),
    withdrawnAt,
    transitAt: half.transitAt ?? null,
  };
  return portions(half.units, told.inRowsOf ?? Math.abs(half.units)).map((units) => ({ ...row, units }));
}

function pick({ sku, fnsku, country, centre, disposition }: StockPlace): StockPlace {
  return { sku, fnsku, country, centre, disposition };
}

/** −10 in fours: −4, −4, −2. */
function portions(units: number, size: number): number[] {
  const sign = Math.sign(units);
  const found: number[] = [];
  for (let rest = Math.abs(units); rest > 0; rest -= size) found.push(sign * Math.min(size, rest));
  return found;
}
