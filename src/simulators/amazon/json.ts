/** A decimal that JSON shows as a number with exactly these digits (`12.30`): Amazon's `currencyAmount` is a number. */
export class JsonDecimal {
  readonly text: string;

  constructor(text: string) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`"${text}" cannot stand as a JSON number`);
    this.text = text;
  }
}

/** The vendor's generated type, with exact decimals allowed wherever it has a number. */
export type WithDecimals<T> = T extends number
  ? number | JsonDecimal
  : T extends (infer Item)[]
    ? WithDecimals<Item>[]
    : T extends object
      ? { [Key in keyof T]: WithDecimals<T[Key]> }
      : T;

/** JSON text; `JsonDecimal` is written digit by digit, members that are undefined are left out. */
export function writeJson(value: unknown): string {
  if (value instanceof JsonDecimal) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => writeJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
