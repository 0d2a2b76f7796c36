const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
/** Names that Amazon writes otherwise than Unicode's list of regions does. */
const OTHER_NAMES = { 'CZECH REPUBLIC': 'CZ', 'GREAT BRITAIN': 'GB', TURKEY: 'TR' };

let codes: Map<string, string> | null = null;

/** Two letters (ISO 3166; UK is GB) of a country that is told by them or by its English name; null for what is none. */
export function countryCode(text: string): string | null {
  const told = text.trim().toUpperCase();
  if (told === 'UK') return 'GB';
  if (/^[A-Z]{2}$/.test(told)) return told;
  codes ??= byName();
  return codes.get(told) ?? null;
}

function byName(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const found = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap(
    (code): [string, string][] => {
      const name = code === 'UK' ? undefined : names.of(code);
      return name === undefined ? [] : [[name.toUpperCase(), code]];
    },
  );
  return new Map([...found, ...Object.entries(OTHER_NAMES)]);
}
