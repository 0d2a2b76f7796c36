/**
 * The opening (stock.md, *Opening*): what Amazon held at the end of the day before `stock.from` less what NetSuite held
 * becomes an adjustment against `opening-balance`, dated `stock.from`. Of a pair of row and fulfilment that lies astride
 * that day both count as dated `stock.from`: neither is in the opening. What is found later is its next part.
 */
import { addDays, type Day } from '../money/instant.ts';
import type { Balances } from './balances.ts';
import { adjustmentHead, type Booking } from './booking.ts';
import { rowless } from './decided-inbound.ts';
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow, Offset, OpeningStand, StockDocument } from './kept-stock.ts';
import { isInStand, isOfOrders, lineKey, placeAt } from './open-movements.ts';
import { underWayAtOpening } from './opening-shipments.ts';
import { standOf } from './opening-stands.ts';
import type { Planning } from './planning.ts';
import type { Place } from './pools.ts';
import type { SkuItems } from './sku-items.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { StockFacts, StockPolicy, Units } from './stock-plan.ts';

/** Amazon's side, once: as soon as the summary of the day before `from` is there for every pool. */
export function takeOpening(
  balances: Balances,
  facts: StockFacts,
  { policy, rows }: { policy: StockPolicy; rows: readonly KeptRow[] },
): OpeningStand | null {
  const before = addDays(policy.from, -1);
  if (!policy.pools.every(({ name }) => facts.summarised.get(name)?.has(before))) return null;
  return {
    taken: facts.readAt,
    amazon: balances.bySku(policy.pools, before).filter(({ units }) => units !== 0),
    netsuite: [],
    inbound: underWayAtOpening(facts, { from: policy.from, opening: null, rows }),
  };
}

/** The opening of each item at a place: Amazon's side and NetSuite's, without pairs that lie astride; null while NetSuite's of that item is not read. */
export interface OpeningUnits {
  pool: string;
  item: string;
  place: Place;
  amazon: number;
  netsuite: number | null;
}

interface OpeningInput {
  opening: OpeningStand;
  items: SkuItems;
  policy: StockPolicy;
  facts: Pick<StockFacts, 'movements'>;
  /** Those of this run included. */
  answers: readonly Answer[];
  offsets: readonly Offset[];
}

export function openingUnits({ opening, items, policy, facts, answers, offsets }: OpeningInput): OpeningUnits[] {
  const { from } = policy;
  const sums = new Map<string, OpeningUnits>();
  const at = (pool: string, item: string, place: Place): OpeningUnits => {
    const key = [pool, item, place].join(' ');
    const isRead = standOf(opening, { pool, item }) !== null;
    const known = sums.get(key) ?? { pool, item, place, amazon: 0, netsuite: isRead ? 0 : null };
    sums.set(key, known);
    return known;
  };
  const before = addDays(from, -1);
  const ofSku = (sku: string, day: Day) =>
    (items.atEnd(sku, day) ?? []).filter(({ item }) => !policy.leave.includes(item));
  for (const { pool, sku, place, units } of opening.amazon)
    for (const { item, perSku } of ofSku(sku, before)) at(pool, item, place).amazon += units * perSku;
  for (const { pool, sku, open } of opening.inbound)
    for (const { item, perSku } of ofSku(sku, before)) at(pool, item, 'inTransit').amazon += open * perSku;
  for (const { pool, item, place, units } of opening.netsuite.flatMap((stand) => stand.units))
    if (place !== 'removal' && place !== 'source' && !policy.leave.includes(item)) addTo(at(pool, item, place), units);
  // What orders have beyond what Amazon has on its way stays in them: `beyond-shipped.ts`.
  for (const { pool, item, units } of opening.netsuite.flatMap(({ underWay }) => underWay ?? [])) {
    if (policy.leave.includes(item)) continue;
    const sum = at(pool, item, 'inTransit');
    addTo(sum, Math.min(units, Math.max(0, sum.amazon - (sum.netsuite ?? 0))));
  }

  for (const { item, units, astride } of answers) {
    if (astride?.inOpening === 'row') at(astride.pool, item, astride.place).amazon -= units;
    if (astride?.inOpening === 'movement') addTo(at(astride.pool, item, astride.place), -units);
  }
  // What the order flow dated before `from` after NetSuite's side was read: NetSuite holds it, the opening did not.
  for (const movement of facts.movements) {
    const place = placeAt(policy.pools, movement.location);
    if (place === undefined || !isLateOfOrders(movement, policy, opening)) continue;
    const ref = lineKey({ document: movement.netsuiteId, line: movement.line });
    const answered = answers.filter(({ by }) => by.kind === 'movement' && lineKey(by) === ref);
    const undone = offsets.filter(({ against }) => lineKey(against) === ref);
    const alone = movement.units - sumOf(answered) + sumOf(undone);
    if (alone !== 0) addTo(at(place.pool, movement.item, place.place), alone);
  }
  return [...sums.values()];
}

/** SKUs of the opening without an item, in Amazon's units: what they hold is in nobody's `amazon`. */
export interface SkuOutside {
  pool: string;
  sku: string;
  units: number;
}

/** What the opening leaves out until its SKU has an item; then it is in the next part. By SKU. */
export function skusOutside(opening: OpeningStand, items: SkuItems, from: Day): SkuOutside[] {
  const before = addDays(from, -1);
  const held = [...opening.amazon, ...opening.inbound.map(({ open, ...one }) => ({ ...one, units: open }))];
  const unknown = held.filter(({ sku, units }) => units !== 0 && items.atEnd(sku, before) === null);
  return [...grouped(unknown, ({ pool, sku }) => `${pool} ${sku}`).values()]
    .map((own) => ({ pool: own[0]!.pool, sku: own[0]!.sku, units: sumOf(own) }))
    .sort((a, b) => (`${a.pool} ${a.sku}` < `${b.pool} ${b.sku}` ? -1 : 1));
}

export function isLateOfOrders(
  movement: StockFacts['movements'][number],
  policy: StockPolicy,
  opening: OpeningStand | null,
): boolean {
  const { from, connection } = policy;
  return movement.day < from && !isInStand(movement, policy, opening) && isOfOrders(movement, connection);
}

const sumOf = (of: readonly { units: number }[]): number => of.reduce((sum, { units }) => sum + units, 0);

function addTo(units: OpeningUnits, more: number): void {
  if (units.netsuite !== null) units.netsuite += more;
}

/** What opening documents have booked, by item and place. */
export function openingBooked(documents: readonly StockDocument[]): Units[] {
  return documents.filter(isOpening).flatMap(lineEffects);
}
export function isOpening({ key, pool }: Pick<StockDocument, 'key' | 'pool'>): boolean {
  return key.purpose === 'ADJ' && key.businessKey === openingName(pool);
}
const openingName = (pool: string): string => `${pool}-opening`;

/** Lines that `posting: plan` counted as approved, and that nobody has approved since, by index; of an opening alone. */
export function unapprovedLines(document: StockDocument, decisions: readonly StockDecision[]): number[] {
  if (!isOpening(document)) return [];
  return document.lines.flatMap(({ item }, index) => (isApproved(document.pool, item, decisions) ? [] : index));
}

function isApproved(pool: string, item: string, decisions: readonly StockDecision[]): boolean {
  return decisionsOf(decisions, 'approveOpening').some(
    (one) => one.pool === pool && (one.items === null || one.items.includes(item)),
  );
}

/**
 * What the opening has still to book, of the items that are approved. The limit holds for what is found after a part is
 * booked, or the day is over: nobody saw it when he approved all, but where he named the item.
 */
export function openingDue(units: readonly OpeningUnits[], planning: Planning): Booking[] {
  const { policy, facts, kept, decisions } = planning;
  const booked = new Map<string, number>();
  const keyOf = ({ pool, item, place }: Omit<Units, 'units'>) => [pool, item, place].join(' ');
  for (const one of openingBooked(kept.documents)) booked.set(keyOf(one), (booked.get(keyOf(one)) ?? 0) + one.units);
  const begun = new Set(kept.documents.filter(isOpening).map(({ pool }) => pool));
  const isSeen = (pool: string, item: string) =>
    decisionsOf(decisions, 'approveOpening').some(
      (one) => one.pool === pool && (one.items?.includes(item) ?? (!begun.has(pool) && one.day >= planning.today)),
    );
  const due = units.filter(({ pool, item }) => policy.posting === 'plan' || isApproved(pool, item, decisions));
  return due.flatMap((one): Booking[] => {
    if (one.netsuite === null || facts.uncountable.has(one.item)) return [];
    const left = one.amazon - one.netsuite - (booked.get(keyOf(one)) ?? 0);
    if (left === 0) return [];
    const { pool, item, place } = one;
    const isDecided = policy.posting === 'plan' || isSeen(pool, item);
    const head = adjustmentHead(pool, policy.from, 'opening-balance', { name: openingName(pool), isDecided });
    return [rowless(head, { item, units: left, place: { pool, place }, against: [] })];
  });
}
