/**
 * A sample that nobody chooses (close.md, *Proof*): of a population, the `size` smallest of SHA-256(seed ‖ id). Whoever has
 * the seed and the population works out the same one.
 * @param hashOf SHA-256 in hex
 */
export function sampleOf<T>(
  population: readonly T[],
  {
    idOf,
    hashOf,
    seed,
    size,
  }: { idOf: (one: T) => string; hashOf: (text: string) => string; seed: string; size: number },
): { one: T; hash: string }[] {
  return population
    .map((one) => ({ one, hash: hashOf(seed + idOf(one)) }))
    .sort((a, b) => compared(a.hash, b.hash) || compared(idOf(a.one), idOf(b.one)))
    .slice(0, size);
}

const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
