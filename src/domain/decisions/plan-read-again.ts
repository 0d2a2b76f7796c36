/** What is read again when a person sets a mark back. */
import { epochMsOf, instantOf, type Instant } from '../money/instant.ts';

/** The sources whose marks a person may set back. */
export const READ_AGAIN = ['orders', 'shipments', 'refunds', 'settlements'] as const;
export type ReadAgainWhat = (typeof READ_AGAIN)[number];

/** How a source is asked for: how far before its mark a look begins, and the longest window of one request; null where a listing has no longest. */
export interface ReadingHabit {
  overlapMs: number;
  pieceMs: number | null;
  keptMs: number | null;
}

export interface ReadAgainPlan {
  what: ReadAgainWhat;
  /** The mark as it will stand, and as it stood. */
  from: Instant;
  to: Instant;
  /** Requests (reports, windows) that this makes at least. */
  pieces: number;
  /** It was asked for from before the cut-over, where everything begins. */
  isCut: boolean;
  /** Amazon lists nothing older, where what was asked for is. */
  listedSince: Instant | null;
}

/**
 * The mark goes back to an instant, never forward, and not before the cut-over.
 * @param mark where it stands; null while nothing has been read to its end
 */
export function planReadAgain({
  what,
  from,
  mark,
  cutOver,
  habit,
}: {
  what: ReadAgainWhat;
  from: Instant;
  mark: Instant | null;
  cutOver: Instant;
  habit: ReadingHabit;
}): ReadAgainPlan | { refused: string } {
  if (mark === null)
    return { refused: `Nothing of the ${what} has been read to its end yet: there is nothing to read again.` };
  const isCut = from < cutOver;
  const begin = isCut ? cutOver : from;
  if (begin > mark)
    return { refused: `The ${what} are read up to ${mark}, and ${begin} lies ahead of that: a mark is only set back.` };
  const span = epochMsOf(mark) - epochMsOf(begin) + habit.overlapMs;
  const oldest = habit.keptMs === null ? null : instantOf(epochMsOf(mark) - habit.keptMs);
  return {
    what,
    from: begin,
    to: mark,
    isCut,
    pieces: habit.pieceMs === null ? 1 : Math.max(1, Math.ceil(span / habit.pieceMs)),
    listedSince: oldest !== null && begin < oldest ? oldest : null,
  };
}
