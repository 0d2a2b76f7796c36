/** Rows and movements that a person has said what they are: `answerRows`, `explainForeign`. */
import type { Answer } from './kept-stock.ts';
import { adjusted, type Booking, type Outcome } from './booking.ts';
import { transferCounter } from './countered-transfers.ts';
import { counterOf, Covers, receiptAgain } from './decided-foreign.ts';
import { answerByMovement, type OpenMovement } from './open-movements.ts';
import { take, type OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { decisionsOf } from './stock-decisions.ts';

export function answerDecided(
  parts: readonly OpenPart[],
  movements: readonly OpenMovement[],
  planning: Planning,
): Partial<Outcome> {
  const { decisions, policy } = planning;
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  for (const { rows, role, day } of decisionsOf(decisions, 'answerRows'))
    for (const part of parts.filter(({ row, open }) => rows.includes(row.id) && open !== 0))
      bookings.push(
        adjusted(part, take(part, part.open), role, { day: day < policy.from ? policy.from : day, isDecided: true }),
      );
  const covers = new Covers(planning);
  for (const line of movements.filter(({ open, inStand }) => open !== 0 && !inStand)) {
    const own = covers.of(line);
    for (const { rows } of own.filter(({ choice }) => choice === 'answers' && !line.isUndone))
      for (const part of parts.filter(({ row }) => rows.includes(row.id)))
        answers.push(...answeredBy(part, line, covers.left(line)));
    const counter = own.findLast(({ choice }) => choice === 'counter');
    if (counter === undefined) continue;
    const options = { day: counter.day, planning, covers };
    const transfer = transferCounter(line, movements, options);
    const again = transfer === null ? receiptAgain(line, options) : [transfer];
    const units = covers.left(line);
    if (again !== null) bookings.push(...again);
    else if (units !== 0) bookings.push(counterOf(line, units, { day: counter.day, planning }));
  }
  return { bookings, answers };
}

/** @param covered units of the line that its decisions cover */
function answeredBy(part: OpenPart, line: OpenMovement, covered: number): Answer[] {
  const isSame = part.pool === line.pool && part.place === line.place && part.item === line.movement.item;
  if (!isSame || covered === 0 || Math.sign(part.open) !== Math.sign(covered)) return [];
  const units = Math.sign(part.open) * Math.min(Math.abs(part.open), Math.abs(covered));
  return [answerByMovement(part, line, units)];
}
