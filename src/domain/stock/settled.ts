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
import { itemsOf, oncePerDay, unitsOf } from './open-rows.ts';
import { isOpening } from './opening.ts';
import { placeOf } from './pools.ts';
import type { PerSku, SkuItems } from './sku-items.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockPolicy, Units } from './stock-plan.ts';
import { UnitSums } from './summed-units.ts';

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
  const rows = new Map<string, RowNode>();
  for (const row of input.rows) rows.set(row.id, new RowNode(row));
  const lines = new Lines(input.movements);
  const documents = new Map(
    input.documents.map((document) => [externalIdOf(document.key), new DocumentNode(document)]),
  );
  const groups = new Map<string, Node>();
  // What nobody handed in is something of which nothing is known: what is joined with it stays; a group is as its rows are.
  const unknown = new Node();
  for (const answer of input.answers) {
    const { by } = answer;
    const row = rows.get(answer.row);
    row?.add(answer);
    let other: Node | undefined;
    if (by.kind === 'document') {
      const document = documents.get(by.document);
      document?.answers.push(answer);
      other = document;
    } else if (by.kind === 'nothing') groups.set(by.group, (other = groups.get(by.group) ?? new Node()));
    else {
      const line = lines.find(by);
      if (line !== undefined) line.left -= answer.units;
      other = line;
    }
    join(row ?? unknown, other ?? unknown);
  }

  const touched = new Set(input.offsets.flatMap(({ line, against }) => [line.document, against.document]));
  const setting = { ...input, isPast };
  for (const node of rows.values()) if (!isAnswered(node, setting)) open(node);
  for (const node of lines.all) {
    const { movement, left } = node;
    if (left !== 0 || movement.day < policy.from || movement.day > day || touched.has(movement.netsuiteId)) open(node);
    // NetSuite holds something else than was planned, or nothing any more: that is looked at as long as it is so.
    const differing = movement.externalId === null ? undefined : documents.get(movement.externalId);
    if (differing !== undefined) open(differing);
  }
  for (const [id, node] of documents) if (node.document.day > day || touched.has(id) || !isAnswering(node)) open(node);
  open(unknown);

  const units = new UnitSums();
  const settled: string[] = [];
  for (const node of rows.values()) {
    if (!isSettled(node)) continue;
    const { row, perSkus } = node;
    settled.push(row.id);
    const place = placeOf(row.disposition);
    for (const { item, perSku } of perSkus) units.add(row.pool!, item, place, unitsOf(row, perSku));
  }
  return {
    rows: settled,
    documents: [...documents].filter(([, node]) => isSettled(node)).map(([id]) => id),
    movements: lines.all.filter(isSettled).map(({ movement: { netsuiteId: document, line } }) => ({ document, line })),
    units: units.all,
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

/** Something that stands or falls together with what it is joined with; of each set one is the root, which says how it is. */
class Node {
  parent: Node | null = null;
  isOpen = false;
}

const NONE: readonly never[] = [];

class RowNode extends Node {
  readonly row: KeptRow;
  answers: readonly Answer[] = NONE;
  /** What it comes to, where it is answered and in a sum. */
  perSkus: readonly PerSku[] = NONE;
  #more: Answer[] | null = null;

  constructor(row: KeptRow) {
    super();
    this.row = row;
  }

  /** Most rows have one. */
  add(answer: Answer): void {
    if (this.#more !== null) this.#more.push(answer);
    else if (this.answers.length === 0) this.answers = [answer];
    else this.answers = this.#more = [...this.answers, answer];
  }
}

class LineNode extends Node {
  readonly movement: NetSuiteMovement;
  /** Units that no row stands against. */
  left: number;
  /** Another line of the same document. */
  readonly next: LineNode | undefined;

  constructor(movement: NetSuiteMovement, next: LineNode | undefined) {
    super();
    this.movement = movement;
    this.left = movement.units;
    this.next = next;
  }
}

/** NetSuite's lines, found by their document: there are as many as rows, and few of one document. */
class Lines {
  readonly all: LineNode[] = [];
  readonly #byDocument = new Map<string, LineNode>();

  constructor(movements: readonly NetSuiteMovement[]) {
    for (const movement of movements) {
      const node = new LineNode(movement, this.#byDocument.get(movement.netsuiteId));
      this.#byDocument.set(movement.netsuiteId, node);
      this.all.push(node);
    }
  }

  find({ document, line }: LineRef): LineNode | undefined {
    let node = this.#byDocument.get(document);
    while (node !== undefined && node.movement.line !== line) node = node.next;
    return node;
  }
}

class DocumentNode extends Node {
  readonly document: StockDocument;
  readonly answers: Answer[] = [];

  constructor(document: StockDocument) {
    super();
    this.document = document;
  }
}

function join(one: Node, other: Node): void {
  const [a, b] = [rootOf(one), rootOf(other)];
  if (a !== b) a.parent = b;
}

/** Opens all that it is joined with. */
function open(node: Node): void {
  rootOf(node).isOpen = true;
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
