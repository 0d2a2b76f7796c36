/**
 * Rows that come in halves (`E 6 7 H K U Q P`, and what a person says is a pair), per item and pool, oldest first: what
 * stays in a place is due nothing, what leaves one place and enters the other is a transfer dated the later row. A rest
 * without its other half waits 7 days, then is an adjustment.
 */
import type { Role } from '../mapping/roles.ts';
import { adjusted, bookingOf, placeOfPart, transferHead, type Booking, type Outcome } from './booking.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import type { Answer } from './kept-stock.ts';
import { settledByNothing, take, type OpenPart, type Share, type Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';

/** Halves of a pair may lie so many days apart. */
export const PAIR_DAYS = 7;

export function answerPairs(parts: readonly OpenPart[], planning: Planning): Outcome {
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  const released = parts.filter(({ isReleased }) => isReleased);
  for (const own of grouped(released, ({ pool, item }) => `${pool} ${item}`).values()) {
    pairOff(own, { isSamePlace: true }, (out, into) => {
      answers.push(...settledByNothing([out.part.row.id, into.part.row.id, out.part.item].join('~'), [out, into]));
    });
    pairOff(own, { isSamePlace: false }, (out, into) => {
      bookings.push(moved(out, into));
    });
  }
  const waits: Wait[] = [];
  for (const part of parts) {
    if (part.open === 0) continue;
    if (part.isReleased && hasPassed(part.row.day, PAIR_DAYS, planning.today))
      bookings.push(adjusted(part, take(part, part.open), roleOf(part, planning)));
    else waits.push({ part, reason: part.isReleased ? 'pair' : 'day-open' });
  }
  return { bookings, answers, offsets: [], waits, problems: [] };
}

/** Units that leave one place for another of the same pool, dated the later of the two rows. */
export function moved(out: Share, into: Share): Booking {
  const day = out.part.day > into.part.day ? out.part.day : into.part.day;
  const [from, to] = [placeOfPart(out.part), placeOfPart(into.part)];
  return bookingOf(transferHead(day, from, to), [out, into], into.units, to);
}

/** The role of an adjustment: as the connection says for its reason, else as the table does. */
export function roleOf({ row, answer }: OpenPart, { policy }: Pick<Planning, 'policy'>): Role {
  const own = row.eventType === 'Adjustments' ? policy.accounts[row.reason] : undefined;
  return own ?? (answer !== null && 'role' in answer && answer.role !== null ? answer.role : 'inventory-loss');
}

/** Takes what leaves against what enters, in the order of the rows. */
function pairOff(
  parts: readonly OpenPart[],
  { isSamePlace }: { isSamePlace: boolean },
  pair: (out: Share, into: Share) => void,
): void {
  const entering = parts.filter(({ open }) => open > 0);
  for (const out of parts) {
    for (const into of entering) {
      if (out.open >= 0) break;
      if (into.open === 0 || (into.place === out.place) !== isSamePlace || !isNear(out, into)) continue;
      const units = Math.min(-out.open, into.open);
      pair(take(out, -units), take(into, units));
    }
  }
}

function isNear(one: OpenPart, other: OpenPart): boolean {
  const [first, last] = one.row.day < other.row.day ? [one, other] : [other, one];
  return !hasPassed(first.row.day, PAIR_DAYS, last.row.day);
}
