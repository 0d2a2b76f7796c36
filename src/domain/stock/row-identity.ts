/**
 * What makes a row of the ledger itself. It has no id: equal rows are normal, so they are told apart by counting those that
 * are alike (stock.md, *The rows*). Title and reconciled quantities change later and identify nothing; a pool follows from
 * the country.
 */
import type { Day } from '../money/instant.ts';
import type { KeptRow } from './kept-stock.ts';
import type { LedgerRow } from './stock-facts.ts';

/** The same for rows that are alike; it begins with their day. */
export function identityOf(row: LedgerRow): string {
  return identity(row, eventText(row));
}

const identity = ({ day, fnsku, sku }: LedgerRow, event: string): string => `${day}|${fnsku}|${sku}|${event}`;

function eventText({ eventType, reason, reference, centre, country, disposition, quantity }: LedgerRow): string {
  // Joined it is one text; put together by pieces it would be a tree of them, which each look-up has to go through.
  return [eventType, reason, reference, centre, country, disposition, quantity].join('|');
}

interface KnownEvent {
  row: LedgerRow;
  text: string;
  /** The rest of the id of the first of those that are alike. */
  first: string;
}

/** Ids of many rows: of most of them a row of the same centre and event type told the same event before. */
export class Identities {
  readonly #byCentre = new Map<string, Map<string, KnownEvent>>();

  /** Id of the `number`-th of those that are like a row, from 1. */
  idOf(row: LedgerRow, number: number): string {
    const event = this.#eventOf(row);
    // Put together of few pieces: each is an object as long as nobody reads the text.
    if (number === 1) return `${row.day}|${row.fnsku}|${row.sku}${event.first}`;
    return rowId(identity(row, event.text), number);
  }

  #eventOf(row: LedgerRow): KnownEvent {
    let ofCentre = this.#byCentre.get(row.centre);
    if (ofCentre === undefined) this.#byCentre.set(row.centre, (ofCentre = new Map()));
    let known = ofCentre.get(row.eventType);
    if (known === undefined || !isSameEvent(known.row, row)) {
      const text = eventText(row);
      known = { row, text, first: rowId(`|${text}`, 1) };
      ofCentre.set(row.eventType, known);
    }
    return known;
  }
}

/** Whether rows have the same identity. */
export function isAlike(one: LedgerRow, other: LedgerRow): boolean {
  return isSameEvent(one, other) && one.sku === other.sku && one.fnsku === other.fnsku && one.day === other.day;
}

function isSameEvent(one: LedgerRow, other: LedgerRow): boolean {
  return (
    one.reference === other.reference &&
    one.quantity === other.quantity &&
    one.centre === other.centre &&
    one.eventType === other.eventType &&
    one.reason === other.reason &&
    one.disposition === other.disposition &&
    one.country === other.country
  );
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
