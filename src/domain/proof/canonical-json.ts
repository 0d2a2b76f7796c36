/**
 * JSON of one form alone, so that the same facts have the same hash (RFC 8785: keys sorted by UTF-16 code units, no blanks,
 * texts and numbers as `JSON.stringify` writes them). Amounts are texts in whatever is hashed.
 * @throws Error `bug` for what has no such form: a bigint, a function, no number
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`;
  if (typeof value !== 'object') throw new Error(`bug: ${typeof value} has no canonical JSON`);
  const said = Object.entries(value as Record<string, unknown>).filter(([, one]) => one !== undefined);
  const sorted = said.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}
