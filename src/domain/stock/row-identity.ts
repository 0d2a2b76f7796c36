/**
 * What makes a row of the ledger itself. It has no id: equal rows are normal, so they are told apart by counting those that
 * are alike (stock.md, *The rows*). Title and reconciled quantities change later and identify nothing; a pool follows from
 * the country.
 */
import type { Day } from '../money/instant.ts';
import type { KeptRow } from './kept-stock.ts';
import { FIELD, IDENTIFYING, WIDTH, type LedgerTable } from './ledger-table.ts';
import type { LedgerRow } from './stock-facts.ts';

/** The same for rows that are alike; it begins with their day. */
export function identityOf(row: LedgerRow): string {
  return `${row.day}|${row.fnsku}|${row.sku}|${eventText(row)}`;
}

function eventText({ eventType, reason, reference, centre, country, disposition, quantity }: LedgerRow): string {
  // Joined it is one text; put together by pieces it would be a tree of them, which each look-up has to go through.
  return [eventType, reason, reference, centre, country, disposition, quantity].join('|');
}

/** What an event says from its type on; of a table, where the cells of it begin. */
interface KnownEvent {
  of: number;
  text: string;
  /** The rest of the id of the first of those that are alike. */
  first: string;
}

/** Ids of the rows of a table: of most of them a row of the same centre and event type told the same event before. */
export class Identities {
  readonly #rows: LedgerTable;
  readonly #byCentre = new Map<number, Map<number, KnownEvent>>();

  constructor(rows: LedgerTable) {
    this.#rows = rows;
  }

  /** Id of the `number`-th of those that are like a row, from 1. */
  idOf(row: number, number: number): string {
    const rows = this.#rows;
    const event = this.#eventOf(row);
    const end = number === 1 ? event.first : rowId(`|${event.text}`, number);
    // Put together of few pieces: each is an object as long as nobody reads the text.
    return `${rows.text(row, 'day')}|${rows.text(row, 'fnsku')}|${rows.text(row, 'sku')}${end}`;
  }

  #eventOf(row: number): KnownEvent {
    const { cells } = this.#rows;
    const of = row * WIDTH;
    const centre = cells[of + FIELD.centre]!;
    let ofCentre = this.#byCentre.get(centre);
    if (ofCentre === undefined) this.#byCentre.set(centre, (ofCentre = new Map<number, KnownEvent>()));
    const eventType = cells[of + FIELD.eventType]!;
    let known = ofCentre.get(eventType);
    if (known === undefined || !isSameEvent(cells, known.of, of)) {
      const text = eventText(this.#rows.row(row));
      known = { of, text, first: rowId(`|${text}`, 1) };
      ofCentre.set(eventType, known);
    }
    return known;
  }
}

function isSameEvent(cells: Int32Array, one: number, other: number): boolean {
  for (let field: number = FIELD.eventType; field < IDENTIFYING; field += 1)
    if (cells[one + field] !== cells[other + field]) return false;
  return true;
}

/** Id of the n-th of those that are alike, from 1. */
export function rowId(identity: string, number: number): string {
  return `${identity}#${number}`;
}

/** Day of the mapping by which a row counts: its own; what takes a row back counts as that row did. */
export function mappingDay(row: KeptRow): Day {
  return row.opposes === null ? row.day : row.opposes.slice(0, row.day.length);
}

/** A row that a later report no longer has stays; this one, dated the day on which it was noticed, takes it back. */
export function oppositeOf(row: KeptRow, noticed: { day: string; seen: string }): KeptRow {
  return {
    ...row,
    id: `${row.id}~`,
    day: noticed.day,
    quantity: row.quantity === 0 ? 0 : -row.quantity,
    origin: 'taken-back',
    seen: noticed.seen,
    takenBack: null,
    opposes: row.id,
    reconciled: null,
    unreconciled: null,
  };
}

/** Event type and reason in the id of a row of the ledger; counted from its end, since a SKU may hold anything. */
export function movementInId(id: string): { eventType: string; reason: string } {
  const [eventType, reason] = id.split('|').slice(-7) as [string, string];
  return { eventType, reason };
}
