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
import { lineKey } from './open-movements.ts';
import type { PerSku, SkuItems } from './sku-items.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockPolicy, Units } from './stock-plan.ts';
import { Joined, Lines, RowAnswers } from './settling-sets.ts';
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
  /** Lines of movements, by `lineKey`, and documents, by external id, that a person is asked about: they stay, with their rows. */
  asked?: ReadonlySet<string>;
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
  const { policy, day, complete, today, rows, movements } = input;
  const isPast = oncePerDay(
    (pool, of) =>
      policy.from <= of && of <= day && (complete.has(`${pool} ${of}`) || hasPassed(of, policy.graceDays, today)),
  );
  const documents = new Map(input.documents.map((document, at) => [externalIdOf(document.key), { document, at }]));
  const lines = new Lines(movements);
  const answers = new RowAnswers(rows, input.answers);
  // Each has a number: first the rows, then NetSuite's lines, then documents, then groups.
  const [line, document] = [rows.length, rows.length + movements.length];
  // What nobody handed in is something of which nothing is known: what is joined with it stays; a group is as its rows are.
  const unknown = document + input.documents.length;
  const joined = new Joined(unknown + 1 + input.answers.length);
  const groups = new Map<string, number>();
  const ofDocument: Answer[][] = input.documents.map(() => []);
  for (const [at, answer] of input.answers.entries()) {
    const { by } = answer;
    let other = -1;
    if (by.kind === 'document') {
      const known = documents.get(by.document);
      if (known !== undefined) {
        ofDocument[known.at]!.push(answer);
        other = document + known.at;
      }
    } else if (by.kind === 'nothing') {
      other = groups.get(by.group) ?? unknown + 1 + groups.size;
      groups.set(by.group, other);
    } else {
      const known = lines.find(by);
      if (known >= 0) {
        lines.left[known]! -= answer.units;
        other = line + known;
      }
    }
    const row = answers.rowOf[at]!;
    joined.join(row < 0 ? unknown : row, other < 0 ? unknown : other);
  }

  const touched = new Set(input.offsets.flatMap((one) => [one.line.document, one.against.document]));
  const setting = { ...input, isPast };
  const perSkus: (readonly PerSku[])[] = [];
  for (const [at, row] of rows.entries()) {
    const known = answeredItems(row, answers.of(at), setting);
    if (known === null) joined.open(at);
    perSkus.push(known ?? NONE);
  }
  for (const [at, { day: of, netsuiteId, line: number, externalId }] of movements.entries()) {
    if (lines.left[at] !== 0 || of < policy.from || of > day || touched.has(netsuiteId)) joined.open(line + at);
    // NetSuite holds something else than was planned, or nothing any more: that is looked at as long as it is so.
    if (input.asked?.has(lineKey({ document: netsuiteId, line: number }))) joined.open(line + at);
    const differing = externalId === null ? undefined : documents.get(externalId);
    if (differing !== undefined) joined.open(document + differing.at);
  }
  for (const [id, { document: planned, at }] of documents)
    if (planned.day > day || touched.has(id) || input.asked?.has(id) || !isAnswering(planned, ofDocument[at]!))
      joined.open(document + at);
  joined.open(unknown);

  const units = new UnitSums();
  const settled = rows.filter((_, at) => !joined.isOpen(at));
  for (const [at, row] of rows.entries()) {
    if (joined.isOpen(at)) continue;
    const place = placeOf(row.disposition);
    for (const { item, perSku } of perSkus[at]!) units.add(row.pool!, item, place, unitsOf(row, perSku));
  }
  return {
    rows: settled.map(({ id }) => id),
    documents: [...documents].filter(([, { at }]) => !joined.isOpen(document + at)).map(([id]) => id),
    movements: movements
      .filter((_, at) => !joined.isOpen(line + at))
      .map((movement) => ({ document: movement.netsuiteId, line: movement.line })),
    units: units.all,
  };
}

const NONE: readonly never[] = [];

/** What a row comes to of which nothing is open and of which nothing will be asked, nothing where it is in no sum; else null. */
function answeredItems(
  row: KeptRow,
  answers: readonly Answer[],
  { policy, rules, items, today, isPast }: SettleInput & { isPast: (pool: string, day: Day) => boolean },
): readonly PerSku[] | null {
  if (row.origin !== 'ledger' || row.takenBack !== null || row.pool === null || !isPast(row.pool, row.day)) return null;
  const answer = rules.of(row)?.answer;
  if (answer === 'none') return NONE;
  if (answer === undefined || answer === 'outside' || answer === 'receipt' || answer === 'removal') return null;
  if (answer === 'return' && addDays(row.day, RETURN_DAYS) > today) return null;
  const perSkus = itemsOf(row, answers, items);
  if (perSkus === null) return null;
  for (const { item, perSku } of perSkus) {
    let open = unitsOf(row, perSku);
    for (const one of answers) if (one.item === item) open -= one.units;
    if (open !== 0 || policy.leave.includes(item)) return null;
  }
  return answers.every(({ astride }) => astride === null) ? perSkus : null;
}

/** Whether rows stand against all that a document moves, which is at places of the ledger alone. */
function isAnswering(document: StockDocument, answers: readonly Answer[]): boolean {
  if (document.shipmentId !== null || isOpening(document)) return false;
  const byLine = grouped(answers, ({ by }) => (by.kind === 'document' ? String(by.line) : ''));
  return lineEffects(document).every(({ ref, item, units, place }) => {
    const own = (byLine.get(String(ref.line)) ?? []).filter((one) => one.item === item && one.units > 0 === units > 0);
    return (place === 'sellable' || place === 'unsellable') && units === own.reduce((sum, one) => sum + one.units, 0);
  });
}
