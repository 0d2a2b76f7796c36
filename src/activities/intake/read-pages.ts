import { setTimeout as wait } from 'node:timers/promises';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../../store/database.ts';
import type { Connection } from '../connection.ts';
import { forgetMark, moveMark, readMark, writeMark } from '../../store/intake/marks.ts';
import type { Begin } from './begin-reading.ts';

/** A quota that refills this soon is waited for; for a longer one the activity is tried again. */
const LONGEST_WAIT_MS = 10_000;

export interface Page {
  /** Null on the last page. */
  nextToken: string | null;
  /** Up to when Amazon says that the listing is whole; null where it does not say so. */
  upTo: Instant | null;
}

/** Under which name the place of a source is kept beside its mark. */
export const placeName = (source: string) => `${source}:place`;

/** How far a listing has been read that is not at its end, and the mark at which it began. */
interface Place {
  since: Instant;
  upTo: Instant | null;
  token: string | null;
  mark?: string | null;
}

/**
 * Reads what a listing of Amazon's holds since an instant, page by page, and moves the source's high-water mark after
 * the last, to the earliest instant that one of its pages proves. Where it stands is written down after each page: a listing of more pages than the quota gives at once is gone
 * on with by the next attempt. Begun anew each time it would never come to its end. A place whose mark somebody has set back
 * since (`tieout read-again`) is left.
 * @param begin where it begins, unless an earlier attempt has begun it
 */
export async function readPages(
  { db, name }: Connection,
  source: string,
  begin: Pick<Begin, 'mark' | 'since'>,
  page: (since: Instant, token: string | null) => Promise<Page>,
): Promise<void> {
  const kept = placeName(source);
  const anew: Place = { since: begin.since, mark: begin.mark, upTo: null, token: null };
  const begun = await placeOf(db, name, kept, begin.mark);
  let place = begun ?? anew;
  let resumed = begun !== null;
  for (;;) {
    const read = await readPage(() => page(place.since, place.token), { resumed });
    if (read === null) {
      place = anew;
      resumed = false;
      continue;
    }
    resumed = false;
    place = { ...place, token: read.nextToken, upTo: earlier(place.upTo, read.upTo) };
    if (place.token === null) break;
    await writeMark(db, name, kept, JSON.stringify(place));
  }
  const { upTo } = place;
  await db.transaction().execute(async (tx) => {
    if (upTo !== null) await moveMark(tx, name, source, begin.mark, upTo);
    await forgetMark(tx, name, kept);
  });
}

async function placeOf(db: Database, connection: string, kept: string, mark: string | null): Promise<Place | null> {
  const written = await readMark(db, connection, kept);
  const place = written === null ? null : (JSON.parse(written) as Place);
  // One that an earlier version wrote names no mark.
  return place === null || (place.mark !== undefined && place.mark !== mark) ? null : place;
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || (other !== null && other < one) ? other : one;
}

/** Null when Amazon no longer takes the token of an earlier attempt (that of orders is good for a day): then from its beginning. */
async function readPage(page: () => Promise<Page>, { resumed }: { resumed: boolean }): Promise<Page | null> {
  try {
    return await throughQuota(page);
  } catch (error) {
    if (error instanceof AmazonFailure && error.code === 'rejected' && resumed) return null;
    throw error;
  }
}

/** Asks again where a quota is used up that refills within seconds. */
export async function throughQuota<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AmazonFailure) || error.code !== 'throttled') throw error;
      if (error.retryAfterMs === null || error.retryAfterMs > LONGEST_WAIT_MS) throw error;
      await wait(error.retryAfterMs);
    }
  }
}
