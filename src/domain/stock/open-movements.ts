/** NetSuite's own movements at locations of ours, as far as they answer nothing yet. */
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import type { Answer, LineRef, Offset, OpeningStand } from './kept-stock.ts';
import { answerOf, compare, take, type OpenPart } from './open-rows.ts';
import type { Place, Pool } from './pools.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockFacts, StockPolicy, Units } from './stock-plan.ts';

/** `transaction.type` of a fulfilment, and of a receipt. */
const FULFILMENT = 'ItemShip';
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
}

export const lineKey = ({ document, line }: LineRef): string => `${document}:${line}`;

export function isFulfilment({ movement, place, open }: OpenMovement): boolean {
  return movement.type === FULFILMENT && place === 'sellable' && open < 0;
}
export function isReceiptOfOthers({ movement, open, isOurs }: OpenMovement): boolean {
  return movement.type === RECEIPT && open > 0 && !isOurs;
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

/** Whether a movement is in what NetSuite held when the opening was read; all that is dated earlier is, until then. */
export function isInStand(movement: NetSuiteMovement, from: Day, opening: OpeningStand | null): boolean {
  if (movement.day >= from) return false;
  const counted = opening?.netsuite?.movements;
  return counted === undefined || keysOf(counted).has(lineKey({ document: movement.netsuiteId, line: movement.line }));
}

/** Of each list of lines once: it is asked for by every movement of those days. */
const KEYS = new WeakMap<readonly LineRef[], ReadonlySet<string>>();
function keysOf(lines: readonly LineRef[]): ReadonlySet<string> {
  const keys = KEYS.get(lines) ?? new Set(lines.map(lineKey));
  KEYS.set(lines, keys);
  return keys;
}

export function isOfOrders(movement: NetSuiteMovement, connection: string): boolean {
  const key = movement.externalId === null ? null : parseExternalId(movement.externalId);
  return key?.connection === connection && key.purpose === 'IF';
}

/** Answers by movements that NetSuite has no longer, or for fewer units: they hold no more; the last given goes first. */
export function releasedAnswers(facts: StockFacts, answers: readonly Answer[]): Answer[] {
  const byMovement = answers.filter(({ by }) => by.kind === 'movement');
  if (byMovement.length === 0) return [];
  const deleted = new Set(facts.deleted);
  const left = new Map(
    facts.movements.map(({ netsuiteId, line, units }) => [lineKey({ document: netsuiteId, line }), units]),
  );
  return byMovement.filter((answer) => {
    if (answer.by.kind !== 'movement') return false;
    if (deleted.has(answer.by.document)) return true;
    const key = lineKey(answer.by);
    const units = left.get(key);
    if (units === undefined) return false;
    if (Math.abs(answer.units) > Math.abs(units) || Math.sign(answer.units) !== Math.sign(units)) return true;
    left.set(key, units - answer.units);
    return false;
  });
}

export function openMovements(
  facts: StockFacts,
  { answers, offsets }: { answers: readonly Answer[]; offsets: readonly Offset[] },
  policy: StockPolicy,
  opening: OpeningStand | null,
): OpenMovement[] {
  const deleted = new Set(facts.deleted);
  const used = new Map<string, number>();
  const use = (key: string, units: number) => used.set(key, (used.get(key) ?? 0) + units);
  for (const { by, units } of answers) if (by.kind === 'movement') use(lineKey(by), units);
  for (const { against, units } of offsets) use(lineKey(against), -units);
  const movements: OpenMovement[] = [];
  for (const movement of facts.movements) {
    const at = placeAt(policy.pools, movement.location);
    if (at === undefined || deleted.has(movement.netsuiteId) || policy.leave.includes(movement.item)) continue;
    const ref = { document: movement.netsuiteId, line: movement.line };
    const open = movement.units - (used.size === 0 ? 0 : (used.get(lineKey(ref)) ?? 0));
    if (open === 0) continue;
    movements.push({
      movement,
      ref,
      pool: at.pool,
      place: at.place,
      day: movement.day < policy.from ? policy.from : movement.day,
      open,
      inStand: isInStand(movement, policy.from, opening),
      isOurs: isOfOrders(movement, policy.connection),
    });
  }
  return movements.sort(
    (a, b) =>
      compare(a.movement.day, b.movement.day) || compare(a.ref.document, b.ref.document) || a.ref.line - b.ref.line,
  );
}
