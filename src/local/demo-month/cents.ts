/** Amounts in whole cents, of the dollar, the euro or the pound. */

/** 1234n → `12.34`. */
export function dollars(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** So many hundredths of a percent of an amount, rounded half away from zero: 1500 is 15 %. */
export function share(cents: bigint, basisPoints: bigint): bigint {
  const scaled = cents * basisPoints;
  return scaled < 0n ? -((-scaled + 5_000n) / 10_000n) : (scaled + 5_000n) / 10_000n;
}

/** The tax inside a price at so many hundredths of a percent, half up: 2000 is 20 %. */
export function taxInside(cents: bigint, basisPoints: bigint): bigint {
  const whole = 10_000n + basisPoints;
  return (2n * cents * basisPoints + whole) / (2n * whole);
}

export function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
