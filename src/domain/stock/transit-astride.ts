/**
 * In transit at the end of a day that is past, where the two sides have a thing on different days: a loss of 30 October that
 * was booked on the first open day of November is off Amazon's side on the 30th, and off NetSuite's then. Amazon's side has a
 * shipment from the day on which it was on its way, a receipt from that of its row, what was given up from that of the
 * decision; NetSuite's has each document on the day under which it is booked there, and a transfer order by its fulfilments.
 */
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow, StockDocument } from './kept-stock.ts';
import { isOpening } from './opening.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { InboundFact } from './stock-plan.ts';
import type { TransferOrder } from './transfer-order.ts';

/** A part of Amazon's units less NetSuite's, of an item in transit. */
export interface TransitAstride {
  pool: string;
  item: string;
  /** `waiting`: Amazon's side has it, `ahead`: NetSuite's. */
  term: 'waiting' | 'ahead';
  /** Signed as the difference. */
  units: number;
  /** On which the one side has it, and the other; null: not known yet. */
  day: Day;
  ends: Day | null;
  /** Of ours by its external id; of a transfer order by NetSuite's internal id. */
  document: string;
}

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
}

/** What one side had by the end of the day and the other had not. */
export function transitAstride(day: Day, input: AstrideInput): TransitAstride[] {
  const begun = begunDays(input);
  return [...movedBy(input, begun), ...leftWith(input, begun)].flatMap(
    ({ cause, booked, units, ...of }): TransitAstride[] => {
      if (units === 0) return [];
      const [hasAmazon, hasNetSuite] = [cause !== null && cause <= day, booked !== null && booked <= day];
      if (hasAmazon === hasNetSuite) return [];
      return hasAmazon
        ? [{ ...of, term: 'waiting', units, day: cause!, ends: booked }]
        : [{ ...of, term: 'ahead', units: -units, day: booked!, ends: cause }];
    },
  );
}

interface Moved {
  pool: string;
  item: string;
  /** Into transit, or out of it. */
  units: number;
  cause: Day | null;
  booked: Day | null;
  document: string;
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
  const days = new Map(rows.map((row) => [row.id, row.day]));
  const ofDocument = grouped(
    answers.filter(({ by }) => by.kind === 'document'),
    ({ by }) => (by.kind === 'document' ? by.document : ''),
  );
  const givenUp = new Set(
    decisionsOf(decisions, 'decideInbound')
      .filter(({ choice }) => choice === 'lost' || choice === 'returned')
      .map(({ shipmentId, day }) => `${shipmentId} ${day}`),
  );
  return documents.flatMap(({ document, own, booked }) => {
    const externalId = externalIdOf(document.key);
    const byRows = ofDocument.get(externalId) ?? [];
    const isSent = !isOpening(document) && 'from' in document && !givenUp.has(`${document.shipmentId ?? ''} ${own}`);
    const cause = isSent ? (begun.get(document.shipmentId ?? '') ?? own) : own;
    return inTransitBy(document).flatMap(({ line, ...moved }): Moved[] => {
      const ofLine = byRows.filter(({ by, item }) => by.kind === 'document' && by.line === line && item === moved.item);
      const of = { pool: moved.pool, item: moved.item, booked, document: externalId };
      const answered = ofLine.map(({ row, units }) => ({ ...of, units: -units, cause: days.get(row) ?? own }));
      const rest = moved.units - answered.reduce((sum, one) => sum + one.units, 0);
      return [...answered, { ...of, units: rest, cause }];
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

/** What left the warehouse with transfer orders. */
function leftWith({ orders, shipments }: AstrideInput, begun: ReadonlyMap<string, Day>): Moved[] {
  const pools = new Map(shipments.map(({ shipmentId, pool }) => [shipmentId, pool]));
  return orders.flatMap(({ netsuiteId, shipmentId, fulfilments }) => {
    const pool = pools.get(shipmentId);
    if (pool === undefined) return [];
    const cause = begun.get(shipmentId) ?? null;
    return fulfilments.map(({ day, item, units }) => ({ pool, item, units, cause, booked: day, document: netsuiteId }));
  });
}
