/** How far our clock is from others', in words, and from when on it matters. */

/** The clocks that ours is measured against. */
export type Clock = 'Amazon' | 'NetSuite' | 'Postgres';

/**
 * Further off, people hear of it. Nothing is lost or booked twice by any skew. It is half of the two minutes by which Amazon's
 * windows end before a call, a fifth of the life of the assertions that NetSuite gets, and far more than NTP ever leaves.
 */
export const SKEW_LIMIT_MS = 60_000;

export function isSkewed(skewMs: number): boolean {
  return Math.abs(skewMs) > SKEW_LIMIT_MS;
}

/**
 * `our clock is 20 d ahead of Amazon's`.
 * @param skewMs by how many milliseconds their clock is ahead of ours; negative: behind
 */
export function renderSkew(clock: Clock, skewMs: number): string {
  return `our clock is ${duration(Math.abs(skewMs))} ${skewMs < 0 ? 'ahead of' : 'behind'} ${clock === 'Postgres' ? "Postgres's" : `${clock}'s`}`;
}

/** `0 s`, `3 min`, `5 h`, `20 d`: the unit that matters, cut off. */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
