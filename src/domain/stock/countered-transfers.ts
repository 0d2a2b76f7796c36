/**
 * Counters of transfers: a transfer the other way, of the same units (docs/adr/0010-counters-of-transfers.md). The end of it at
 * the seller's warehouse, or at any other location, is not counted here, and an adjustment would leave its units and value there.
 */
import { counterName, transferHead, type Booking } from './booking.ts';
import { planOf, type Covers } from './decided-foreign.ts';
import { rowless } from './decided-inbound.ts';
import { foreignName } from './foreign.ts';
import type { PlaceAt, StockDocument, Transfer } from './kept-stock.ts';
import type { OpenMovement } from './open-movements.ts';
import type { Planning } from './planning.ts';
import { isUncounted } from './pools.ts';
import { isDeleted, presentAgainst } from './undone.ts';

/** `transaction.type` of an inventory transfer. */
const TRANSFER = 'InvTrnfr';

interface Setting {
  day: string;
  planning: Planning;
  covers: Covers;
}

/**
 * What counters a transfer; null: the line is of none, or its two ends at places of ours do not lack the same. One of ours
 * that was altered or deleted is made good by what it lacks or has too much, a counter that is alone is taken back, one of
 * somebody else's goes back as far as decisions cover it.
 */
export function transferCounter(
  line: OpenMovement,
  movements: readonly OpenMovement[],
  setting: Setting,
): Booking | null {
  return transferAgain(line, movements, setting) ?? transferBack(line, movements, setting);
}

/** Between the places of a plan of ours: units that came out of the seller's warehouse come out of it again. */
function transferAgain(line: OpenMovement, movements: readonly OpenMovement[], setting: Setting): Booking | null {
  const { day, planning, covers } = setting;
  const plan = plannedOf(line, planning);
  if (plan === null) return null;
  const lacking = isAt(line, plan.to) ? -line.open : isAt(line, plan.from) ? line.open : 0;
  if (lacking === 0) return null;
  const [from, to] = lacking > 0 ? [plan.from, plan.to] : [plan.to, plan.from];
  const units = Math.abs(lacking);
  const legs = [
    { place: from, units: -units },
    { place: to, units },
  ].filter((leg) => !isUncounted(leg.place.place));
  const own = legs.map((leg) => wholeLine(line, -leg.units, leg.place, { movements, covers }));
  if (own.includes(undefined)) return null;
  for (const one of own) one!.open = 0;
  const name = counterName(plan.from.pool, foreignName(line, planning));
  const elsewhereOf = isDeleted(line.movement) ? plan.elsewhereOf : foreignName(line, planning);
  return rowless(
    transferHead(day, from, to, {
      name,
      isDecided: true,
      ...([from, to].some(({ place }) => place === 'elsewhere') ? { elsewhereOf } : {}),
    }),
    {
      item: line.movement.item,
      units,
      place: to,
      against: legs.map((leg, index) => ({ ...leg, other: own[index]!.ref })),
    },
  );
}

/** Of a document of ours; of what NetSuite has no longer that of the counter that stands against it. */
function plannedOf(line: OpenMovement, planning: Planning): Transfer | null {
  const { movement, ref } = line;
  const names =
    movement.units === 0 ? presentAgainst(ref, planning).map(({ externalId }) => externalId) : [movement.externalId];
  const plan = planOf(names[0] ?? null, planning);
  return plan !== undefined && isTransfer(plan) ? plan : null;
}

/** The way back of what NetSuite has: from where it brought units to where it took them. */
function transferBack(
  line: OpenMovement,
  movements: readonly OpenMovement[],
  { day, planning, covers }: Setting,
): Booking | null {
  const { movement, ref, pool, place } = line;
  const units = covers.left(line);
  if (movement.type !== TRANSFER || movement.units === 0 || units === 0) return null;
  const here: PlaceAt = { pool, place };
  const isBetweenOurs = planning.facts.transfersBetween.has(ref.document);
  const other = isBetweenOurs ? wholeLine(line, -line.open, null, { movements, covers }) : undefined;
  if (isBetweenOurs && (other === undefined || units !== line.open)) return null;
  const there: PlaceAt = other === undefined ? { pool, place: 'elsewhere' } : { pool: other.pool, place: other.place };
  const [from, to] = units > 0 ? [here, there] : [there, here];
  line.open -= units;
  if (other !== undefined) other.open = 0;
  const against = { place: here, units: -units, other: ref };
  return rowless(
    transferHead(day, from, to, {
      name: counterName(from.pool, ref.document),
      isDecided: true,
      ...(other === undefined ? { elsewhereOf: ref.document } : {}),
    }),
    {
      item: movement.item,
      units: Math.abs(units),
      place: to,
      against: other === undefined ? [against] : [against, { place: there, units, other: other.ref }],
    },
  );
}

/** The line of a document at a place (null: at another one) of which just so many units are open, and all of them covered. */
function wholeLine(
  { ref, movement, ...at }: OpenMovement,
  units: number,
  place: PlaceAt | null,
  { movements, covers }: { movements: readonly OpenMovement[]; covers: Covers },
): OpenMovement | undefined {
  return movements.find(
    (one) =>
      one.ref.document === ref.document &&
      one.movement.item === movement.item &&
      (place === null ? !isAt(one, at) : isAt(one, place)) &&
      one.open === units &&
      !one.inStand &&
      covers.left(one) === one.open,
  );
}

const isAt = (one: PlaceAt, { pool, place }: PlaceAt): boolean => one.pool === pool && one.place === place;
const isTransfer = (document: StockDocument): document is Transfer => 'from' in document;
