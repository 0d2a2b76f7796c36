/**
 * What stands against movements that NetSuite has no longer: the counter of a document that somebody deleted is alone, and
 * so is that of a change that was taken back. Nothing is undone by itself: what is alone is named, and a decision takes it back.
 */
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import type { KeptStock, LineRef, Offset } from './kept-stock.ts';
import { lineKey, partKey, placeAt, postedAgainst, type OpenMovement } from './open-movements.ts';
import type { Planning } from './planning.ts';
import { locationOf, type Pool } from './pools.ts';
import type { NetSuiteMovement } from './stock-facts.ts';

interface Known {
  pools: readonly Pool[];
  /** All lines of the documents that offsets name. */
  movements: readonly NetSuiteMovement[];
  /** Days of documents of ours, by external id: from its counter's on something is alone. */
  days: ReadonlyMap<string, Day>;
  from: Day;
  /** Of ours that were posted: one that is only planned stands against nothing yet. */
  internalIds: ReadonlyMap<string, string>;
}

/** Lines that offsets name and NetSuite has no longer, of no units: what stands against them is all that is open of them. */
export function undoneMovements(
  offsets: readonly Offset[],
  { pools, movements, days, from, internalIds }: Known,
): NetSuiteMovement[] {
  const present = new Set(
    movements.flatMap(({ netsuiteId: document, line, location, item }) => {
      const at = placeAt(pools, location);
      return at === undefined ? [] : [partKey({ document, line }, { ...at, item })];
    }),
  );
  const dayOf = new Map(movements.map(({ netsuiteId, day }) => [netsuiteId, day]));
  const gone = new Map<string, NetSuiteMovement>();
  for (const { line, against, ...of } of postedAgainst(offsets, internalIds))
    for (const ref of [line, against]) {
      const key = partKey(ref, of);
      if (parseExternalId(ref.document) !== null || present.has(key) || gone.has(key)) continue;
      gone.set(key, {
        netsuiteId: ref.document,
        line: ref.line,
        type: '',
        tranId: ref.document,
        externalId: null,
        memo: '',
        day: dayOf.get(ref.document) ?? days.get(line.document) ?? from,
        item: of.item,
        location:
          locationOf(
            pools.find(({ name }) => name === of.pool),
            of.place,
          ) ?? '',
        units: 0,
      });
    }
  return [...gone.values()];
}

/** Documents of ours that stand against a line, by external id, the first first. */
export function standingAgainst(ref: LineRef, { offsets }: Pick<KeptStock, 'offsets'>): string[] {
  const own = offsets.filter(
    ({ against, line }) => lineKey(against) === lineKey(ref) && parseExternalId(line.document),
  );
  return [...new Set(own.map(({ line }) => line.document))];
}

/** Those of them that NetSuite has: of one that was deleted itself what stands against that, which restored it. */
export function presentAgainst(
  ref: LineRef,
  known: Pick<Planning, 'kept' | 'facts'>,
): { externalId: string; netsuiteId: string }[] {
  const { kept, facts } = known;
  return standingAgainst(ref, kept).flatMap((externalId) => {
    const netsuiteId = facts.internalIds.get(externalId);
    if (netsuiteId === undefined) return [];
    const deleted = facts.movements.find((one) => one.netsuiteId === netsuiteId && isDeleted(one));
    return deleted === undefined
      ? [{ externalId, netsuiteId }]
      : presentAgainst({ document: netsuiteId, line: deleted.line }, known);
  });
}

/** Of a document of ours that NetSuite no longer has at all: it was of no type (`own-differences.ts`). */
export const isDeleted = ({ type, units }: NetSuiteMovement): boolean => type === '' && units !== 0;

/** Units of a line that came to nothing by other hands, signed as the line: no document of ours stands against them. */
export function pairedUnits(
  { ref, pool, place, movement: { item } }: Pick<OpenMovement, 'ref' | 'pool' | 'place' | 'movement'>,
  { offsets }: Pick<KeptStock, 'offsets'>,
): number {
  const key = partKey(ref, { pool, place, item });
  return offsets.reduce((sum, { line, against, units, ...of }) => {
    if (parseExternalId(line.document) !== null) return sum;
    return sum + (partKey(line, of) === key ? units : 0) - (partKey(against, of) === key ? units : 0);
  }, 0);
}

/**
 * What came to nothing by other hands, without any document: the same on another line of its document, or a counter that was
 * deleted as well as what it countered. Takes units of both.
 */
export function pairUndone(movements: readonly OpenMovement[], { kept, facts }: Planning): Offset[] {
  const offsets: Offset[] = [];
  const byPart = grouped(
    movements.filter(({ inStand }) => !inStand),
    ({ pool, place, movement }) => `${pool} ${place} ${movement.item}`,
  );
  for (const undone of movements.filter(({ isUndone, inStand }) => isUndone && !inStand)) {
    const { pool, place, ref, movement } = undone;
    const counters = standingAgainst(ref, kept).map((externalId) => facts.internalIds.get(externalId));
    for (const other of byPart.get(`${pool} ${place} ${movement.item}`) ?? []) {
      if (undone.open === 0 || Math.sign(other.open) !== -Math.sign(undone.open)) continue;
      if (other.ref.document !== ref.document && !counters.includes(other.ref.document)) continue;
      const units = Math.sign(other.open) * Math.min(Math.abs(other.open), Math.abs(undone.open));
      other.open -= units;
      undone.open += units;
      offsets.push({ pool, place, item: movement.item, units, line: other.ref, against: ref });
    }
  }
  return offsets;
}
