/** Facts in JSON columns: minor units are `bigint`, which JSON has no word for; they are kept as `{"~": "123"}`. */
export function factToJson(fact: unknown): string {
  return JSON.stringify(fact, (_key, value: unknown) =>
    typeof value === 'bigint' ? { '~': value.toString() } : value,
  );
}

export function factFromJson<T>(json: unknown): T {
  return revive(json) as T;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === '~') return BigInt((value as { '~': string })['~']);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
