/** Movements at our locations that are not ours and answer nothing, and what documents of ours became in other hands. */
import { externalIdOf, memoStart, parseExternalId } from '../identifiers/external-id.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import { effectsOf } from './document-effects.ts';
import type { StockDocument } from './kept-stock.ts';
import { isFulfilment, isReceiptOfOthers, type OpenMovement } from './open-movements.ts';
import { isOfStock } from './own-differences.ts';
import type { Planning } from './planning.ts';
import { signedUnits } from './render-stock.ts';
import type { StockProblem, TakenUnits } from './stock-plan.ts';
import { isDeleted, presentAgainst, standingAgainst } from './undone.ts';
import { decimalText, scaled } from './unit-cost.ts';

/** So long a fulfilment of somebody else may still answer a row, as one of ours. */
const ANSWERS_DAYS = 7;

/** Movements that a person must explain, by the name under which he does. */
function unexplained(movements: readonly OpenMovement[], planning: Planning): ReadonlyMap<string, OpenMovement[]> {
  const foreign = movements.filter(
    (one) => one.open !== 0 && (!one.isOurs || one.isUndone) && !one.inStand && !mayAnswer(one, planning),
  );
  return grouped(foreign, (one) => foreignName(one, planning));
}

/** Units that they took from a place: its counter brings them back. */
export function takenByOthers(movements: readonly OpenMovement[], planning: Planning): TakenUnits[] {
  return [...unexplained(movements, planning)].flatMap(([key, lines]) =>
    lines.flatMap(({ pool, place, movement: { item }, open: units }) =>
      units < 0 ? [{ key, pool, place, item, units }] : [],
    ),
  );
}

export function foreignMovements(movements: readonly OpenMovement[], planning: Planning): StockProblem[] {
  const { costs } = planning;
  return [...unexplained(movements, planning)].map(([name, lines]) => {
    const [first] = lines as [OpenMovement];
    const values = lines.map(({ movement, open, pool, place }) => costs.valueOf(movement.item, open, { pool, place }));
    return {
      code: 'movement-foreign',
      key: name,
      pool: first.pool,
      sku: null,
      item: new Set(lines.map(({ movement }) => movement.item)).size === 1 ? first.movement.item : null,
      units: lines.reduce((sum, { open }) => sum + open, 0),
      value: values.includes(null) ? null : decimalText(values.reduce((sum, value) => sum + scaled(value!), 0n)),
      day: first.movement.day,
      rows: [],
      ...saidOf(name, lines, planning),
    };
  });
}

/**
 * A receipt answers rows of a shipment that nobody knows, which wait `grace` for it and are raised then, and so is it: where
 * the ledger counts nothing no row is there to come.
 */
function mayAnswer(one: OpenMovement, { policy, today }: Planning): boolean {
  const { movement, place, isUndone } = one;
  if (isUndone) return false;
  if (isFulfilment(one)) return !hasPassed(movement.day, ANSWERS_DAYS, today);
  const isCounted = place === 'sellable' || place === 'unsellable';
  return isReceiptOfOthers(one) && isCounted && !hasPassed(movement.day, policy.graceDays, today);
}

/** Under which internal id it is raised and decided: its document; of what NetSuite has no longer that of what stands against it. */
export function foreignName({ movement, ref }: OpenMovement, known: Pick<Planning, 'kept' | 'facts'>): string {
  if (movement.units !== 0) return ref.document;
  return presentAgainst(ref, known)[0]?.netsuiteId ?? ref.document;
}

function saidOf(
  name: string,
  lines: readonly OpenMovement[],
  planning: Planning,
): Pick<StockProblem, 'what' | 'documents' | 'whose'> {
  const { kept, policy } = planning;
  const [{ movement, ref }] = lines as [OpenMovement];
  if (movement.units === 0) {
    const counter = presentAgainst(ref, planning)[0]?.externalId;
    const opposed = [...new Set(lines.map((line) => line.ref.document))];
    return {
      whose: 'alone',
      documents: [counter ?? name],
      what: `${counter === undefined ? name : nameOfOurs(counter)}, a document of Tieout's, stands alone: NetSuite no longer has what it countered of ${opposed.join(', ')}`,
    };
  }
  if (isOfStock(movement, policy.connection)) {
    const externalId = movement.externalId!;
    const plan = kept.documents.find(({ key }) => externalIdOf(key) === externalId);
    return {
      whose: 'ours',
      documents: [externalId],
      what: `${nameOfOurs(externalId)}, a document of Tieout's, was ${isDeleted(movement) ? 'deleted' : 'altered'} in NetSuite: ${lines.map((line) => plannedAndNow(line, plan)).join('; ')}`,
    };
  }
  const called = movement.tranId || ref.document;
  const countered = standingAgainst(ref, kept);
  return {
    whose: 'theirs',
    documents: [ref.document],
    what:
      countered.length === 0
        ? `${called} moved stock at a location of Amazon's, and nothing of Amazon's says so`
        : `${called} was changed in NetSuite after ${countered.map(nameOfOurs).join(', ')} countered it: it moves ${lines.map((line) => `${signedUnits(line.movement.units)} ${whereOf(line)}`).join('; ')} now`,
  };
}

/** `−2 of MUG at us sellable planned, NetSuite has −3 (+1 countered before)`. */
function plannedAndNow(line: OpenMovement, plan: StockDocument | undefined): string {
  const { movement, open, pool, place } = line;
  const effect = plan === undefined ? [] : effectsOf(plan);
  const planned =
    effect.find((one) => one.pool === pool && one.place === place && one.item === movement.item)?.units ?? 0;
  const before = open - movement.units;
  return `${signedUnits(planned)} ${whereOf(line)} planned, NetSuite has ${signedUnits(planned + movement.units)}${before === 0 ? '' : ` (${signedUnits(before)} countered before)`}`;
}

const whereOf = ({ movement, pool, place }: OpenMovement): string => `of ${movement.item} at ${pool} ${place}`;

/** `ADJ us-20261010-inventory-loss 1`. */
export function nameOfOurs(externalId: string): string {
  const key = parseExternalId(externalId);
  return key === null ? externalId : memoStart(key);
}
