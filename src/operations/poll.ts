import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until it is done or the seconds are over; returns what it saw last. */
export async function poll<T>(look: () => Promise<T>, done: (seen: T) => boolean, seconds: number): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 2, 1000)) {
    const seen = await look();
    const left = until - performance.now();
    if (done(seen) || left <= 0) return seen;
    await sleep(Math.min(pause, left));
  }
}
