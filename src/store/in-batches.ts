/** Rows of one statement each: Postgres takes 65,535 parameters. */
export function* inBatches<T>(all: readonly T[], size = 500): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
