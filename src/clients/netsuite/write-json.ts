import type { DecimalNumber, JsonValue } from './netsuite-client.ts';

const JSON_DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/**
 * An amount for NetSuite's JSON: `decimal("12.30")` is written `12.30`.
 * @throws Error when the text is not a plain decimal.
 */
export function decimal(text: string): DecimalNumber {
  if (!JSON_DECIMAL.test(text)) throw new Error(`bug: "${text}" is not a plain decimal`);
  return { decimal: text };
}

/**
 * JSON text of a request body. Decimals are written digit by digit; a JavaScript number may only be a whole one
 * (ids, line numbers, quantities), so that no amount passes through floating point by mistake.
 * @throws Error for a number that is not whole.
 */
export function writeJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`bug: ${value} is not a whole number; write amounts as decimals`);
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isDecimal(value)) return decimal(value.decimal).decimal;
  const members = Object.entries(value).filter(([, member]: [string, JsonValue | undefined]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`;
}

function isDecimal(value: object): value is DecimalNumber {
  const names = Object.keys(value);
  return names.length === 1 && names[0] === 'decimal' && typeof (value as DecimalNumber).decimal === 'string';
}
