/** What is on its way home arrives `removalDays` later: it leaves `removal` for the seller's warehouse, oldest first. */
import { addDays, type Day } from '../money/instant.ts';
import { isCounter, transferHead, type Booking } from './booking.ts';
import { rowless } from './decided-inbound.ts';
import { lineEffects, type LineEffect } from './document-effects.ts';
import type { StockDocument } from './kept-stock.ts';
import type { Planning } from './planning.ts';

/** What our transfers have brought into `removal` and not out of it, by `{pool} {item}`. */
export function unitsUnderWay(documents: readonly StockDocument[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { pool, item, units: moved } of effectsAtRemoval(documents))
    units.set(`${pool} ${item}`, (units.get(`${pool} ${item}`) ?? 0) + moved);
  return units;
}

/** A counter moves nothing more: it restores a transfer that somebody deleted, or takes back one of somebody else's. */
function effectsAtRemoval(documents: readonly StockDocument[]): (LineEffect & { day: Day })[] {
  return documents
    .filter(({ key }) => key.purpose === 'TRF' && !isCounter(key))
    .flatMap((document) => lineEffects(document).map((effect) => ({ ...effect, day: document.day })))
    .filter(({ place }) => place === 'removal');
}

/** @param bookings of this run so far */
export function emptyRemoval(bookings: readonly Booking[], { policy, kept, today }: Planning): Booking[] {
  const came = new Map<string, Map<Day, number>>();
  const left = new Map<string, number>();
  const count = (pool: string, item: string, day: Day, units: number) => {
    const key = `${pool} ${item}`;
    if (units < 0) return void left.set(key, (left.get(key) ?? 0) - units);
    const days = came.get(key) ?? new Map<Day, number>();
    came.set(key, days.set(day, (days.get(day) ?? 0) + units));
  };
  for (const { pool, item, day, units } of effectsAtRemoval(kept.documents)) count(pool, item, day, units);
  for (const { head, item, units } of bookings) {
    if (head.purpose !== 'TRF' || isCounter(head)) continue;
    if (head.from.place === 'removal') count(head.from.pool, item, head.day, -units);
    if (head.to.place === 'removal') count(head.to.pool, item, head.day, units);
  }
  return [...came].flatMap(([key, days]) => {
    const space = key.indexOf(' ');
    const [pool, item] = [key.slice(0, space), key.slice(space + 1)];
    let gone = left.get(key) ?? 0;
    return [...days]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([day, units]): Booking[] => {
        const still = Math.max(0, units - gone);
        gone = Math.max(0, gone - units);
        const arrival = addDays(day, policy.removalDays);
        if (still === 0 || arrival > today) return [];
        const to = { pool, place: 'source' } as const;
        const head = transferHead(arrival, { pool, place: 'removal' }, to);
        return [rowless(head, { item, units: still, place: to, against: [] })];
      });
  });
}
