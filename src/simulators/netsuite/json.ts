/** JSON in and out. Amounts leave as numbers written digit by digit, so that no floating-point number is near them. */
export type Json =
  null | boolean | number | string | Decimal | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonFields = { [key: string]: Json | undefined };

export class Decimal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function writeJson(value: Json): string {
  if (value instanceof Decimal) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member as Json)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export function isFields(value: unknown): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}
