/** Look-ups that arrive within this time go out together. */
const GATHER_MS = 5;
/** Values of one IN list; Oracle's limit is 1,000. */
const MAX_KEYS = 500;

export interface BatchOptions<V> {
  /** Loads many at once; a key that is absent from the answer is a miss. */
  load(keys: string[]): Promise<Map<string, V>>;
  /** Whether a found value may be kept, for how long, and how many of them at most; without it nothing is kept. */
  keep?: { forMs: number; now: () => number; when?: (value: V) => boolean; most?: number };
  maxKeys?: number;
}

/**
 * One look-up at a time on the outside, one query for all of them inside. A miss is null and never kept, since
 * somebody may be about to create what is missing. When the query fails, every caller that shared it fails.
 */
export function createBatchedLookUp<V>({ load, keep, maxKeys = MAX_KEYS }: BatchOptions<V>): (key: string) => Promise<V | null> {
  type Waiter = { resolve: (value: V | null) => void; reject: (reason: unknown) => void };
  const kept = new Map<string, { value: V; until: number }>();
  let gathered = new Map<string, Waiter[]>();

  /** The oldest goes first where there are too many. */
  const keepValue = (key: string, value: V): void => {
    if (!keep) return;
    kept.delete(key);
    kept.set(key, { value, until: keep.now() + keep.forMs });
    const oldest = kept.size > (keep.most ?? Infinity) ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
  };

  const flush = async (batch: Map<string, Waiter[]>): Promise<void> => {
    const waiters = [...batch.values()].flat();
    try {
      const found = await load([...batch.keys()]);
      for (const [key, callers] of batch) {
        const value = found.get(key);
        if (value !== undefined && keep && (keep.when?.(value) ?? true)) keepValue(key, value);
        for (const { resolve } of callers) resolve(value ?? null);
      }
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  };

  const send = (): void => {
    const batch = gathered;
    gathered = new Map();
    if (batch.size > 0) void flush(batch);
  };

  return (key) => {
    const known = kept.get(key);
    if (known && keep && keep.now() < known.until) return Promise.resolve(known.value);
    return new Promise<V | null>((resolve, reject) => {
      const waiters = gathered.get(key);
      if (waiters) return void waiters.push({ resolve, reject });
      if (gathered.size === 0) setTimeout(send, GATHER_MS);
      gathered.set(key, [{ resolve, reject }]);
      if (gathered.size >= maxKeys) send();
    });
  };
}
