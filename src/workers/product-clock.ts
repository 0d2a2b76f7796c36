/** What time it is for the product: the real time, or that of a demo clock, which is asked for by HTTP. */
import got from 'got';
import { instantOf, type Instant } from '../domain/money/instant.ts';

export interface ProductClock {
  now(): Promise<Instant>;
  /** Without asking: real, or as far from real as the demo clock was when it was last asked. */
  latest(): number;
}

export function realClock(): ProductClock {
  return { now: async () => instantOf(Date.now()), latest: () => Date.now() };
}

/** It only ever runs at real speed or jumps forward, so the last answer is never ahead of it. */
export function demoClock(url: string): ProductClock {
  let ahead = 0;
  return {
    async now() {
      const { now } = await got(`${url}/clock`, { timeout: { request: 5000 }, retry: { limit: 3 } }).json<{
        now: string;
      }>();
      ahead = Date.parse(now) - Date.now();
      return now;
    },
    latest: () => Date.now() + ahead,
  };
}
