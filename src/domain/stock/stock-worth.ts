/** What units of stock are worth, as amounts of the subsidiary's currency: NetSuite's averages have more digits than it has. */
import { digitsOf, formatMinor, type CurrencyCode } from '../money/money.ts';
import type { Units } from './stock-plan.ts';
import { scaled, valueOf, type UnitCosts } from './unit-cost.ts';

/** A cost of one, in hundred-millionths. */
const ONE = scaled('1');

/** Decimal text with the digits of the currency, half a minor unit rounded away from zero. */
export function stockAmount(value: string, currency: CurrencyCode): string {
  return rounded(scaled(value), currency);
}

function rounded(value: bigint, currency: CurrencyCode): string {
  const inMinor = value * 10n ** BigInt(digitsOf(currency));
  const half = value < 0n ? -ONE : ONE;
  return formatMinor((2n * inMinor + half) / (2n * ONE), currency);
}

export interface Worth {
  /** Decimal text; null where none of the units has a cost. */
  amount: string | null;
  /** Items at a place whose cost NetSuite does not know: they are not in the amount. */
  unpriced: number;
}

/** Units of several items, signed; rounded once they are added. */
export function worthOf(units: readonly Units[], costs: UnitCosts, currency: CurrencyCode): Worth {
  const values = units
    .filter((one) => one.units !== 0)
    .map((one) => {
      const cost = costs.of(one.item, one);
      return cost === null ? null : valueOf(one.units, cost);
    });
  const unpriced = values.filter((value) => value === null).length;
  if (unpriced > 0 && unpriced === values.length) return { amount: null, unpriced };
  return {
    amount: rounded(
      values.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n),
      currency,
    ),
    unpriced,
  };
}

/** Decimal texts of one currency, added; null adds nothing. */
export function sumOfAmounts(amounts: readonly (string | null)[], currency: CurrencyCode): string {
  return rounded(
    amounts.reduce<bigint>((sum, amount) => sum + (amount === null ? 0n : scaled(amount)), 0n),
    currency,
  );
}
