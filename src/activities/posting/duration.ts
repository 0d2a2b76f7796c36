const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a setting like `250ms`, `5s`, `3m`, `4h`. */
export function milliseconds(duration: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(duration);
  if (!match) throw new Error(`bug: "${duration}" is not a duration`);
  return Number(match[1]) * UNITS[match[2]!]!;
}
