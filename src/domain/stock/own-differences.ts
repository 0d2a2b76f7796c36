/** What documents of ours became in other hands: NetSuite's lines beside those that were planned. */
import { kindOf } from '../documents/document-kinds.ts';
import { externalIdOf, parseExternalId } from '../identifiers/external-id.ts';
import { effectsOf } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { StockDocument } from './kept-stock.ts';
import { placeAt } from './open-movements.ts';
import { isUncounted, type Pool } from './pools.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { Units } from './stock-plan.ts';

/** A posted document of ours, with the lines that NetSuite has of it now: none where it was deleted. */
export interface PostedDocument {
  document: StockDocument;
  netsuiteId: string;
  lines: readonly NetSuiteMovement[];
}

/**
 * What NetSuite moves beyond the plan, by item and location. What was planned has a number of its own below zero, always the
 * same: counters name it, however often the document is edited.
 */
export function differencesOf(
  { document, netsuiteId, lines }: PostedDocument,
  pools: readonly Pool[],
): NetSuiteMovement[] {
  const wanted = effectsOf(document);
  const numbers = new Map(wanted.map((effect, index) => [textOf(effect), -1 - index]));
  const posted = grouped(lines, ({ location, item }) => {
    const at = placeAt(pools, location);
    return at === undefined ? '' : textOf({ ...at, item });
  });
  posted.delete('');
  const externalId = externalIdOf(document.key);
  const gone: Omit<NetSuiteMovement, 'line' | 'item' | 'location' | 'units'> = {
    netsuiteId,
    type: '',
    tranId: externalId,
    externalId,
    memo: `${document.memo}, deleted in NetSuite`,
    day: document.day,
  };
  const planned = wanted.flatMap((effect): NetSuiteMovement[] => {
    const { pool, place, item } = effect;
    if (isUncounted(place)) return [];
    const own = posted.get(textOf(effect)) ?? [];
    posted.delete(textOf(effect));
    const location = pools.find(({ name }) => name === pool)!.locations[place];
    const head = own[0] ?? lines[0] ?? gone;
    return [{ ...head, line: numbers.get(textOf(effect))!, item, location, units: sumOf(own) - effect.units }];
  });
  const besides = [...posted.values()].map((own) => ({ ...own[0]!, units: sumOf(own) }));
  return [...besides, ...planned].filter(({ units }) => units !== 0);
}

/**
 * Posted lines that the flow hands to planning: those that are not of documents that planning gave, and of those that are
 * the difference between what was posted and what was planned.
 */
export function unplannedMovements(
  documents: readonly StockDocument[],
  movements: readonly NetSuiteMovement[],
  pools: readonly Pool[],
): NetSuiteMovement[] {
  const planned = new Map(documents.map((document) => [externalIdOf(document.key), document]));
  const isPlanned = ({ externalId }: NetSuiteMovement) => externalId !== null && planned.has(externalId);
  const differences = [...grouped(movements.filter(isPlanned), ({ externalId }) => externalId!)].flatMap(
    ([externalId, lines]) =>
      differencesOf({ document: planned.get(externalId)!, netsuiteId: lines[0]!.netsuiteId, lines }, pools),
  );
  return [...movements.filter((movement) => !isPlanned(movement)), ...differences];
}

/** A movement that is the difference of a document that stock planned, altered or deleted in NetSuite. */
export function isOfStock({ externalId }: Pick<NetSuiteMovement, 'externalId'>, connection: string): boolean {
  const key = externalId === null ? null : parseExternalId(externalId);
  return key?.connection === connection && kindOf(key.purpose).of === 'stock';
}

const sumOf = (lines: readonly NetSuiteMovement[]): number => lines.reduce((sum, { units }) => sum + units, 0);
const textOf = ({ pool, place, item }: Omit<Units, 'units'>): string => `${pool} ${place} ${item}`;
