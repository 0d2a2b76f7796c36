/** Rows that are adjustments by themselves, on their day: `M 5 O D G F N`, and what a person says is one. */
import { adjusted, type Outcome } from './booking.ts';
import { roleOf } from './answer-pairs.ts';
import { take, type OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';

export function answerAdjustments(parts: readonly OpenPart[], planning: Planning): Outcome {
  const released = parts.filter(({ isReleased }) => isReleased);
  return {
    bookings: released.map((part) => adjusted(part, take(part, part.open), roleOf(part, planning))),
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
