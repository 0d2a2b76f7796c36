/**
 * In transit at the end of a day that is past, where the two sides have a thing on different days: a loss of 30 October that
 * was booked on the first open day of November is off Amazon's side on the 30th, and off NetSuite's then. Amazon's side has a
 * shipment from the day on which it was on its way, a receipt from that of its row, what was given up from that of the
 * decision; NetSuite's has each document on the day under which it is booked there, and a transfer order by its fulfilments
(`orders-astride.ts`).
 */
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow, StockDocument } from './kept-stock.ts';
import { isOpening } from './opening.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import { ordersAstride, type OrderedSide } from './orders-astride.ts';
import type { InboundFact } from './stock-plan.ts';
import type { TransferOrder } from './transfer-order.ts';
import type { Moved, TransitAstride } from './transit-part.ts';

/** A document of ours about a shipment or the opening. */
export interface DatedDocument {
  document: StockDocument;
  /** As it was planned, and under which NetSuite has it; null: it does not have it yet. */
  own: Day;
  booked: Day | null;
}

export interface AstrideInput {
  documents: readonly DatedDocument[];
  shipments: readonly InboundFact[];
  /** Receipts, of days after it too. */
  rows: readonly KeptRow[];
  /** Of these rows. */
  answers: readonly Answer[];
  decisions: readonly StockDecision[];
  /** Under `theirs`; else none. */
  orders: readonly TransferOrder[];
  /** Of each shipment and item of these on that day. */
  ordered: readonly OrderedSide[];
}

/** What one side had by the end of the day and the other had not. */
export function transitAstride(day: Day, input: AstrideInput): TransitAstride[] {
  const begun = begunDays(input);
  const moved = movedBy(input, begun);
  const byDocuments = moved.flatMap(({ cause, booked, units, pool, item, document }): TransitAstride[] => {
    if (units === 0) return [];
    const [hasAmazon, hasNetSuite] = [cause <= day, booked !== null && booked <= day];
    if (hasAmazon === hasNetSuite) return [];
    const of = { pool, item, document, shipment: null };
    return hasAmazon
      ? [{ ...of, term: 'waiting', units, day: cause, ends: booked }]
      : [{ ...of, term: 'ahead', units: -units, day: booked!, ends: cause }];
  });
  return [...byDocuments, ...ordersAstride(day, { ...input, begun, moved })];
}

/** From when on something of a shipment is on its way: when it was sent, or its first receipt. */
function begunDays({ shipments, rows }: AstrideInput): ReadonlyMap<string, Day> {
  const receipts = grouped(rows, ({ reference }) => reference);
  return new Map(
    shipments.flatMap(({ shipmentId, sent }) => {
      const days = [sent, ...(receipts.get(shipmentId) ?? []).map((row) => row.day)];
      const first = days.filter((one): one is Day => one !== null).sort()[0];
      return first === undefined ? [] : [[shipmentId, first]];
    }),
  );
}

function movedBy({ documents, rows, answers, decisions }: AstrideInput, begun: ReadonlyMap<string, Day>): Moved[] {
  const kept = new Map(rows.map((row) => [row.id, row]));
  const ofDocument = grouped(
    answers.filter(({ by }) => by.kind === 'document'),
    ({ by }) => (by.kind === 'document' ? by.document : ''),
  );
  const decided = decisionsOf(decisions, 'decideInbound');
  const givenUp = new Set(
    decided
      .filter(({ choice }) => choice === 'lost' || choice === 'returned')
      .map(({ shipmentId, day }) => `${shipmentId} ${day}`),
  );
  const takenIn = new Set(
    decided
      .filter(({ choice }) => choice === 'take-from-source')
      .map(({ shipmentId, sku, day }) => `${shipmentId} ${sku} ${day}`),
  );
  return documents.flatMap(({ document, own, booked }) => {
    const externalId = externalIdOf(document.key);
    const byRows = ofDocument.get(externalId) ?? [];
    const { shipmentId } = document;
    const isGivenUp = givenUp.has(`${shipmentId ?? ''} ${own}`);
    // What the decision sends that never left was on its way for Amazon from the beginning; what it sends back leaves with it.
    const isSent = !isOpening(document) && 'from' in document && (document.from.place === 'source' || !isGivenUp);
    const cause = isSent ? (begun.get(shipmentId ?? '') ?? own) : own;
    const isOfOrder = 'of' in document;
    /** What came beyond what was shipped was never on its way for Amazon: of an order it comes out by the decision. */
    const causeOf = (id: string): Pick<Moved, 'cause' | 'isDecided'> => {
      const row = kept.get(id);
      const isDecided = isOfOrder && takenIn.has(`${shipmentId ?? ''} ${row?.sku ?? ''} ${own}`);
      return { cause: row === undefined || isDecided ? own : row.day, isDecided };
    };
    return inTransitBy(document).flatMap(({ line, ...moved }): Moved[] => {
      const ofLine = byRows.filter(({ by, item }) => by.kind === 'document' && by.line === line && item === moved.item);
      const of = { pool: moved.pool, item: moved.item, booked, document: externalId, shipmentId, isOfOrder };
      const answered = ofLine.map(({ row, units }) => ({ ...of, units: -units, ...causeOf(row) }));
      const rest = moved.units - answered.reduce((sum, one) => sum + one.units, 0);
      return [...answered, { ...of, units: rest, cause, isDecided: isGivenUp }];
    });
  });
}

/** What each line of a document moves in transit: a receipt of a transfer order takes out of it what lies at no location. */
function inTransitBy(document: StockDocument): { line: number; pool: string; item: string; units: number }[] {
  if ('of' in document)
    return document.of.kind === 'transfer-order'
      ? document.lines.map(({ item, units }, line) => ({ line, pool: document.pool, item, units: -units }))
      : [];
  return lineEffects(document)
    .filter(({ place }) => place === 'inTransit')
    .map(({ ref: { line }, pool, item, units }) => ({ line, pool, item, units }));
}
