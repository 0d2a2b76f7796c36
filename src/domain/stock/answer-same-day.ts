/**
 * Nine rows of ten are shipments whose fulfilments have their day: of an item, pool and day both sides come to the same. They
 * are answered first, by number, as `answer-shipments.ts` would (stock.md, *The rows*: first equal days); what is left of one
 * side, and all that something else might take, is left to the rules.
 */
import { lineKey, FULFILMENT, placeAt } from './open-movements.ts';
import type { AnswerRules } from './answer-table.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow } from './kept-stock.ts';
import { compare, itemsOf, unitsOf } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { placeOf } from './pools.ts';
import type { SkuItems } from './sku-items.ts';
import { decisionsOf } from './stock-decisions.ts';
import type { NetSuiteMovement } from './stock-facts.ts';

export interface SameDay {
  answers: Answer[];
  /** What is left for the rules. */
  rows: readonly KeptRow[];
  movements: readonly NetSuiteMovement[];
}

/**
 * @param held answers of before, by row
 * @returns answers of whole rows by whole lines of NetSuite
 */
export function answerSameDay(
  rows: readonly KeptRow[],
  held: ReadonlyMap<string, readonly Answer[]>,
  rules: AnswerRules,
  planning: Planning,
): SameDay {
  const sides = new Sides(rows, planning.facts.movements, planning.items);
  addFulfilments(sides, planning);
  if (!sides.isEmpty) addShipments(sides, rows, { held, rules, planning });
  return sides.answered();
}

/** Rows and fulfilments of each item, by number. */
class Sides {
  readonly answers: Answer[] = [];
  readonly #rows: readonly KeptRow[];
  readonly #movements: readonly NetSuiteMovement[];
  readonly #items: SkuItems;
  /** Those that have fulfilments, as each first came. */
  readonly #fulfilled: number[] = [];
  /** Of each: another of the same item, from the last to the first; -1 for none. */
  readonly #nextMovement: Int32Array;
  readonly #nextRow: Int32Array;
  /** Of each item, its last. */
  readonly #lastMovement: Int32Array;
  readonly #lastRow: Int32Array;
  /** Items that the rules must see. */
  readonly #isLeft: Uint8Array;
  readonly #pools: (string | null)[];
  readonly #perSku: Int32Array;
  readonly #isRowDone: Uint8Array;
  readonly #isMovementDone: Uint8Array;

  constructor(rows: readonly KeptRow[], movements: readonly NetSuiteMovement[], items: SkuItems) {
    [this.#rows, this.#movements, this.#items] = [rows, movements, items];
    this.#nextMovement = new Int32Array(movements.length);
    this.#lastMovement = new Int32Array(items.size).fill(-1);
    this.#lastRow = new Int32Array(items.size).fill(-1);
    this.#isLeft = new Uint8Array(items.size);
    this.#pools = Array.from({ length: movements.length }, () => null);
    this.#isMovementDone = new Uint8Array(movements.length);
    this.#nextRow = new Int32Array(rows.length);
    this.#perSku = new Int32Array(rows.length);
    this.#isRowDone = new Uint8Array(rows.length);
  }

  get isEmpty(): boolean {
    return this.#fulfilled.length === 0;
  }

  /** Of an item that no SKU is there are no rows. */
  addMovement(at: number, pool: string): void {
    const item = this.#items.numberOf(this.#movements[at]!.item);
    if (item < 0) return;
    const before = this.#lastMovement[item]!;
    if (before < 0) this.#fulfilled.push(item);
    this.#nextMovement[at] = before;
    this.#lastMovement[item] = at;
    this.#pools[at] = pool;
  }

  /** Nothing is kept of an item without fulfilments. */
  addRow(at: number, item: number, perSku: number): void {
    if (this.#lastMovement[item]! < 0) return;
    this.#perSku[at] = perSku;
    this.#nextRow[at] = this.#lastRow[item]!;
    this.#lastRow[item] = at;
  }

  /** Something else may take units of an item. */
  leave(item: string): void {
    const number = this.#items.numberOf(item);
    if (number >= 0) this.#isLeft[number] = 1;
  }

  answered(): SameDay {
    for (const item of this.#fulfilled) if (this.#isLeft[item] === 0) this.#answer(this.#items.nameOf(item), item);
    if (this.answers.length === 0) return { answers: [], rows: this.#rows, movements: this.#movements };
    return {
      answers: this.answers,
      rows: this.#rows.filter((_, at) => this.#isRowDone[at] === 0),
      movements: this.#movements.filter((_, at) => this.#isMovementDone[at] === 0),
    };
  }

  #answer(item: string, side: number): void {
    const row = this.#lastRow[side]!;
    if (row < 0) return;
    const movement = this.#lastMovement[side]!;
    if (this.#nextRow[row]! >= 0 || this.#nextMovement[movement]! >= 0) return this.#answerMany(item, side);
    const [shipped, fulfilled] = [this.#rows[row]!, this.#movements[movement]!];
    if (
      shipped.quantity * this.#perSku[row]! === fulfilled.units &&
      shipped.day === fulfilled.day &&
      shipped.pool === this.#pools[movement]
    )
      this.#take(item, row, movement, fulfilled.units);
  }

  /** Pool by pool and day by day, in the order of the rules, where both sides come to the same. */
  #answerMany(item: string, side: number): void {
    const [rows, movements] = [this.#rows, this.#movements];
    const shipped = grouped(inChain(this.#lastRow[side]!, this.#nextRow), (at) => `${rows[at]!.day} ${rows[at]!.pool}`);
    const fulfilled = grouped(
      inChain(this.#lastMovement[side]!, this.#nextMovement),
      (at) => `${movements[at]!.day} ${this.#pools[at]}`,
    );
    const unitsOfRow = (at: number) => rows[at]!.quantity * this.#perSku[at]!;
    const sumOf = (all: readonly number[], units: (at: number) => number) =>
      all.reduce((sum, at) => sum + units(at), 0);
    for (const [key, own] of shipped) {
      const others = fulfilled.get(key) ?? [];
      if (sumOf(own, unitsOfRow) !== sumOf(others, (at) => movements[at]!.units)) continue;
      own.sort((a, b) => compare(rows[a]!.id, rows[b]!.id));
      others.sort(
        (a, b) =>
          compare(movements[a]!.netsuiteId, movements[b]!.netsuiteId) || movements[a]!.line - movements[b]!.line,
      );
      let [next, left] = [0, 0];
      for (const row of own)
        for (let open = unitsOfRow(row); open < 0;) {
          if (left === 0) left = movements[others[next]!]!.units;
          const units = Math.max(open, left);
          this.#take(item, row, others[next]!, units);
          [open, left] = [open - units, left - units];
          if (left === 0) next += 1;
        }
    }
  }

  #take(item: string, row: number, movement: number, units: number): void {
    const { netsuiteId: document, line } = this.#movements[movement]!;
    this.#isRowDone[row] = 1;
    this.#isMovementDone[movement] = 1;
    this.answers.push({
      row: this.#rows[row]!.id,
      item,
      units,
      by: { kind: 'movement', document, line },
      perSku: this.#perSku[row]!,
      source: null,
      astride: null,
    });
  }
}

function inChain(last: number, next: Int32Array): number[] {
  const all: number[] = [];
  for (let at = last; at >= 0; at = next[at]!) all.push(at);
  return all.reverse();
}

/** Fulfilments at `sellable` from the first day on, of which nothing is answered, countered or decided. */
function addFulfilments(sides: Sides, { facts, kept, policy, decisions }: Planning): void {
  const answered = new Map<string, number>();
  const named = new Set<string>();
  for (const { by, units } of kept.answers) {
    if (by.kind !== 'movement') continue;
    named.add(by.document);
    answered.set(lineKey(by), (answered.get(lineKey(by)) ?? 0) + units);
  }
  for (const { line, against } of kept.offsets) named.add(line.document).add(against.document);
  for (const { document, stood = [] } of decisionsOf(decisions, 'explainForeign')) {
    named.add(document);
    for (const line of stood) named.add(line.document);
  }
  for (const key of facts.standingFor.keys()) named.add(key.slice(0, key.lastIndexOf(':')));
  const pools = new Map<string, string | null>();
  const left: string[] = [];
  for (let at = 0; at < facts.movements.length; at += 1) {
    const { netsuiteId: document, line, type, item, location, units, day } = facts.movements[at]!;
    if (type !== FULFILMENT || day < policy.from) continue;
    let pool = pools.get(location);
    if (pool === undefined) {
      const place = placeAt(policy.pools, location);
      pools.set(location, (pool = place?.place === 'sellable' ? place.pool : null));
    }
    if (pool === null) continue;
    if (named.size > 0 && named.has(document)) {
      if (answered.get(lineKey({ document, line })) !== units) left.push(item);
    } else if (units < 0) sides.addMovement(at, pool);
  }
  for (const item of [...left, ...policy.leave]) sides.leave(item);
}

/** Shipments from `sellable` from the first day on, of which nothing is answered or decided, and which stand as they came. */
function addShipments(
  sides: Sides,
  rows: readonly KeptRow[],
  {
    held,
    rules,
    planning: { facts, policy, decisions, items },
  }: { held: ReadonlyMap<string, readonly Answer[]>; rules: AnswerRules; planning: Planning },
): void {
  const decided = new Set([
    ...decisionsOf(decisions, 'answerRows').flatMap((one) => one.rows),
    ...decisionsOf(decisions, 'explainForeign').flatMap((one) => one.rows),
  ]);
  // A row's id begins with its day: of most days no row is answered yet, and no id is looked up.
  const heldDays = new Set([...held.keys()].map((id) => id.slice(0, policy.from.length)));
  for (const item of facts.uncountable.keys()) sides.leave(item);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!;
    if (row.quantity >= 0 || row.day < policy.from || row.pool === null || row.own !== null) continue;
    if (placeOf(row.disposition) !== 'sellable' || rules.of(row)?.answer !== 'fulfilment') continue;
    const answers = heldDays.has(row.day) || row.opposes !== null ? (held.get(row.id) ?? NONE) : NONE;
    const isNew =
      answers.length === 0 &&
      row.origin === 'ledger' &&
      row.takenBack === null &&
      (decided.size === 0 || !decided.has(row.id));
    const only = isNew ? items.onlyOf(row.sku) : -1;
    if (only >= 0) {
      sides.addRow(at, items.itemOf(only), items.unitsOf(only));
      continue;
    }
    const mapped = itemsOf(row, answers, items);
    if (mapped === null) continue;
    const [first] = mapped;
    if (isNew && mapped.length === 1 && first !== undefined) {
      sides.addRow(at, items.numberOf(first.item), first.perSku);
      continue;
    }
    for (const { item, perSku } of mapped) {
      const taken = answers.reduce((sum, one) => sum + (one.item === item ? one.units : 0), 0);
      if (unitsOf(row, perSku) !== taken) sides.leave(item);
    }
  }
}

const NONE: readonly never[] = [];
