/** NetSuite's own movements at locations of ours, as far as they answer nothing yet. */
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import type { Answer, KeptStock, LineRef, Offset, OpeningStand } from './kept-stock.ts';
import { isApart } from './match-days.ts';
import { answerOf, compare, take, type OpenPart } from './open-rows.ts';
import { standOf } from './opening-stands.ts';
import { placeOf, type Place, type Pool } from './pools.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockFacts, StockPolicy, Units } from './stock-plan.ts';

/** `transaction.type` of a fulfilment, and of a receipt. */
export const FULFILMENT = 'ItemShip';
const RECEIPT = 'ItemRcpt';

export interface OpenMovement {
  movement: NetSuiteMovement;
  ref: LineRef;
  pool: string;
  place: Place;
  /** On which it counts: not before `stock.from`. */
  day: Day;
  /** Signed as the movement. */
  open: number;
  /** In NetSuite's opening. */
  inStand: boolean;
  /** Made by the order flow of this connection. */
  isOurs: boolean;
  /** More stands against it than NetSuite has of it now: `open` is what of that stands alone. */
  isUndone: boolean;
}

export const lineKey = ({ document, line }: LineRef): string => `${document}:${line}`;

export function isFulfilment({ movement, place, open }: OpenMovement): boolean {
  return movement.type === FULFILMENT && place === 'sellable' && open < 0;
}
export function isReceiptOfOthers(one: OpenMovement): boolean {
  return one.movement.type === RECEIPT && one.open > 0 && !one.isOurs;
}

/** Takes units of both sides. */
export function answerByMovement(part: OpenPart, movement: OpenMovement, units: number): Answer {
  movement.open -= units;
  const answer = answerOf(take(part, units), { kind: 'movement', ...movement.ref });
  if (part.inBase === movement.inStand) return answer;
  return { ...answer, astride: { inOpening: part.inBase ? 'row' : 'movement', pool: part.pool, place: part.place } };
}

const COUNTED = ['sellable', 'unsellable', 'inTransit', 'removal'] as const;

/** Where a location is; undefined: at none of our places, or at the seller's own warehouse. */
export function placeAt(pools: readonly Pool[], location: string): { pool: string; place: Place } | undefined {
  for (const { name, locations } of pools)
    for (const place of COUNTED) if (locations[place] === location) return { pool: name, place };
  return undefined;
}

/** What movements, or sums of them, come to at our places; what is elsewhere is left out. */
export function unitsAtPlaces(
  pools: readonly Pool[],
  moved: readonly Pick<NetSuiteMovement, 'item' | 'location' | 'units'>[],
): Units[] {
  return moved.flatMap(({ item, location, units }) => {
    const at = placeAt(pools, location);
    return at === undefined ? [] : [{ ...at, item, units }];
  });
}

/** Whether a movement is in what NetSuite held when the opening of its item was read; all that is dated earlier is, until then. */
export function isInStand(
  movement: NetSuiteMovement,
  { from, pools }: Pick<StockPolicy, 'from' | 'pools'>,
  opening: OpeningStand | null,
): boolean {
  if (movement.day >= from) return false;
  const at = placeAt(pools, movement.location);
  const stand = at === undefined ? null : standOf(opening, { pool: at.pool, item: movement.item });
  return stand === null || keysOf(stand.movements).has(lineKey({ document: movement.netsuiteId, line: movement.line }));
}

/** Of each list of lines once: it is asked for by every movement of those days. */
const KEYS = new WeakMap<readonly LineRef[], ReadonlySet<string>>();
function keysOf(lines: readonly LineRef[]): ReadonlySet<string> {
  const keys = KEYS.get(lines) ?? new Set(lines.map(lineKey));
  KEYS.set(lines, keys);
  return keys;
}

export function isOfOrders(movement: Pick<NetSuiteMovement, 'externalId'>, connection: string): boolean {
  const key = movement.externalId === null ? null : parseExternalId(movement.externalId);
  return key?.connection === connection && key.purpose === 'IF';
}

/**
 * Answers by lines that NetSuite has no longer, has of another item or elsewhere, or for fewer units than are not countered,
 * and by fulfilments that were moved so far from their row that no rule would take them: they hold no more; the last given
 * goes first.
 */
export function releasedAnswers(
  facts: Pick<StockFacts, 'movements' | 'gone' | 'standingFor'>,
  { answers, offsets, rows }: Pick<KeptStock, 'answers' | 'offsets' | 'rows'>,
  { pools }: Pick<StockPolicy, 'pools'>,
  decisions: readonly StockDecision[],
): Answer[] {
  const byMovement = answers.filter(({ by }) => by.kind === 'movement');
  if (byMovement.length === 0) return [];
  const gone = new Set(facts.gone.map(lineKey));
  const offset = unitsOffset(offsets);
  const decided = new Set(decisionsOf(decisions, 'explainForeign').flatMap(({ rows: named }) => named));
  const left = new Map<string, { item: string; at: ReturnType<typeof placeAt>; units: number; sent: Day | null }>();
  for (const { netsuiteId: document, line, type, day, item, location, units } of facts.movements) {
    if (units === 0) continue;
    const at = placeAt(pools, location);
    const taken = (at && offset.get(partKey({ document, line }, { ...at, item }))) ?? 0;
    const sent = type === FULFILMENT ? (facts.standingFor.get(lineKey({ document, line })) ?? day) : null;
    left.set(lineKey({ document, line }), { item, at, units: units - taken, sent });
  }
  const named = new Map(rows.map((row) => [row.id, row]));
  return byMovement.filter(({ row: id, item, units, by }) => {
    if (by.kind !== 'movement') return false;
    if (gone.has(lineKey(by))) return true;
    const line = left.get(lineKey(by));
    if (line === undefined) return false;
    const row = named.get(id);
    const isElsewhere = row !== undefined && line.at !== undefined && line.at.place !== placeOf(row.disposition);
    const isLess = Math.abs(units) > Math.abs(line.units) || Math.sign(units) !== Math.sign(line.units);
    const isFar = row !== undefined && line.sent !== null && isApart(row.day, line.sent) && !decided.has(row.id);
    if (line.item !== item || isElsewhere || isLess || isFar) return true;
    line.units -= units;
    return false;
  });
}

/** Units of lines against which other lines of NetSuite stand, signed as the line, by `partKey`. */
function unitsOffset(offsets: readonly Offset[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, units: number) => sums.set(key, (sums.get(key) ?? 0) + units);
  for (const { line, against, units, ...of } of offsets) {
    add(partKey(line, of), units);
    add(partKey(against, of), -units);
  }
  return sums;
}

/** Offsets but for those of documents of ours that NetSuite does not have yet. */
export function postedAgainst(offsets: readonly Offset[], internalIds: ReadonlyMap<string, string>): Offset[] {
  return offsets.filter(({ line: { document } }) => parseExternalId(document) === null || internalIds.has(document));
}

/** Of a line its item at its place: an edit leaves a line its number, and gives it another item or location. */
export const partKey = (ref: LineRef, { pool, place, item }: Omit<Units, 'units'>): string =>
  [lineKey(ref), pool, place, item].join(' ');

export function openMovements(
  facts: StockFacts,
  { answers, offsets }: { answers: readonly Answer[]; offsets: readonly Offset[] },
  policy: StockPolicy,
  opening: OpeningStand | null,
): OpenMovement[] {
  const answered = new Map<string, number>();
  for (const { by, units } of answers)
    if (by.kind === 'movement') answered.set(lineKey(by), (answered.get(lineKey(by)) ?? 0) + units);
  const offset = unitsOffset(offsets);
  const posted = unitsOffset(postedAgainst(offsets, facts.internalIds));
  const movements: OpenMovement[] = [];
  for (const movement of facts.movements) {
    const at = placeAt(policy.pools, movement.location);
    if (at === undefined || policy.leave.includes(movement.item)) continue;
    const ref = { document: movement.netsuiteId, line: movement.line };
    // Of a line that is gone nothing answers rows any more.
    const byRows = answered.size === 0 || movement.units === 0 ? 0 : (answered.get(lineKey(ref)) ?? 0);
    // What is planned against it will stand; against what is gone it does not yet.
    const against = movement.units === 0 ? posted : offset;
    const byLines = against.size === 0 ? 0 : (against.get(partKey(ref, { ...at, item: movement.item })) ?? 0);
    const open = movement.units - byRows - byLines;
    if (open === 0) continue;
    movements.push({
      movement,
      ref,
      pool: at.pool,
      place: at.place,
      day: movement.day < policy.from ? policy.from : movement.day,
      open,
      inStand: isInStand(movement, policy, opening),
      isOurs: isOfOrders(movement, policy.connection),
      isUndone: Math.sign(open) !== Math.sign(movement.units),
    });
  }
  return movements.sort(
    (a, b) =>
      compare(a.movement.day, b.movement.day) || compare(a.ref.document, b.ref.document) || a.ref.line - b.ref.line,
  );
}
