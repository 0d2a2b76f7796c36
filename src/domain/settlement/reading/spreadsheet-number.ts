/**
 * What a spreadsheet, or a script that reads columns as numbers, makes of a long id: `8E+13`, `8.00E+13`, `1,12E+16`,
 * `8.0E13`, `80000000001503.0`, `80000000001503.`, or `#####` where the column was too narrow. Digits of the id are gone with it, so that two ids
 * become one. Ids that merely look like it (`8E13`, `A8E+13`, `v2.0`) are let be.
 */
export function isSpreadsheetNumber(text: string): boolean {
  return /^(\d+([.,]\d+)?E\+\d+|\d+[.,]\d+E\d+|\d+[.,]0{0,2}|#{2,})$/i.test(text);
}

const HASH = 35;
const PLUS = 43;
const COMMA = 44;
const POINT = 46;
const EXPONENT = 69;
const SMALL_EXPONENT = 101;

/** False where a field certainly holds none of these, told by its last bytes, quicker than its text is made. */
export function mayBeSpreadsheetNumber(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2) return false;
  return bytes[end - 1] === HASH || isSign(bytes[end - 1]!) || isSign(bytes[end - 2]!) || isSign(bytes[end - 3]!);
}

function isSign(byte: number): boolean {
  return byte === PLUS || byte === POINT || byte === COMMA || byte === EXPONENT || byte === SMALL_EXPONENT;
}
