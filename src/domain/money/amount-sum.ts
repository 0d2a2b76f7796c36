/** Minor units as they are read: a whole number of less than a quadrillion, exact as a `number`, else a bigint. */
export type Minor = number | bigint;

/**
 * Beyond this a sum is put away: one more amount of less than 10^15 is then still far below 2^53, up to where whole
 * numbers are exact, and a number below 2^30 is kept by the engine without an object.
 */
const LARGEST_KEPT = 2 ** 30;

/**
 * An exact sum of minor units. Adding bigints makes an object each time; amounts of a report are small, so they are
 * added as whole numbers inside the range in which those are exact, and put away as a bigint before they leave it.
 */
export class AmountSum {
  #small = 0;
  #large = 0n;

  add(amount: Minor): void {
    if (typeof amount === 'bigint') this.#large += amount;
    else {
      this.#small += amount;
      if (this.#small > LARGEST_KEPT || this.#small < -LARGEST_KEPT) this.#putAway();
    }
  }

  get isZero(): boolean {
    return this.#large === 0n ? this.#small === 0 : this.total === 0n;
  }

  /** Signed minor units. */
  get total(): bigint {
    this.#putAway();
    return this.#large;
  }

  #putAway(): void {
    this.#large += BigInt(this.#small);
    this.#small = 0;
  }
}
