/** Fulfilments of the order flow that somebody altered or deleted in NetSuite, and those that he made in their place. */
import { renderDay } from '../clocks/render-dates.ts';
import type { Day } from '../money/instant.ts';
import { nameOfOurs } from './foreign.ts';
import { nearDays } from './match-days.ts';
import { grouped } from './grouped.ts';
import type { Answer, KeptRow, KeptStock } from './kept-stock.ts';
import { lineKey, placeAt } from './open-movements.ts';
import type { Pool } from './pools.ts';
import { signedUnits } from './render-stock.ts';
import type { AlteredFulfilment, NetSuiteMovement } from './stock-facts.ts';

/** What became of an item of a fulfilment; nothing where it is as it was posted. */
export function asAltered(
  posted: Pick<AlteredFulfilment, 'externalId' | 'item' | 'location' | 'units'>,
  now: Pick<AlteredFulfilment, 'netsuiteId' | 'salesOrders' | 'day'> & {
    lines: readonly { item: string; location: string; units: number; day: Day }[];
  },
): AlteredFulfilment[] {
  const { netsuiteId, salesOrders, day, lines } = now;
  const own = lines.filter(({ item, location }) => item === posted.item && location === posted.location);
  const one = { ...posted, netsuiteId, salesOrders, day };
  if (lines.length === 0) return [{ ...one, now: null }];
  const [units, days] = [unitsIn(own), [...new Set(own.map((line) => line.day))]];
  return units === posted.units && days.every((of) => of === day) ? [] : [{ ...one, now: { units, days } }];
}

export const unitsIn = (of: readonly { units: number }[]): number => of.reduce((sum, { units }) => sum + units, 0);

/** Those of an item in a pool that were posted near some days. */
export function alteredNear(
  altered: readonly AlteredFulfilment[],
  { item, pool, days }: { item: string; pool: string; days: readonly Day[] },
  pools: readonly Pool[],
): AlteredFulfilment[] {
  const near = new Set(days.flatMap(nearDays));
  return altered.filter((one) => one.item === item && near.has(one.day) && placeAt(pools, one.location)?.pool === pool);
}

/** `IF 112-1-S9 1, a document of Tieout's, was altered in NetSuite (812): −3 of MUG at us sellable planned, NetSuite has −2` */
export function renderAltered(
  { externalId, netsuiteId, item, units, day, now }: AlteredFulfilment,
  { pool, place }: { pool: string; place: string },
): string {
  const elsewhere = now?.days.filter((one) => one !== day) ?? [];
  const [planned, has] =
    elsewhere.length === 0 ? ['', ''] : [` on ${renderDay(day)}`, ` on ${elsewhere.map(renderDay).join(', ')}`];
  return `${nameOfOurs(externalId)}, a document of Tieout's, was ${now === null ? 'deleted' : 'altered'} in NetSuite (${netsuiteId}): ${signedUnits(units)} of ${item} at ${pool} ${place} planned${planned}, NetSuite has ${now === null ? '0' : signedUnits(now.units)}${has}`;
}

/**
 * A fulfilment that somebody made of the same sales order in the place of one that was deleted stands for the same shipment: it
 * answers rows as of the day of that. By line (`lineKey`); units of which there are no more in what was deleted are none of it.
 */
export function standingFor(
  movements: readonly NetSuiteMovement[],
  altered: readonly AlteredFulfilment[],
): { days: Map<string, Day>; left: AlteredFulfilment[] } {
  const days = new Map<string, Day>();
  const left = altered.map((one) => ({ ...one }));
  for (const { netsuiteId: document, line, item, location, units, createdFrom } of movements) {
    if (createdFrom === undefined || units >= 0) continue;
    const own = left.filter(
      (one) =>
        one.now === null &&
        one.item === item &&
        one.location === location &&
        one.units < 0 &&
        one.salesOrders.includes(createdFrom),
    );
    const stood = own.find((one) => one.units === units) ?? own[0];
    if (stood === undefined) continue;
    days.set(lineKey({ document, line }), stood.day);
    stood.units = Math.min(0, stood.units - units);
  }
  return { days, left: left.filter(({ now, units }) => now !== null || units !== 0) };
}

/** Shipments up to a day of which something is open, whatever NetSuite has no longer as it was answered by. */
export function shippedWithout({ rows, answers }: KeptStock, released: ReadonlySet<Answer>, until: Day): KeptRow[] {
  const answered = grouped(
    answers.filter((answer) => !released.has(answer)),
    ({ row }) => row,
  );
  const isWhole = ({ id, quantity }: KeptRow) => {
    const items = grouped(answered.get(id) ?? [], ({ item }) => item);
    return items.size > 0 && [...items.values()].every((own) => unitsIn(own) === quantity * own[0]!.perSku);
  };
  return rows.filter((row) => row.eventType === 'Shipments' && row.day <= until && !isWhole(row));
}

/** Fulfilments dated up to a day of which rows answer other units. */
export function aloneSince(
  until: Day,
  movements: readonly NetSuiteMovement[],
  { answers }: KeptStock,
): NetSuiteMovement[] {
  const answered = new Map<string, number>();
  for (const { by, units } of answers)
    if (by.kind === 'movement') answered.set(lineKey(by), (answered.get(lineKey(by)) ?? 0) + units);
  return movements.filter(
    ({ netsuiteId: document, line, type, day, units }) =>
      type === 'ItemShip' && day <= until && units !== (answered.get(lineKey({ document, line })) ?? 0),
  );
}
