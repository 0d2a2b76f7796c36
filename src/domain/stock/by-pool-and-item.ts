/** Lists by pool and item. No text is made of the two: there are as many as rows. */
export class ByPoolAndItem<T> {
  readonly #pools = new Map<string, Map<string, T[]>>();

  constructor(all: readonly T[], of: { pool: (one: T) => string; item: (one: T) => string }) {
    for (const one of all) {
      const pool = of.pool(one);
      let ofPool = this.#pools.get(pool);
      if (ofPool === undefined) this.#pools.set(pool, (ofPool = new Map()));
      const item = of.item(one);
      const list = ofPool.get(item);
      if (list === undefined) ofPool.set(item, [one]);
      else list.push(one);
    }
  }

  of(pool: string, item: string): readonly T[] {
    return this.#pools.get(pool)?.get(item) ?? [];
  }

  /** Pool by pool, item by item, in the order in which each first came. */
  *lists(): Generator<{ pool: string; item: string; list: readonly T[] }> {
    for (const [pool, ofPool] of this.#pools) for (const [item, list] of ofPool) yield { pool, item, list };
  }
}
