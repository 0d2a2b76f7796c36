/** Between a transaction's currency and the base currency (the first of the seed). Rates are base per unit of the other. */
import { currencyDigits, mulDiv, toUnits } from '../decimal.ts';
import { currencySymbol, type Masters } from '../masters.ts';

export const BASE_CURRENCY = '1';
const RATE_DIGITS = 8;

interface Exchange {
  currency: string;
  exchangeRate: string;
}

/** Minor units of the base currency for minor units of the transaction's. */
export function toBase(masters: Masters, exchange: Exchange, units: bigint): bigint {
  const { rate, own, base } = scales(masters, exchange);
  return mulDiv(units * rate, base, own * 10n ** BigInt(RATE_DIGITS));
}

/** Minor units of the transaction's currency for minor units of the base currency: costs are kept in the base. */
export function fromBase(masters: Masters, exchange: Exchange, units: bigint): bigint {
  const { rate, own, base } = scales(masters, exchange);
  return mulDiv(units * own, 10n ** BigInt(RATE_DIGITS), base * rate);
}

function scales(masters: Masters, { currency, exchangeRate }: Exchange): { rate: bigint; own: bigint; base: bigint } {
  const scale = (id: string): bigint => 10n ** BigInt(currencyDigits(currencySymbol(masters, id)));
  return {
    rate: toUnits(exchangeRate, RATE_DIGITS) || 10n ** BigInt(RATE_DIGITS),
    own: scale(currency),
    base: scale(BASE_CURRENCY),
  };
}
