/**
 * How often a property is tried. The tries are the same each time, so that a failure is everybody's;
 * `PROPERTY_RUNS=20 npx jest test/properties` tries twenty times as often, from a seed of its own, which a failure prints.
 */
const TIMES = Number(process.env['PROPERTY_RUNS'] ?? '1');

export function runs(count: number): { numRuns: number; seed?: number } {
  return TIMES > 1 ? { numRuns: count * TIMES } : { numRuns: count, seed: 20261029 };
}
