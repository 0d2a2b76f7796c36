/**
 * What was in transit at the end of a day, by all that is known now: of shipments that were on their way by then, what was
 * shipped less what rows up to the day received and decisions up to it gave up. NetSuite's side is its location, and under
 * `theirs` what transfer orders had fulfilled and not received: their open units now, and what was received of them since.
 */
import type { Day } from '../money/instant.ts';
import { InboundBook } from './inbound-book.ts';
import type { Answer, KeptRow, KeptStock, StockDocument } from './kept-stock.ts';
import type { StockDecision } from './stock-decisions.ts';
import type { InboundFact, InboundStanding, StockFacts, StockPolicy, Units } from './stock-plan.ts';

interface Received extends Pick<KeptStock, 'inboundDecided' | 'opening'> {
  shipments: readonly InboundFact[];
  /** Receipts up to the day. */
  rows: readonly KeptRow[];
  answers: readonly Answer[];
  /** Of these shipments. */
  documents: readonly StockDocument[];
  decisions: readonly StockDecision[];
}

export function standingsOn(
  day: Day,
  { shipments, decisions, ...kept }: Received,
  inbound: StockPolicy['inbound'],
): InboundStanding[] {
  const received = new Set(kept.rows.map(({ reference }) => reference));
  const begun = shipments.filter(({ shipmentId, sent }) => received.has(shipmentId) || (sent !== null && sent <= day));
  const decided = new Set(decisions.filter((one) => one.day <= day).map(({ id }) => id));
  const inboundDecided = kept.inboundDecided.filter(({ decision }) => decided.has(decision));
  const book = new InboundBook({ inbound: begun, transit: [] }, { ...kept, inboundDecided }, inbound);
  // What came and waits is at Amazon, and on its way no more.
  const answered = new Set(kept.answers.map(({ row }) => row));
  for (const { id, reference, sku, quantity } of kept.rows)
    if (!answered.has(id) && book.shipment(reference) !== undefined) book.arrive(reference, sku, quantity);
  return book.standings();
}

/** @param documents of shipments that NetSuite has, on the day on which it has them */
export function openOfOrdersOn(
  day: Day,
  orders: StockFacts['transferOrders'],
  documents: readonly StockDocument[],
  poolOf: (shipmentId: string) => string | undefined,
): Units[] {
  const left = orders.filter(({ fulfilled }) => fulfilled !== null && fulfilled <= day);
  const open = left.flatMap((order) => order.open.map((line) => ({ ...line, shipmentId: order.shipmentId })));
  const ids = new Set(left.map(({ netsuiteId }) => netsuiteId));
  const receivedSince = documents
    .filter((document) => 'of' in document && ids.has(document.of.netsuiteId) && document.day > day)
    .flatMap(({ lines, shipmentId }) => lines.map(({ item, units }) => ({ item, units, shipmentId: shipmentId! })));
  return [...open, ...receivedSince].flatMap(({ item, units, shipmentId }): Units[] => {
    const pool = poolOf(shipmentId);
    return pool === undefined ? [] : [{ pool, item, place: 'inTransit', units }];
  });
}
