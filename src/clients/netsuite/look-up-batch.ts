/** Look-ups that arrive within this time go out together; little beside the time that NetSuite takes. */
const GATHER_MS = 10;
/** Values of one IN list; Oracle's limit is 1,000. */
const MAX_KEYS = 500;

export interface BatchOptions<V> {
  /** Loads many at once; a key that is absent from the answer is a miss. */
  load(keys: string[]): Promise<Map<string, V>>;
  /** Whether a found value may be kept, and for how long; without it nothing is kept. */
  keep?: { forMs: number; now: () => number; when?: (value: V) => boolean };
  maxKeys?: number;
}

/** What was kept by a clock that has been set back since has no age that one could know. */
const isFresh = (age: number, forMs: number) => age >= 0 && age < forMs;

/**
 * One look-up at a time on the outside, one query for all of them inside. A miss is null and never kept, since
 * somebody may be about to create what is missing. When the query fails, every caller that shared it fails.
 */
export function createBatchedLookUp<V>({
  load,
  keep,
  maxKeys = MAX_KEYS,
}: BatchOptions<V>): (key: string) => Promise<V | null> {
  type Waiter = { resolve: (value: V | null) => void; reject: (reason: unknown) => void };
  const kept = new Map<string, { value: V; since: number }>();
  let gathered = new Map<string, Waiter[]>();

  const flush = async (batch: Map<string, Waiter[]>): Promise<void> => {
    const waiters = [...batch.values()].flat();
    try {
      const found = await load([...batch.keys()]);
      for (const [key, callers] of batch) {
        const value = found.get(key);
        if (value !== undefined && keep && (keep.when?.(value) ?? true)) kept.set(key, { value, since: keep.now() });
        for (const { resolve } of callers) resolve(value ?? null);
      }
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  };

  let underWay = false;
  /** One query at a time: what is asked for while it runs goes out together with the next one. */
  const send = (): void => {
    if (underWay || gathered.size === 0) return;
    const batch = gathered;
    gathered = new Map();
    underWay = true;
    void flush(batch).finally(() => {
      underWay = false;
      send();
    });
  };

  return (key) => {
    const known = kept.get(key);
    if (known && keep && isFresh(keep.now() - known.since, keep.forMs)) return Promise.resolve(known.value);
    return new Promise<V | null>((resolve, reject) => {
      const waiters = gathered.get(key);
      if (waiters) return void waiters.push({ resolve, reject });
      if (gathered.size === 0) setTimeout(send, GATHER_MS);
      gathered.set(key, [{ resolve, reject }]);
      if (gathered.size >= maxKeys) send();
    });
  };
}
