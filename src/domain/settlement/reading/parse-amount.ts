import type { Minor } from '../../money/amount-sum.ts';
import { readDigits } from './read-digits.ts';

/**
 * Amounts as settlement reports write them: digits with one decimal mark, which is a comma in files of euro
 * accounts and a point elsewhere (Amazon: SP-API changelog, amounts in the local format). A file keeps to one mark; its summary row tells which.
 */
const BLANK = 32;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Up to here whole numbers are exact in a JavaScript number, and so is the sum that {@link AmountSum} keeps of them. */
const SAFE_DIGITS = 15;

/** How one file writes amounts. `mark` is the byte of its decimal mark, null until an amount has shown it. */
export interface AmountFormat {
  mark: number | null;
  /** Decimal places of the currency. */
  digits: number;
}

/**
 * Signed minor units of the amount in `bytes[start, end)`, blanks around it allowed, as a whole `number` of up to 15
 * digits or else a bigint; null when it is none:
 * another sign or letter, groups of thousands that are not of three, more decimals than the currency has
 * (zeros aside). The first amount with a mark fixes `format.mark`: the last of `,` and `.` in it.
 */
export function parseAmountBytes(bytes: Uint8Array, start: number, end: number, format: AmountFormat): Minor | null {
  return plainAmount(bytes, start, end, format) ?? anyAmount(bytes, start, end, format);
}

/** The usual case, `-12.34` with all decimals of the currency; null for any other. */
function plainAmount(bytes: Uint8Array, start: number, end: number, { mark, digits }: AmountFormat): number | null {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  const markAt = end - digits - 1;
  if (digits === 0 || markAt <= first || end - first > SAFE_DIGITS || bytes[markAt] !== mark) return null;
  const [whole, fraction] = [readDigits(bytes, first, markAt - first), readDigits(bytes, markAt + 1, digits)];
  if (whole < 0 || fraction < 0) return null;
  const minor = whole * 10 ** digits + fraction;
  return negative ? -minor : minor;
}

function anyAmount(bytes: Uint8Array, start: number, end: number, format: AmountFormat): Minor | null {
  while (start < end && bytes[start] === BLANK) start += 1;
  while (end > start && bytes[end - 1] === BLANK) end -= 1;
  const sign = bytes[start];
  const negative = sign === MINUS;
  let at = negative || sign === PLUS ? start + 1 : start;
  if (at >= end) return null;
  if (format.mark === null) format.mark = markIn(bytes, at, end, format.digits);

  let value = 0;
  let significant = 0;
  let whole = 0;
  let group = -1; // digits since the last separator of thousands, -1 while there was none
  let fraction = -1; // digits since the decimal mark, -1 before it
  for (; at < end; at += 1) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (fraction >= format.digits) {
        if (digit !== 0) return null;
        fraction += 1;
        continue;
      }
      if (fraction >= 0) fraction += 1;
      else whole += 1;
      if (group >= 0 && fraction < 0) group += 1;
      value = value * 10 + digit;
      if (value > 0) significant += 1;
    } else if (byte === format.mark && fraction < 0) {
      if (group >= 0 && group !== 3) return null;
      fraction = 0;
    } else if ((byte === COMMA || byte === POINT) && fraction < 0) {
      if (group < 0 ? whole < 1 || whole > 3 : group !== 3) return null;
      group = 0;
    } else return null;
  }
  if (whole === 0 && fraction <= 0) return null;
  if (fraction < 0 && group >= 0 && group !== 3) return null;
  const missing = format.digits - Math.max(0, Math.min(fraction, format.digits));
  if (significant + missing > SAFE_DIGITS) return slowly(bytes, start, end, format);
  const minor = missing === 0 ? value : value * 10 ** missing;
  return negative ? -minor : minor;
}

/** The last of `,` and `.` is the decimal mark; in a currency without decimals three digits after it are a group. */
function markIn(bytes: Uint8Array, start: number, end: number, digits: number): number | null {
  for (let at = end - 1; at >= start; at -= 1) {
    const byte = bytes[at];
    if (byte === COMMA || byte === POINT) return digits === 0 && end - at === 4 ? null : byte;
  }
  return null;
}

/** Amounts beyond a quadrillion: the text has been checked, only its digits count. */
function slowly(bytes: Uint8Array, start: number, end: number, format: AmountFormat): bigint {
  const text = String.fromCharCode(...bytes.subarray(start, end));
  const mark = format.mark === null ? '' : String.fromCharCode(format.mark);
  const at = mark === '' ? -1 : text.indexOf(mark);
  const whole = (at < 0 ? text : text.slice(0, at)).replace(/[^0-9]/g, '');
  const fraction = at < 0 ? '' : text.slice(at + 1);
  const minor = BigInt(whole + fraction.slice(0, format.digits).padEnd(format.digits, '0'));
  return text.startsWith('-') ? -minor : minor;
}
