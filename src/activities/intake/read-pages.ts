import { setTimeout as wait } from 'node:timers/promises';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../../store/database.ts';
import { forgetMark, readMark, writeMark } from '../../store/marks.ts';

/** A quota that refills this soon is waited for; for a longer one the activity is tried again. */
const LONGEST_WAIT_MS = 10_000;

export interface Page {
  /** Null on the last page. */
  nextToken: string | null;
  /** Up to when Amazon says that the listing is whole; null where it does not say so. */
  upTo: Instant | null;
}

/** How far a listing has been read that is not at its end. */
interface Place { since: Instant; upTo: Instant | null; token: string | null }

/**
 * Reads what a listing of Amazon's holds since an instant, page by page, and moves the source's high-water mark after
 * the last. Where it stands is written down after each page: a listing of more pages than the quota gives at once is gone
 * on with by the next attempt. Begun anew each time it would never come to its end.
 * @param from where it begins, unless an earlier attempt has begun it; `upTo` is where the mark goes if no page says more
 */
export async function readPages(db: Database, connection: string, source: string, from: Omit<Place, 'token'>, page: (since: Instant, token: string | null) => Promise<Page>): Promise<void> {
  const placeName = `${source}:place`;
  const begun = await readMark(db, connection, placeName);
  let place: Place = begun === null ? { ...from, token: null } : (JSON.parse(begun) as Place);
  let resumed = begun !== null;
  for (;;) {
    const read = await readPage(() => page(place.since, place.token), resumed);
    if (read === null) {
      place = { ...from, token: null };
      resumed = false;
      continue;
    }
    resumed = false;
    place = { ...place, token: read.nextToken, upTo: read.upTo ?? place.upTo };
    if (place.token === null) break;
    await writeMark(db, connection, placeName, JSON.stringify(place));
  }
  const { upTo } = place;
  await db.transaction().execute(async (tx) => {
    if (upTo !== null) await writeMark(tx, connection, source, upTo);
    await forgetMark(tx, connection, placeName);
  });
}

/** Null when Amazon no longer takes the token of an earlier attempt (that of orders is good for a day): then from the begin. */
async function readPage(page: () => Promise<Page>, resumed: boolean): Promise<Page | null> {
  for (;;) {
    try {
      return await page();
    } catch (error) {
      if (!(error instanceof AmazonFailure)) throw error;
      if (error.code === 'rejected' && resumed) return null;
      if (error.code !== 'throttled' || error.retryAfterMs === null || error.retryAfterMs > LONGEST_WAIT_MS) throw error;
      await wait(error.retryAfterMs);
    }
  }
}
