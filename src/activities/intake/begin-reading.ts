import { epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import { readMark } from '../../store/intake/marks.ts';
import type { Connection } from '../connection.ts';

/** Amazon refuses a window that begins less than two minutes before it is asked for (finances 2024-06-19, orders 2026-01-01). */
const TWO_MINUTES_MS = 120_000;

export interface Begin {
  /** The mark as it was found: it is only moved on from there. */
  mark: string | null;
  since: Instant;
  /** Amazon's time. */
  time: Instant;
}

/**
 * Where a look at a source begins: at its mark less an overlap, and never before the cut-over. All of it is Amazon's time: by
 * our own clock a mark would stand in days that nobody has read. A mark that lies ahead of Amazon's time is one that a clock
 * of ours wrote; nothing is proven by it, and all since the cut-over is read again. Null while there is nothing to ask for.
 */
export async function beginReading(connection: Connection, source: string, overlapMs: number): Promise<Begin | null> {
  const {
    settings: { cutOver },
    amazon,
  } = connection;
  const mark = await readMark(connection.db, connection.name, source);
  const time = await amazon.time(mark ?? cutOver);
  const read = mark === null || mark > time ? cutOver : instantOf(epochMsOf(mark) - overlapMs);
  const since = read > cutOver ? read : cutOver;
  return epochMsOf(since) > epochMsOf(time) - TWO_MINUTES_MS ? null : { mark, since, time };
}
