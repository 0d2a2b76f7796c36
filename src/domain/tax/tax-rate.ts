/** Rates of sales tax, and the tax in or on an amount: half up, as the invoice of Amazon's own calculation rounds a line. */

/** Hundredths of a percent: 20 % is 2000, 5.5 % is 550. */
export type Rate = bigint;

const WHOLE = 10_000n;

/** Tax inside an amount that holds it: gross × r ÷ (100 + r) (tax.md, *Without calculation*). */
export function taxInside(gross: bigint, rate: Rate): bigint {
  return halfUp(gross * rate, WHOLE + rate);
}

/** Tax on an amount without it. */
export function taxOn(net: bigint, rate: Rate): bigint {
  return halfUp(net * rate, WHOLE);
}

/** The part of `whole` that `some` is of `all`, half up; nothing of nothing. */
export function partOf(whole: bigint, some: bigint, all: bigint): bigint {
  return all === 0n ? 0n : halfUp(whole * some, all);
}

/** Per cent as plain text: `20`, `5.5`. */
export function percentOf(rate: Rate): string {
  const hundredths = (rate % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${rate / 100n}${hundredths === '' ? '' : `.${hundredths}`}`;
}

/** `20 %`, `5.5 %`. */
export function renderRate(rate: Rate): string {
  return `${percentOf(rate)} %`;
}

/** Half a unit is rounded away from zero. */
function halfUp(dividend: bigint, divisor: bigint): bigint {
  const [absolute, by] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const rounded = (2n * absolute + by) / (2n * by);
  return dividend < 0n === divisor < 0n ? rounded : -rounded;
}
