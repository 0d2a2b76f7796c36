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
import { itemsOf, oncePerDay, unitsOf } from './open-rows.ts';
import { isOpening } from './opening.ts';
import { placeOf } from './pools.ts';
import type { PerSku, SkuItems } from './sku-items.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockPolicy, Units } from './stock-plan.ts';
import { summedUnits } from './summed-units.ts';

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
  const { policy, day, complete, today } = input;
  const isPast = oncePerDay(
    (pool, of) =>
      policy.from <= of && of <= day && (complete.has(`${pool} ${of}`) || hasPassed(of, policy.graceDays, today)),
  );
  const rows = new Map(input.rows.map((row) => [row.id, new RowNode(row)]));
  const lines = new Map(
    input.movements.map((movement) => [
      lineKey({ document: movement.netsuiteId, line: movement.line }),
      new LineNode(movement),
    ]),
  );
  const documents = new Map(
    input.documents.map((document) => [externalIdOf(document.key), new DocumentNode(document)]),
  );
  const groups = new Map<string, Node>();
  for (const answer of input.answers) {
    const { by } = answer;
    rows.get(answer.row)?.answers.push(answer);
    if (by.kind === 'document') documents.get(by.document)?.answers.push(answer);
    const line = by.kind === 'movement' ? lines.get(lineKey(by)) : undefined;
    if (line) line.left -= answer.units;
  }

  const touched = new Set(input.offsets.flatMap(({ line, against }) => [line.document, against.document]));
  // NetSuite holds something else than was planned, or nothing any more: that is looked at as long as it is so.
  const differing = new Set(input.movements.map(({ externalId }) => externalId));
  for (const node of rows.values()) node.isOpen = !isAnswered(node, { ...input, isPast });
  for (const node of lines.values()) {
    const { movement, left } = node;
    node.isOpen = left !== 0 || movement.day < policy.from || movement.day > day || touched.has(movement.netsuiteId);
  }
  for (const [id, node] of documents)
    node.isOpen = node.document.day > day || touched.has(id) || differing.has(id) || !isAnswering(node);

  // What nobody handed in is something of which nothing is known: what is joined with it stays; a group is as its rows are.
  const unknown = new Node({ isOpen: true });
  for (const { row, by } of input.answers) {
    if (by.kind === 'nothing') {
      const group = groups.get(by.group) ?? new Node({ isOpen: false });
      groups.set(by.group, group);
      join(rows.get(row) ?? unknown, group);
    } else
      join(
        rows.get(row) ?? unknown,
        (by.kind === 'document' ? documents.get(by.document) : lines.get(lineKey(by))) ?? unknown,
      );
  }
  const settled = [...rows.values()].filter(isSettled);
  return {
    rows: settled.map(({ row }) => row.id),
    documents: [...documents].filter(([, node]) => isSettled(node)).map(([id]) => id),
    movements: [...lines.values()]
      .filter(isSettled)
      .map(({ movement: { netsuiteId: document, line } }) => ({ document, line })),
    units: summedUnits(settled.flatMap(unitsOfRow)),
  };
}
/** Whether nothing of a row is open and nothing will be asked of it; notes what it comes to. */
function isAnswered(
  node: RowNode,
  { policy, rules, items, today, isPast }: SettleInput & { isPast: (pool: string, day: Day) => boolean },
): boolean {
  const { row, answers } = node;
  if (row.origin !== 'ledger' || row.takenBack !== null || row.pool === null || !isPast(row.pool, row.day))
    return false;
  const answer = rules.of(row)?.answer;
  if (answer === 'none') return true;
  if (answer === undefined || answer === 'outside' || answer === 'receipt' || answer === 'removal') return false;
  if (answer === 'return' && addDays(row.day, RETURN_DAYS) > today) return false;
  const perSkus = itemsOf(row, answers, items);
  if (perSkus === null) return false;
  for (const { item, perSku } of perSkus) {
    let open = unitsOf(row, perSku);
    for (const one of answers) if (one.item === item) open -= one.units;
    if (open !== 0 || policy.leave.includes(item)) return false;
  }
  node.perSkus = perSkus;
  return answers.every(({ astride }) => astride === null);
}

/** Whether rows stand against all that a document moves, which is at places of the ledger alone. */
function isAnswering({ document, answers }: DocumentNode): boolean {
  if (document.shipmentId !== null || isOpening(document)) return false;
  const byLine = grouped(answers, ({ by }) => (by.kind === 'document' ? String(by.line) : ''));
  return lineEffects(document).every(({ ref, item, units, place }) => {
    const own = (byLine.get(String(ref.line)) ?? []).filter((one) => one.item === item && one.units > 0 === units > 0);
    return (place === 'sellable' || place === 'unsellable') && units === own.reduce((sum, one) => sum + one.units, 0);
  });
}

function unitsOfRow({ row, perSkus }: RowNode): Units[] {
  const place = placeOf(row.disposition);
  return perSkus.map(({ item, perSku }) => ({ pool: row.pool!, item, place, units: unitsOf(row, perSku) }));
}

/** Something that stands or falls together with what it is joined with; of each set one is the root, which says how it is. */
class Node {
  parent: Node | null = null;
  isOpen: boolean;

  constructor({ isOpen }: { isOpen: boolean }) {
    this.isOpen = isOpen;
  }
}

class RowNode extends Node {
  readonly row: KeptRow;
  readonly answers: Answer[] = [];
  /** What it comes to, where it is answered and in a sum. */
  perSkus: readonly PerSku[] = [];

  constructor(row: KeptRow) {
    super({ isOpen: true });
    this.row = row;
  }
}

class LineNode extends Node {
  readonly movement: NetSuiteMovement;
  /** Units that no row stands against. */
  left: number;

  constructor(movement: NetSuiteMovement) {
    super({ isOpen: true });
    this.movement = movement;
    this.left = movement.units;
  }
}

class DocumentNode extends Node {
  readonly document: StockDocument;
  readonly answers: Answer[] = [];

  constructor(document: StockDocument) {
    super({ isOpen: true });
    this.document = document;
  }
}

function join(one: Node, other: Node): void {
  const [a, b] = [rootOf(one), rootOf(other)];
  if (a === b) return;
  a.parent = b;
  b.isOpen ||= a.isOpen;
}

const isSettled = (node: Node): boolean => !rootOf(node).isOpen;

function rootOf(node: Node): Node {
  let root = node;
  while (root.parent !== null) root = root.parent;
  for (let at = node; at !== root;) {
    const next = at.parent!;
    at.parent = root;
    at = next;
  }
  return root;
}
