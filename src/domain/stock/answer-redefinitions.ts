/**
 * `3` and `4`: Amazon makes units of one SKU units of another. Paired within 7 days they are one adjustment, out of one item
 * and into the other, with the value that left; of one item on both sides nothing is due. What has no other half by then is
 * for a person.
 */
import { adjustmentHead, bookingOf, placeOfPart, type Booking, type BookingHead, type Outcome } from './booking.ts';
import { grouped } from './grouped.ts';
import { moved, PAIR_DAYS, roleOf } from './answer-pairs.ts';
import { hasPassed } from './day-complete.ts';
import type { Answer } from './kept-stock.ts';
import { matchByDay } from './match-days.ts';
import { rowsOf, settledByNothing, takeOfRow, type OpenRow, type Share, type Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { costOfOne, valueOf } from './unit-cost.ts';

export function answerRedefinitions(parts: Parameters<typeof rowsOf>[0], planning: Planning): Outcome {
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  const rows = rowsOf(parts.filter(({ isReleased }) => isReleased));
  for (const own of grouped(rows, ({ parts: [part] }) => part!.pool).values()) {
    const out = own.filter(({ open }) => open < 0).map((row) => ({ row, open: -row.open }));
    const into = own.filter(({ open }) => open > 0).map((row) => ({ row, open: row.open }));
    // Rows of one size first: of two sizes the wrong ones might be taken apart.
    for (const isWhole of [true, false])
      for (const [ones, others] of isWhole ? bySize(out, into) : [[out, into] as const])
        matchByDay(
          ones,
          others,
          {
            dayOf: { one: ({ row: { row } }) => row.day, other: ({ row: { row } }) => row.day },
            from: 0,
            to: PAIR_DAYS,
          },
          (one, other, units) => {
            one.open -= units;
            other.open -= units;
            const redefined = redefine(takeOfRow(one.row, -units), takeOfRow(other.row, units), planning);
            bookings.push(...redefined.bookings);
            answers.push(...redefined.answers);
          },
        );
  }
  const waits = parts
    .filter(({ open }) => open !== 0)
    .map((part): Wait => ({
      part,
      reason: !part.isReleased
        ? 'day-open'
        : hasPassed(part.row.day, PAIR_DAYS, planning.today)
          ? 'ledger-unknown'
          : 'pair',
    }));
  return { bookings, answers, offsets: [], waits, problems: [] };
}

interface Side {
  row: OpenRow;
  open: number;
}

function bySize(out: readonly Side[], into: readonly Side[]): (readonly [Side[], Side[]])[] {
  const entering = grouped(into, ({ open }) => String(open));
  return [...grouped(out, ({ open }) => String(open))].map(([size, own]) => [own, entering.get(size) ?? []] as const);
}

/** Items that are on both sides stay, or move between places; the others leave and enter with one value. */
function redefine(
  out: readonly Share[],
  into: readonly Share[],
  planning: Planning,
): { bookings: Booking[]; answers: Answer[] } {
  const bookings: Booking[] = [];
  const answers: Answer[] = [];
  const left = out.map((share) => ({ ...share }));
  const entering = into.map((share) => ({ ...share }));
  for (const one of left) {
    const same = entering.find(({ part }) => part.item === one.part.item);
    if (same === undefined) continue;
    const units = Math.min(-one.units, same.units);
    one.units += units;
    same.units -= units;
    const [gone, came] = [
      { part: one.part, units: -units },
      { part: same.part, units },
    ];
    if (one.part.place !== same.part.place) bookings.push(moved(gone, came));
    else answers.push(...settledByNothing([one.part.row.id, same.part.row.id, one.part.item].join('~'), [gone, came]));
  }
  const exchanged = [left.filter(({ units }) => units !== 0), entering.filter(({ units }) => units !== 0)] as const;
  const all = exchanged.flat();
  if (all.length === 0) return { bookings, answers };
  const day = all.map(({ part }) => part.day).reduce((last, next) => (next > last ? next : last));
  const [{ part: first }] = all as [Share];
  const head = adjustmentHead(first.pool, day, roleOf(first, planning));
  return { bookings: [...bookings, ...exchange(head, ...exchanged, planning)], answers };
}

/** What leaves and what enters in its place, with one value. */
export function exchange(
  head: BookingHead,
  out: readonly Share[],
  into: readonly Share[],
  planning: Planning,
): Booking[] {
  const isBoth = out.length > 0 && into.length > 0;
  const all = [...out, ...into];
  const tie = isBoth ? all.map(({ part }) => `${part.item}@${part.place}`).join('>') : null;
  const unitCost = isBoth ? costOfWhatCame(out, into, planning) : null;
  return all.map((share) =>
    bookingOf(head, [share], share.units, placeOfPart(share.part), {
      tie,
      unitCost: share.units > 0 ? unitCost : null,
    }),
  );
}

/** The value that left over the units that came; null where the cost of what left is not known. */
function costOfWhatCame(out: readonly Share[], into: readonly Share[], { costs }: Planning): string | null {
  const values = out.map(({ part, units }) => {
    const cost = costs.of(part.item, placeOfPart(part));
    return cost === null ? null : valueOf(-units, cost);
  });
  if (values.includes(null)) return null;
  return costOfOne(
    values.reduce<bigint>((sum, value) => sum + value!, 0n),
    into.reduce((sum, { units }) => sum + units, 0),
  );
}
