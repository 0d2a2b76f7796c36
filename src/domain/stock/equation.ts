/**
 * The equation of stock.md: for each item and place at the end of a day,
 *
 * Amazon − NetSuite = opening not yet booked + rows without a document − documents without a row − movements of others + gap
 *
 * gap = Amazon's quantity − (its quantity at the opening + its rows). Every term lists what it is made of. It is arithmetic:
 * where the terms do not come to the difference, something was counted wrong.
 */
import type { Day } from '../money/instant.ts';
import { AnswerRules } from './answer-table.ts';
import type { Balances } from './balances.ts';
import { grouped } from './grouped.ts';
import { lineEffects } from './document-effects.ts';
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Answer, KeptRow, LineRef, Offset, OpeningStand, StockDocument } from './kept-stock.ts';
import { isInStand, isOfOrders, lineKey, partKey, placeAt } from './open-movements.ts';
import { isInBase, itemsOf, unitsOf } from './open-rows.ts';
import { isLateOfOrders, isOpening, openingBooked, openingUnits } from './opening.ts';
import { standOf } from './opening-stands.ts';
import { placeOf, poolOf, type LedgerPlace, type Place } from './pools.ts';
import type { SkuItems } from './sku-items.ts';
import { heldByItem } from './sku-units.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { StockEquation, StockFacts, StockPolicy, TermPart, Units } from './stock-plan.ts';

export interface EquationInput {
  policy: StockPolicy;
  decisions: readonly StockDecision[];
  items: SkuItems;
  balances: Balances;
  opening: OpeningStand;
  rows: readonly KeptRow[];
  /** Sums of rows up to the day that are not handed in: all that answers them is dated up to the day as well. */
  settled: readonly Units[];
  /** Of these rows. */
  answers: readonly Answer[];
  offsets: readonly Offset[];
  /** What NetSuite holds of ours: posted, in `posting: plan` planned too; on the day on which it is booked. */
  documents: readonly StockDocument[];
  facts: Pick<StockFacts, 'movements'>;
  /** NetSuite's units at the end of the day. */
  netsuite: readonly Units[];
  day: Day;
}

/** An item at a place, while its terms are counted. */
interface Counted {
  pool: string;
  item: string;
  place: LedgerPlace;
  /** Rows up to the day. */
  rows: number;
  amazon: number;
  netsuite: number;
  openingAmazon: number;
  /** What is not booked of the opening; null while NetSuite's side of it is not read. */
  opening: number | null;
  parts: StockEquation['parts'];
}

/** @throws Error `bug:` where the terms of an item do not come to the difference */
export function stockEquations(input: EquationInput): StockEquation[] {
  const counts = new Counts(input);
  counts.countSides();
  counts.countOpening();
  counts.countRows();
  counts.countLines();
  return counts.equations();
}

class Counts {
  readonly #in: EquationInput;
  readonly #counted = new Map<string, Counted>();
  /** Lines of NetSuite that count, by their reference: the day. */
  readonly #days = new Map<string, Day>();
  readonly #byMovement: ReadonlyMap<string, readonly Answer[]>;

  constructor(input: EquationInput) {
    this.#in = input;
    const { policy } = input;
    this.#byMovement = grouped(
      input.answers.filter(({ by }) => by.kind === 'movement'),
      ({ by }) => (by.kind === 'nothing' ? '' : lineKey(by)),
    );
    for (const document of input.documents)
      for (const [line] of document.lines.entries())
        this.#days.set(lineKey({ document: externalIdOf(document.key), line }), document.day);
    for (const movement of input.facts.movements)
      this.#days.set(refOf(movement), movement.day < policy.from ? policy.from : movement.day);
  }

  countSides(): void {
    const { balances, policy, items, netsuite, day } = this.#in;
    for (const { pool, item, place, units } of heldByItem(balances, items, policy.pools, day))
      this.#count(pool, item, place, 'amazon', units);
    for (const { pool, item, place, units } of netsuite) this.#count(pool, item, place, 'netsuite', units);
    for (const { pool, item, place, units } of this.#in.settled) this.#count(pool, item, place, 'rows', units);
  }

  countOpening(): void {
    const { opening, policy, documents, day } = this.#in;
    for (const { pool, item, place, amazon, netsuite } of openingUnits({ ...this.#in, opening })) {
      if (place !== 'sellable' && place !== 'unsellable') continue;
      const counted = this.#at(pool, item, place);
      counted.openingAmazon = amazon;
      counted.opening = netsuite === null ? null : amazon - netsuite;
    }
    const booked = documents.filter((document) => document.day <= day && day >= policy.from);
    for (const { pool, item, place, units } of openingBooked(booked)) {
      if (place !== 'sellable' && place !== 'unsellable') continue;
      const counted = this.#at(pool, item, place);
      if (counted.opening !== null) counted.opening -= units;
    }
  }

  countRows(): void {
    const { policy, decisions, opening, rows, items, day } = this.#in;
    const rules = new AnswerRules(decisionsOf(decisions, 'mapMovement'));
    const answers = grouped(this.#in.answers, ({ row }) => row);
    for (const row of rows) {
      const kind = row.own === null ? rules.of(row)?.answer : 'adjust';
      if (kind === 'none' || kind === 'outside') continue;
      const pool = row.pool ?? poolOf(policy.pools, row.country)?.name ?? null;
      const own = answers.get(row.id) ?? [];
      const inBase = isInBase(row, policy.from, opening);
      const place = placeOf(row.disposition);
      const from = row.day < policy.from ? policy.from : row.day;
      for (const { item, perSku } of pool === null ? [] : (itemsOf(row, own, items) ?? [])) {
        const ofItem = own.filter((answer) => answer.item === item && (!inBase || answer.astride?.inOpening === 'row'));
        const answered = ofItem.reduce((sum, { units }) => sum + units, 0);
        const all = inBase ? answered : unitsOf(row, perSku);
        if (from > day || all === 0) continue;
        const counted = this.#at(pool!, item, place);
        counted.rows += all;
        const waiting =
          all -
          answered +
          ofItem.filter((answer) => !this.#isAnswered(answer)).reduce((sum, { units }) => sum + units, 0);
        if (waiting !== 0) counted.parts.waiting.push({ units: waiting, day: from, of: { kind: 'row', row: row.id } });
      }
    }
  }

  /** Documents of ours and movements, as far as no row up to the day stands against them. */
  countLines(): void {
    const { documents, facts, policy, opening, day } = this.#in;
    const linked = this.#linkedUnits();
    for (const document of documents) {
      if (document.day > day || isOpening(document)) continue;
      for (const { pool, item, place, units, ref } of lineEffects(document))
        this.#countLine(
          'ahead',
          { pool, item, place, units: units - (linked.get(partKey(ref, { pool, item, place })) ?? 0) },
          ref,
          document.day,
        );
    }
    for (const movement of facts.movements) {
      const at = placeAt(policy.pools, movement.location);
      if (at === undefined || this.#days.get(refOf(movement))! > day) continue;
      const ref = { document: movement.netsuiteId, line: movement.line };
      const of = { ...at, item: movement.item };
      const isIn = isInStand(movement, policy, opening);
      // What the opening holds of it is in no term.
      const counts = isIn || isLateOfOrders(movement, policy, opening) ? this.#pairedUnits(ref, isIn) : movement.units;
      const units = counts - (linked.get(partKey(ref, of)) ?? 0);
      const isUndone = Math.sign(units) !== Math.sign(movement.units);
      const term = isOfOrders(movement, policy.connection) && !isUndone ? 'ahead' : 'foreign';
      this.#countLine(term, { ...of, units }, ref, movement.day);
    }
  }

  equations(): StockEquation[] {
    const { day, policy } = this.#in;
    return [...this.#counted.values()]
      .filter(({ item }) => !policy.leave.includes(item))
      .map(({ pool, item, place, rows, amazon, netsuite, openingAmazon, opening, parts }) => {
        const [waiting, ahead, foreign] = [parts.waiting, parts.ahead, parts.foreign].map(unitsIn) as [
          number,
          number,
          number,
        ];
        const gap = amazon - (openingAmazon + rows);
        const rest = amazon - netsuite - (waiting + ahead + foreign + gap);
        if (opening !== null && opening !== rest)
          throw new Error(
            `bug: ${item} at ${place} of ${pool} on ${day}: Amazon ${amazon}, NetSuite ${netsuite}, and the terms are ` +
              `opening ${opening}, waiting ${waiting}, ahead ${ahead}, foreign ${foreign}, gap ${gap}`,
          );
        return {
          pool,
          item,
          place,
          day,
          amazon,
          netsuite,
          terms: { opening: rest, waiting, ahead, foreign, gap },
          parts,
        };
      });
  }

  #at(pool: string, item: string, place: LedgerPlace): Counted {
    const key = [pool, item, place].join(' ');
    const known = this.#counted.get(key);
    if (known) return known;
    const { opening } = this.#in;
    const fresh: Counted = {
      pool,
      item,
      place,
      rows: 0,
      amazon: 0,
      netsuite: 0,
      openingAmazon: 0,
      opening: standOf(opening, { pool, item }) === null ? null : 0,
      parts: { waiting: [], ahead: [], foreign: [] },
    };
    this.#counted.set(key, fresh);
    return fresh;
  }

  #count(pool: string, item: string, place: Place, side: 'amazon' | 'netsuite' | 'rows', units: number): void {
    if (place === 'sellable' || place === 'unsellable') this.#at(pool, item, place)[side] += units;
  }

  #countLine(term: 'ahead' | 'foreign', { pool, item, place, units }: Units, ref: LineRef, day: Day): void {
    if (units === 0 || (place !== 'sellable' && place !== 'unsellable')) return;
    this.#at(pool, item, place).parts[term].push({ units: -units, day, of: { kind: 'line', ...ref } });
  }

  #isAnswered({ by }: Answer): boolean {
    const day = by.kind === 'nothing' ? by.day : this.#days.get(lineKey(by));
    return day !== undefined && day <= this.#in.day;
  }

  /** Units of each line against which a row up to the day stands, or another line. */
  #linkedUnits(): Map<string, number> {
    const { rows, answers, offsets, policy, opening, day } = this.#in;
    const linked = new Map<string, number>();
    const link = (ref: LineRef, of: Omit<Units, 'units'>, units: number) =>
      linked.set(partKey(ref, of), (linked.get(partKey(ref, of)) ?? 0) + units);
    const rowsById = new Map(rows.map((row) => [row.id, row]));
    for (const { row: id, item, units, by, astride } of answers) {
      const row = rowsById.get(id);
      if (by.kind === 'nothing' || row === undefined || row.day > day) continue;
      if (isInBase(row, policy.from, opening) && astride?.inOpening !== 'row') continue;
      const pool = row.pool ?? poolOf(policy.pools, row.country)?.name ?? '';
      link(by, { pool, item, place: placeOf(row.disposition) }, units);
    }
    for (const { pool, place, item, units, line, against } of offsets) {
      const days = [line, against].map((ref) => this.#days.get(lineKey(ref)));
      if (days.some((one) => one === undefined || one > day)) continue;
      link(line, { pool, place, item }, units);
      link(against, { pool, place, item }, -units);
    }
    return linked;
  }

  /** Of a movement dated before `from`: what rows and other lines stand against that count; of one that NetSuite's opening holds, pairs astride alone. */
  #pairedUnits(ref: LineRef, isInOpening: boolean): number {
    const answered = (this.#byMovement.get(lineKey(ref)) ?? [])
      .filter(({ astride }) => !isInOpening || astride?.inOpening === 'movement')
      .reduce((sum, { units }) => sum + units, 0);
    const undone = this.#in.offsets.filter(({ against }) => lineKey(against) === lineKey(ref));
    return undone.reduce((sum, { units }) => sum - units, answered);
  }
}

const refOf = ({ netsuiteId, line }: StockFacts['movements'][number]): string =>
  lineKey({ document: netsuiteId, line });
const unitsIn = (parts: readonly TermPart[]): number => parts.reduce((sum, { units }) => sum + units, 0);
