/**
 * The demo clock: starts at a given instant, runs at real speed and jumps forward on request, never back.
 * Real time is handed in, so that a test can hold it still.
 */
export class DemoClock {
  #offsetMs: number;
  readonly #realNow: () => number;

  constructor(startMs: number, realNow: () => number = Date.now) {
    this.#realNow = realNow;
    this.#offsetMs = startMs - realNow();
  }

  /** Epoch milliseconds on the demo clock. */
  now(): number {
    return this.#realNow() + this.#offsetMs;
  }

  /** Epoch milliseconds in the real world: tokens and download addresses live by it. */
  real(): number {
    return this.#realNow();
  }

  /** Jumps to an instant; one that has passed changes nothing. Returns the new now. */
  jumpTo(epochMs: number): number {
    const ahead = epochMs - this.now();
    if (ahead > 0) this.#offsetMs += ahead;
    return this.now();
  }
}
