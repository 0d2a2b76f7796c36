/**
 * What need not be looked at again: rows of a day that is complete, or whose `grace` has passed, that are wholly answered,
 * with all that answers them. Their units stay as sums; only a report that takes one back, or a change in NetSuite, opens them again.
 * Rows, groups, documents and movements that answer one another are settled together or not at all, so that every term of
 * the equation stays what it was.
 */
import { externalIdOf } from '../identifiers/external-id.ts';
import { addDays, type Day } from '../money/instant.ts';
import type { AnswerRules } from './answer-table.ts';
import { hasPassed } from './day-complete.ts';
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow, LineRef, Offset, StockDocument } from './kept-stock.ts';
import { lineKey } from './open-movements.ts';
import { itemsOf, unitsOf } from './open-rows.ts';
import { isOpening } from './opening.ts';
import { placeOf } from './pools.ts';
import type { SkuItems } from './sku-items.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockPolicy, Units } from './stock-plan.ts';

/** A return that became an adjustment is looked for so long by the authorisation that comes after it. */
const RETURN_DAYS = 130;

export interface SettleInput {
  policy: StockPolicy;
  rules: AnswerRules;
  items: SkuItems;
  rows: readonly KeptRow[];
  /** Of these rows. */
  answers: readonly Answer[];
  offsets: readonly Offset[];
  /** Posted, as NetSuite holds them. */
  documents: readonly StockDocument[];
  movements: readonly NetSuiteMovement[];
  /** Days that are complete, as `{pool} {day}`. */
  complete: ReadonlySet<string>;
  /** The last day of which the equation was worked out. */
  day: Day;
  today: Day;
}

export interface Settled {
  rows: string[];
  /** External ids. */
  documents: string[];
  movements: LineRef[];
  /** Of the rows, by item and place. */
  units: Units[];
}

export function settledBy(input: SettleInput): Settled {
  const nodes = new Nodes();
  const answers = grouped(input.answers, ({ row }) => row);
  const rows = input.rows.map((row) => ({ row, units: settledUnits(row, answers.get(row.id) ?? [], input) }));
  for (const { row, units } of rows) nodes.add(rowNode(row.id), units !== null);
  const answered = answeredUnits(input.answers);
  const touched = new Set(input.offsets.flatMap(({ line, against }) => [line.document, against.document]));
  for (const movement of input.movements) {
    const ref = { document: movement.netsuiteId, line: movement.line };
    const isWhole = (answered.get(lineKey(ref)) ?? 0) === movement.units;
    const isOf = movement.day >= input.policy.from && movement.day <= input.day;
    nodes.add(lineKey(ref), isWhole && isOf && !touched.has(movement.netsuiteId));
  }
  const byDocument = grouped(input.answers, ({ by }) => (by.kind === 'document' ? by.document : ''));
  // NetSuite holds something else than was planned, or nothing any more: that is looked at as long as it is so.
  const differing = new Set(input.movements.map(({ externalId }) => externalId));
  for (const document of input.documents) {
    const id = externalIdOf(document.key);
    const isOpen = document.day > input.day || touched.has(id) || differing.has(id);
    nodes.add(id, !isOpen && isAnswering(document, byDocument.get(id) ?? []));
  }
  for (const answer of input.answers) nodes.join(rowNode(answer.row), nodeOf(answer));

  const settled = rows.filter(({ row, units }) => units !== null && nodes.isSettled(rowNode(row.id)));
  const sums = new Map<string, Units>();
  for (const one of settled.flatMap(({ units }) => units!)) {
    const key = [one.pool, one.place, one.item].join(' ');
    const sum = sums.get(key) ?? { ...one, units: 0 };
    sum.units += one.units;
    sums.set(key, sum);
  }
  return {
    rows: settled.map(({ row }) => row.id),
    documents: input.documents.map(({ key }) => externalIdOf(key)).filter((id) => nodes.isSettled(id)),
    movements: input.movements
      .map(({ netsuiteId, line }) => ({ document: netsuiteId, line }))
      .filter((ref) => nodes.isSettled(lineKey(ref))),
    units: [...sums.values()],
  };
}

/** Units of a row by item, where nothing of it is open and nothing will be asked of it; null: it stays. */
function settledUnits(row: KeptRow, own: readonly Answer[], input: SettleInput): Units[] | null {
  const { policy, rules, items, complete, day, today } = input;
  const isPast =
    policy.from <= row.day &&
    row.day <= day &&
    (complete.has(`${row.pool} ${row.day}`) || hasPassed(row.day, policy.graceDays, today));
  if (!isPast || row.origin !== 'ledger' || row.takenBack !== null || row.pool === null) return null;
  const answer = rules.of(row)?.answer;
  if (answer === 'none') return [];
  if (answer === undefined || answer === 'outside' || answer === 'receipt' || answer === 'removal') return null;
  if (answer === 'return' && addDays(row.day, RETURN_DAYS) > today) return null;
  const perSkus = itemsOf(row, own, items);
  if (perSkus === null || perSkus.some(({ item }) => policy.leave.includes(item))) return null;
  const units = perSkus.map(({ item, perSku }) => ({
    pool: row.pool!,
    item,
    place: placeOf(row.disposition),
    units: unitsOf(row, perSku),
  }));
  const isWhole = units.every(
    (one) =>
      one.units === own.filter(({ item }) => item === one.item).reduce((sum, answered) => sum + answered.units, 0),
  );
  return isWhole && own.every(({ astride }) => astride === null) ? units : null;
}

/** Whether rows stand against all that a document moves, which is at places of the ledger alone. */
function isAnswering(document: StockDocument, answers: readonly Answer[]): boolean {
  if (document.shipmentId !== null || isOpening(document)) return false;
  return lineEffects(document).every(({ ref, item, units, place }) => {
    const own = answers.filter(
      (one) =>
        one.by.kind === 'document' && one.by.line === ref.line && one.item === item && one.units > 0 === units > 0,
    );
    return (place === 'sellable' || place === 'unsellable') && units === own.reduce((sum, one) => sum + one.units, 0);
  });
}

function answeredUnits(answers: readonly Answer[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { by, units: of } of answers)
    if (by.kind === 'movement') units.set(lineKey(by), (units.get(lineKey(by)) ?? 0) + of);
  return units;
}

const rowNode = (id: string): string => `row ${id}`;
const nodeOf = ({ by }: Answer): string =>
  by.kind === 'nothing' ? `group ${by.group}` : by.kind === 'document' ? by.document : lineKey(by);

/** Sets of nodes that stand or fall together. */
class Nodes {
  readonly #parents = new Map<string, string>();
  readonly #open = new Set<string>();

  add(node: string, isSettled: boolean): void {
    this.#parents.set(node, node);
    if (!isSettled) this.#open.add(node);
  }

  /** A node that nobody added is one of which nothing is known: what is joined with it stays; a group is as its rows are. */
  join(one: string, other: string): void {
    for (const node of [one, other]) if (!this.#parents.has(node)) this.add(node, node.startsWith('group '));
    const [a, b] = [this.#root(one), this.#root(other)];
    if (a === b) return;
    this.#parents.set(a, b);
    if (this.#open.has(a)) this.#open.add(b);
  }

  isSettled(node: string): boolean {
    return this.#parents.has(node) && !this.#open.has(this.#root(node));
  }

  #root(node: string): string {
    let root = node;
    while (this.#parents.get(root) !== root) root = this.#parents.get(root)!;
    for (let at = node; at !== root;) {
      const next = this.#parents.get(at)!;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }
}
