import type { DemoClock } from '../clock.ts';

/**
 * SP-API's usage plan: one token bucket per operation, full at the start, refilled at `rate` tokens a second of the
 * demo clock and never above `burst`.
 */
export class Quota {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #clock: DemoClock;

  constructor(clock: DemoClock) {
    this.#clock = clock;
  }

  /** Takes one token; false when there is none. */
  take(operation: string, rate: number, burst: number): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(operation) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    const taken = tokens >= 1;
    this.#buckets.set(operation, { tokens: taken ? tokens - 1 : tokens, at: now });
    return taken;
  }
}
