/** Movements at our locations that are not ours and answer nothing, and what documents of ours became in other hands. */
import { externalIdOf } from '../identifiers/external-id.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import { effectsOf } from './document-effects.ts';
import type { StockDocument } from './kept-stock.ts';
import { isFulfilment, isReceiptOfOthers, placeAt, type OpenMovement } from './open-movements.ts';
import type { Planning } from './planning.ts';
import type { Pool } from './pools.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockProblem, Units } from './stock-plan.ts';
import { decimalText, scaled } from './unit-cost.ts';

/** So long a fulfilment or receipt of somebody else may still answer a row. */
const ANSWERS_DAYS = 7;

export function foreignMovements(movements: readonly OpenMovement[], { today, costs }: Planning): StockProblem[] {
  const foreign = movements.filter(
    (one) =>
      one.open !== 0 &&
      !one.isOurs &&
      !one.inStand &&
      !((isFulfilment(one) || isReceiptOfOthers(one)) && !hasPassed(one.movement.day, ANSWERS_DAYS, today)),
  );
  return [...grouped(foreign, ({ ref }) => ref.document)].map(([document, lines]) => {
    const [first] = lines as [OpenMovement];
    const values = lines.map(({ movement, open, pool, place }) => costs.valueOf(movement.item, open, { pool, place }));
    return {
      code: 'movement-foreign',
      key: document,
      pool: first.pool,
      sku: null,
      item: new Set(lines.map(({ movement }) => movement.item)).size === 1 ? first.movement.item : null,
      units: lines.reduce((sum, { open }) => sum + open, 0),
      value: values.includes(null) ? null : decimalText(values.reduce((sum, value) => sum + scaled(value!), 0n)),
      day: first.movement.day,
      rows: [],
      documents: [document],
      what: `${first.movement.tranId || document} moved stock at a location of Amazon's, and nothing of Amazon's says so`,
    };
  });
}

/**
 * Posted lines that the flow hands to planning: those that are not of documents that planning gave, and of those that are
 * the difference, by item and location, between what was posted and what was planned.
 */
export function unplannedMovements(
  documents: readonly StockDocument[],
  movements: readonly NetSuiteMovement[],
  pools: readonly Pool[],
): NetSuiteMovement[] {
  const planned = new Map(documents.map((document) => [externalIdOf(document.key), document]));
  const isPlanned = ({ externalId }: NetSuiteMovement) => externalId !== null && planned.has(externalId);
  const differences = [...grouped(movements.filter(isPlanned), ({ externalId }) => externalId!)].flatMap(
    ([id, lines]) => {
      const wanted = new Map(effectsOf(planned.get(id)!).map((effect) => [textOf(effect), effect]));
      const posted = grouped(lines, ({ location, item }) => {
        const at = placeAt(pools, location);
        return at === undefined ? '' : textOf({ ...at, item: item });
      });
      posted.delete('');
      return [...new Set([...posted.keys(), ...wanted.keys()])].flatMap((key, index) => {
        const own = posted.get(key);
        const effect = wanted.get(key);
        const units = (own ?? []).reduce((sum, line) => sum + line.units, 0) - (effect?.units ?? 0);
        if (units === 0 || effect?.place === 'source') return [];
        if (own !== undefined) return [{ ...own[0]!, units }];
        // A line that is missing has no number of its own.
        const location = pools.find(({ name }) => name === effect!.pool)!.locations[effect!.place];
        return [{ ...lines[0]!, line: -1 - index, item: effect!.item, location, units }];
      });
    },
  );
  return [...movements.filter((movement) => !isPlanned(movement)), ...differences];
}

const textOf = ({ pool, place, item }: Omit<Units, 'units'>): string => `${pool} ${place} ${item}`;
