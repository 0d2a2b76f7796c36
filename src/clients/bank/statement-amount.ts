import { digitsOf, parseMinor, type CurrencyCode } from '../../domain/money/money.ts';

/** Signs of money, and whose they are. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  '€': /^EUR$/,
  $: /^(USD|CAD|AUD|MXN|SGD|BRL|NZD|HKD)$/,
  '£': /^(GBP|EGP)$/,
  '¥': /^(JPY|CNY)$/,
  '￥': /^(JPY|CNY)$/,
  '₹': /^INR$/,
  zł: /^PLN$/,
  kr: /^(SEK|DKK|NOK)$/,
};

/**
 * Minor units of an amount as a bank writes it, or null: thousands in groups of three, a plus, a minus before or behind or
 * brackets, the currency's sign or code. Nothing that could be read in two ways.
 * @param decimal the mark before the decimals; null for a plain number with a point and nothing else
 */
export function readBankAmount(text: string, currency: CurrencyCode, decimal: '.' | ',' | null): bigint | null {
  if (decimal === null)
    return looksGrouped(/\.(\d*)$/.exec(text)?.[1], currency)
      ? null
      : parseMinor(text.replace(/^([+-]?)\./, '$10.'), currency);
  const plain = unsigned(text.replaceAll('\u2212', '-').trim(), currency);
  if (plain === null) return null;
  const { negative, digits } = plain;
  const [point, groups] = decimal === '.' ? ['\\.', "[,'’\\s]"] : [',', "[.'’\\s]"];
  const match = new RegExp(`^(\\d+|\\d{1,3}(?:(${groups})\\d{3})(?:\\2\\d{3})*)?(?:${point}(\\d*))?$`).exec(digits);
  if (!match || (!match[1] && !match[3]) || looksGrouped(match[3], currency)) return null;
  const minor = parseMinor(`${(match[1] ?? '0').replace(/\D/g, '')}.${match[3] ?? ''}`, currency);
  return minor !== null && negative ? -minor : minor;
}

/** Three digits behind the mark are thousands to whoever has the other mark, also where they are zeros. */
function looksGrouped(decimals: string | undefined, currency: CurrencyCode): boolean {
  return decimals?.length === 3 && digitsOf(currency) !== 3;
}

/** Without sign and currency; null for the sign of another currency, or two signs. */
function unsigned(text: string, currency: CurrencyCode): { negative: boolean; digits: string } | null {
  const bracketed = /^\((.*)\)$/.exec(text);
  let rest = bracketed ? bracketed[1]!.trim() : text;
  let minus = bracketed ? 1 : 0;
  const without = (part: RegExp, seen: (mark: string) => boolean): boolean => {
    const mark = part.exec(rest);
    if (mark) rest = rest.replace(part, '').trim();
    return mark === null || seen(mark[0].trim());
  };
  const sign = (mark: string): boolean => {
    if (mark !== '+') minus += 1;
    return true;
  };
  const own = (mark: string): boolean =>
    mark.toUpperCase() === currency || (SIGNS[mark.toLowerCase()]?.test(currency) ?? false);
  const money = /^(?:[A-Za-z]{3}(?![A-Za-z])|[€$£¥￥₹])\s*|\s*(?:[A-Za-z]{3}|zł|kr|[€$£¥￥₹])$/;
  // A sign stands on either side of the currency, and the currency on either side of the number.
  const read = without(/^[+-]/, sign) && without(money, own) && without(/^[+-]|[+-]$/, sign);
  return read && minus <= 1 ? { negative: minus === 1, digits: rest } : null;
}
