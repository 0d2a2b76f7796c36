/** A document of stock: what it moves, why it was made, and the rows of Amazon's ledger that it answers. */
import { kindOf } from '../../domain/documents/document-kinds.ts';
import { whyMade } from '../../domain/stock/render-stock-document.ts';
import type { KeptRow, StockDocument, StockLine } from '../../domain/stock/kept-stock.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { loadAnswersOfDocument, loadRowsById, type DocumentAnswer } from '../../store/stock/equation-parts.ts';
import { loadStockDocuments } from '../../store/stock/stock-documents.ts';
import { wordsOfRow } from '../stock/row-words.ts';
import type { ConnectionSource } from '../view-source.ts';
import { unknownDocument, unknownLine } from './explain-refusals.ts';

/** Units are NetSuite's. */
export interface StockDocumentView {
  externalId: string;
  /** `adjustment`, `transfer`, `item receipt`. */
  kind: string;
  pool: string;
  /** Day under which it is booked; `trueDay` where that is not its own. */
  date: string;
  trueDay: string | null;
  state: string;
  /** It waits for `approve-adjustment`. */
  isHeld: boolean;
  number: string | null;
  netsuiteId: string | null;
  failure: string | null;
  /** Of an adjustment. */
  role: string | null;
  account: string | null;
  /** Inbound shipment that it is about. */
  shipment: string | null;
  because: string;
  lines: StockLineView[];
}

export interface StockLineView {
  /** From 1. */
  line: number;
  item: string;
  /** `sellable`; of a transfer `sellable → unsellable`. */
  place: string;
  units: number;
  /** Decimal text; only of what an adjustment brings in. */
  unitCost: string | null;
  /** `Adjustments M`; empty where it answers no row. */
  event: string;
  rows: AnsweredRowView[];
}

/** A row of the ledger, or one of ours beside it; `units` are those that the line answers. */
export interface AnsweredRowView {
  row: string;
  day: string;
  what: string;
  units: number;
}

/**
 * @param number of the line, from 1; null: all of them
 * @throws TieoutError `not-found` for a document or a line that is not known
 */
export async function stockDocumentView(
  { store: { db }, settings: { name, accounts } }: ConnectionSource,
  externalId: string,
  number: number | null,
): Promise<StockDocumentView> {
  const stored = await loadDocument(db, externalId);
  const [kept] = await loadStockDocuments(db, name, [externalId]);
  if (stored === null || kept === undefined) throw await unknownDocument(db, name, externalId);
  const { document } = kept;
  if (number !== null && document.lines[number - 1] === undefined)
    throw unknownLine(stored, number, document.lines.length);
  const answers = await loadAnswersOfDocument(db, name, externalId);
  const rows = await loadRowsById(db, name, [...new Set(answers.map(({ row }) => row))]);
  const { date, trueDay, state, tranId, netsuiteId, failure } = stored;
  return {
    externalId,
    kind: kindOf(document.key.purpose).name,
    pool: document.pool,
    date,
    trueDay,
    state,
    isHeld: document.hold !== null,
    number: tranId,
    netsuiteId,
    failure,
    role: 'role' in document ? document.role : null,
    account:
      !('role' in document) || document.accountOf !== null ? null : accountIn(accounts[document.role], stored.currency),
    shipment: document.shipmentId,
    because: whyMade(document),
    lines: document.lines
      .map((line, index) => lineView(document, line, index, { answers, rows }))
      .filter((_, index) => number === null || index === number - 1),
  };
}

/** An account may be named by currency. */
const accountIn = (account: string | Record<string, string> | undefined, currency: string): string | null =>
  (typeof account === 'object' ? account[currency] : account) ?? null;

function lineView(
  document: StockDocument,
  { item, units, place, unitCost, eventType, reason }: StockLine,
  index: number,
  { answers, rows }: { answers: readonly DocumentAnswer[]; rows: ReadonlyMap<string, KeptRow> },
): StockLineView {
  return {
    line: index + 1,
    item,
    place:
      'from' in document ? `${placeText(document.from, document)} → ${placeText(document.to, document)}` : place.place,
    units,
    unitCost,
    event: `${eventType} ${reason}`.trim(),
    rows: answers
      .filter(({ line }) => line === index)
      .map((answer) => {
        const row = rows.get(answer.row);
        return {
          row: answer.row,
          day: row?.day ?? '',
          what: row === undefined ? answer.row : wordsOfRow(row),
          units: answer.units,
        };
      }),
  };
}

/** Of another pool with its name: `eu sellable`. */
const placeText = (at: StockLine['place'], { pool }: StockDocument): string =>
  at.pool === pool ? at.place : `${at.pool} ${at.place}`;
