/**
 * What an inbound shipment moves besides its receipts (`inventory-transfer`; under `theirs` somebody's transfer order has
 * done it): what was shipped goes from the seller's warehouse into transit, dated the earlier of the day on which it was
 * seen as shipped and its first receipt. Changed or cancelled, the difference moves, either way.
 */
import { addDays, type Day } from '../money/instant.ts';
import { beyondShipped, leftWithOrders, unitsUnderWay } from './beyond-shipped.ts';
import { transferHead, type Booking } from './booking.ts';
import { rowless } from './decided-inbound.ts';
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { InboundBook } from './inbound-book.ts';
import { isEnded } from './inbound-statuses.ts';
import type { KeptRow, StockDocument } from './kept-stock.ts';
import type { OpenPart, Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { MappingChange } from './sku-items.ts';
import type { InboundFact, InboundStanding, StockProblem, Units } from './stock-plan.ts';
import { summedUnits } from './summed-units.ts';

/** @param bookings of this run so far: receipts and decisions that have moved units of in transit */
export function dueInTransit(book: InboundBook, bookings: readonly Booking[], planning: Planning): Booking[] {
  if (planning.policy.inbound !== 'inventory-transfer') return [];
  const { kept, policy } = planning;
  const receipts = kept.rows.filter(({ eventType, day }) => eventType === 'Receipts' && day >= policy.from);
  const known = {
    standings: grouped(book.standings(), ({ shipmentId }) => shipmentId),
    receipts: grouped(receipts, ({ reference }) => reference),
    documents: grouped(kept.documents, ({ shipmentId }) => shipmentId ?? ''),
    bookings: grouped(bookings, ({ head }) => head.shipmentId ?? ''),
  };
  return planning.facts.inbound.flatMap((shipment) => dueOf(shipment, known, planning));
}

/** What is known of shipments, by their id. */
interface OfShipments {
  standings: ReadonlyMap<string, readonly InboundStanding[]>;
  receipts: ReadonlyMap<string, readonly KeptRow[]>;
  documents: ReadonlyMap<string, readonly StockDocument[]>;
  bookings: ReadonlyMap<string, readonly Booking[]>;
}

function dueOf(shipment: InboundFact, known: OfShipments, planning: Planning): Booking[] {
  const { policy, facts, kept, items, today } = planning;
  const { shipmentId, pool } = shipment;
  const standings = known.standings.get(shipmentId) ?? [];
  const firstReceipt = (known.receipts.get(shipmentId) ?? []).map(({ day }) => day).sort()[0] ?? null;
  const begun = [shipment.sent, firstReceipt].filter((day): day is Day => day !== null).sort()[0];
  // What was under way before stock began is the opening's, as soon as that is known.
  if (begun === undefined || (kept.opening === null && begun < policy.from)) return [];
  const due = new Map<string, number>();
  const add = (item: string, units: number) => due.set(item, (due.get(item) ?? 0) + units);
  for (const { sku, inTransit } of standings)
    for (const { item, perSku } of items.atEnd(sku, today) ?? []) add(item, inTransit * perSku);
  const opened = addDays(policy.from, -1);
  for (const { shipmentId: of, sku, open } of kept.opening?.inbound ?? [])
    if (of === shipmentId) for (const { item, perSku } of items.atEnd(sku, opened) ?? []) add(item, -open * perSku);
  const documents = known.documents.get(shipmentId) ?? [];
  for (const effect of documents.flatMap(lineEffects))
    if (effect.place === 'inTransit') add(effect.item, -effect.units);
  for (const booking of known.bookings.get(shipmentId) ?? [])
    for (const [item, units] of transitOf(booking)) add(item, -units);
  const isFirst =
    !kept.opening?.inbound.some((one) => one.shipmentId === shipmentId) &&
    !documents.some((one) => 'from' in one && one.from.place === 'source' && one.to.place === 'inTransit');
  const changes = isFirst ? [] : changesSince(begun, standings, planning);
  /** What a mapping moves is of its day; what is changed in the shipment of the day on which that is seen. */
  const dayOf = (item: string): Day => {
    if (isFirst) return begun;
    const last = changes.findLast(({ from, to }) => [...from, ...to].some((one) => one.item === item));
    const isMoved = (of: Day) => documents.some((one) => one.day >= of && isBetween(one) && hasItem(one, item));
    return last === undefined || isMoved(last.decided) ? today : last.decided;
  };
  const [source, transit] = [
    { pool, place: 'source' },
    { pool, place: 'inTransit' },
  ] as const;
  return [...due].flatMap(([item, units]) => {
    if (units === 0 || policy.leave.includes(item) || facts.uncountable.has(item)) return [];
    const [from, to] = units > 0 ? [source, transit] : [transit, source];
    const day = dayOf(item);
    const head = transferHead(day < policy.from ? policy.from : day, from, to, { shipmentId });
    return [rowless(head, { item, units: Math.abs(units), place: to, against: [] })];
  });
}

/** Mappings of its SKUs that came in the place of another while it was under way, by their days. */
function changesSince(begun: Day, standings: readonly InboundStanding[], { items, today }: Planning): MappingChange[] {
  const skus = new Set(standings.map(({ sku }) => sku));
  return items
    .changes()
    .filter(({ sku, decided }) => skus.has(sku) && decided >= begun && decided <= today)
    .sort((a, b) => (a.decided < b.decided ? -1 : a.decided > b.decided ? 1 : 0));
}

/** Between the seller's warehouse and in transit, either way. */
const isBetween = (document: StockDocument): boolean =>
  'from' in document && (document.from.place === 'source' || document.to.place === 'source');
const hasItem = ({ lines }: StockDocument, item: string): boolean => lines.some((line) => line.item === item);

function transitOf({ head, item, units, place }: Booking): [string, number][] {
  if (head.purpose === 'TRF')
    return [
      ...(head.from.place === 'inTransit' ? [[item, -units] as [string, number]] : []),
      ...(head.to.place === 'inTransit' ? [[item, units] as [string, number]] : []),
    ];
  return head.purpose === 'ADJ' && place.place === 'inTransit' ? [[item, units]] : [];
}

/** What is left of shipments once all decisions are carried out: beyond what was shipped at Amazon, and in transfer orders. */
export function standWhatWaits(waits: readonly Wait[], book: InboundBook, planning: Planning): void {
  const over = waits.filter(({ reason }) => reason === 'inbound-over').map(({ part }) => part);
  for (const own of grouped(over, ({ row }) => `${row.reference} ${row.sku}`).values()) {
    const [{ row, item }] = own as [OpenPart];
    const units = own.reduce((sum, part) => sum + (part.item === item ? part.open / part.perSku : 0), 0);
    book.setOver(row.reference, row.sku, units);
  }
  const came = waits.map(({ part }) => part);
  for (const shipment of planning.facts.inbound)
    book.setOrders(shipment, {
      lefts: leftWithOrders(shipment, book, planning),
      beyond: beyondShipped(shipment, came, book, planning),
    });
}

/**
 * Closed with less than was shipped, or over with more in its transfer orders (`beyond-shipped.ts`); a decision to wait holds
 * until the figure is another.
 */
export function shortShipments(book: InboundBook, planning: Planning, decided: Planning['kept']['inboundDecided']) {
  const { costs, items, today, policy } = planning;
  return book.standings().flatMap((standing): StockProblem[] => {
    const { shipmentId, sku, pool, beyond = [] } = standing;
    const shipment = book.shipment(shipmentId);
    if (shipment === undefined) return [];
    const inTransit = shipment.closed !== null || isEnded(shipment.status) ? standing.inTransit : 0;
    if (inTransit === 0 && beyond.length === 0) return [];
    const last = decided.findLast((one) => one.shipmentId === shipmentId && one.sku === sku);
    if (last?.choice === 'wait' && last.units === unitsUnderWay(standing)) return [];
    const perSkus = inTransit === 0 ? [] : items.atEnd(sku, today);
    const counted = (perSkus ?? []).filter(({ item }) => !policy.leave.includes(item));
    const parts = summedUnits(
      [...counted.map(({ item, perSku }) => ({ item, units: inTransit * perSku })), ...beyond].map(
        ({ item, units }): Units => ({ pool, place: 'inTransit', item, units }),
      ),
    );
    if (perSkus !== null && parts.length === 0) return [];
    const only = parts.length === 1 ? parts[0]! : null;
    return [
      {
        code: 'inbound-short',
        key: `${shipmentId} ${sku}`,
        pool,
        sku,
        item: only?.item ?? null,
        units: only?.units ?? unitsUnderWay(standing),
        value: only ? costs.valueOf(only.item, only.units, only) : null,
        day: shipment.closed,
        rows: [],
        documents: [shipmentId],
        what: shortWords(shipment, { ...standing, inTransit }),
      },
    ];
  });
}

function shortWords(
  { status, closed }: InboundFact,
  { shipmentId, sku, shipped, inTransit, beyond = [] }: InboundStanding,
) {
  const short = inTransit === 0 ? [] : [`${inTransit} of ${shipped} of ${sku} were not received`];
  const more = beyond.map(
    ({ item, units }) => `its transfer orders have ${units} of ${item} under way that Amazon does not`,
  );
  return `${shipmentId} is ${closed === null ? status.toLowerCase() : 'closed'}, and ${[...short, ...more].join('; ')}`;
}
