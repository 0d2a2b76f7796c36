/** Rows and movements that a person has said what they are: `answerRows`, `explainForeign`. */
import type { Answer } from './kept-stock.ts';
import { adjusted, adjustmentHead, keyText, type Booking, type Outcome } from './booking.ts';
import { answerByMovement, type OpenMovement } from './open-movements.ts';
import { take, type OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { decisionsOf } from './stock-decisions.ts';

/** `transaction.type` of an adjustment, whose account its counter takes. */
const ADJUSTMENT = 'InvAdjst';

export function answerDecided(
  parts: readonly OpenPart[],
  movements: readonly OpenMovement[],
  { decisions, policy }: Planning,
): Partial<Outcome> {
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  for (const { rows, role, day } of decisionsOf(decisions, 'answerRows'))
    for (const part of parts.filter(({ row, open }) => rows.includes(row.id) && open !== 0))
      bookings.push(
        adjusted(part, take(part, part.open), role, { day: day < policy.from ? policy.from : day, isDecided: true }),
      );
  for (const { document, choice, rows, day } of decisionsOf(decisions, 'explainForeign')) {
    const lines = movements.filter(({ ref, open, inStand }) => ref.document === document && open !== 0 && !inStand);
    if (choice === 'counter') bookings.push(...lines.map((line) => counterOf(line, day)));
    else
      for (const line of lines)
        for (const part of parts.filter(({ row }) => rows.includes(row.id))) answers.push(...answeredBy(part, line));
  }
  return { bookings, answers };
}

/** The opposite of a movement, on the day of the decision. */
function counterOf(line: OpenMovement, day: string): Booking {
  const { movement, ref, pool, place } = line;
  const units = -line.open;
  line.open = 0;
  return {
    head: adjustmentHead(pool, day, 'inventory-loss', {
      name: `${pool}-c${keyText(movement.netsuiteId)}`,
      isDecided: true,
      ...(movement.type === ADJUSTMENT ? { accountOf: movement.netsuiteId } : {}),
    }),
    item: movement.item,
    units,
    place: { pool, place },
    eventType: '',
    // The line that it counters: each has one of its own, so that none comes to nothing beside another.
    reason: String(movement.line),
    unitCost: null,
    tie: null,
    shares: [],
    source: null,
    against: { place: { pool, place }, units, other: ref },
  };
}

function answeredBy(part: OpenPart, line: OpenMovement): Answer[] {
  const isSame = part.pool === line.pool && part.place === line.place && part.item === line.movement.item;
  if (!isSame || Math.sign(part.open) !== Math.sign(line.open) || line.open === 0) return [];
  const units = Math.sign(part.open) * Math.min(Math.abs(part.open), Math.abs(line.open));
  return [answerByMovement(part, line, units)];
}
