/** Rows that are adjustments by themselves, on their day: `M 5 O D G F N`, and what a person says is one. */
import { adjustmentHead, bookingOf, placeOfPart, type BookingHead, type Outcome } from './booking.ts';
import { roleOf } from './answer-pairs.ts';
import { take, type OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';

export function answerAdjustments(parts: readonly OpenPart[], planning: Planning): Outcome {
  const released = parts.filter(({ isReleased }) => isReleased);
  const heads = new Map<string, BookingHead>();
  const headOf = (part: OpenPart) => {
    const role = roleOf(part, planning);
    const key = [part.pool, part.day, role].join(' ');
    const head = heads.get(key) ?? adjustmentHead(part.pool, part.day, role);
    heads.set(key, head);
    return head;
  };
  return {
    bookings: released.map((part) => {
      const share = take(part, part.open);
      return bookingOf(headOf(part), [share], share.units, placeOfPart(part));
    }),
    answers: [],
    offsets: [],
    waits: parts.filter(({ isReleased }) => !isReleased).map((part) => ({ part, reason: 'day-open' })),
    problems: [],
  };
}

/** Rows of which nobody knows what they are. */
export function waitUnknown(parts: readonly OpenPart[]): Outcome {
  return {
    bookings: [],
    answers: [],
    offsets: [],
    waits: parts.map((part) => ({ part, reason: part.isReleased ? 'ledger-unknown' : 'day-open' })),
    problems: [],
  };
}
