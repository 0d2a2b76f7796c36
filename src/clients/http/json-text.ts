/**
 * JSON without floating point. A vendor writes amounts as JSON numbers; `JSON.parse` would turn them into doubles.
 * Here every number arrives as the text that was sent.
 */
import { storableText } from '../../domain/delimited/storable-text.ts';

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with every number token as a string: `{"a": 12.30}` gives `{a: "12.30"}`.
 * A number with an exponent is written out: `1.5E7` gives `"15000000"`. Texts are those of {@link parseJson}.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJsonNumbersAsText(text: string): unknown {
  return parseJson(
    text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${plainDecimal(token)}"`)),
  );
}

/** Any JSON of others: its texts come as they may be kept ({@link storableText}). @throws SyntaxError */
export function parseJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return MAYBE_UNSTORABLE.test(text) ? storable(parsed) : parsed;
}

/** Only by an escape may JSON say what cannot be kept. */
const MAYBE_UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), storable(member)]));
}

/** A JSON number token without its exponent, digit for digit: `-1.25e-1` is `-0.125`. */
export function plainDecimal(token: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(token);
  if (!match) return token;
  const [, sign, whole, fraction = '', exponent] = match;
  const shift = Number(exponent);
  // A number of the vendor's has a handful of digits; a bound keeps a hostile exponent from filling memory.
  if (Math.abs(shift) > 400) throw new SyntaxError(`number out of range: ${token}`);
  const digits = whole! + fraction;
  const point = whole!.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(at).replace(/0+$/, '');
  return `${sign}${integer}${rest ? `.${rest}` : ''}`;
}
