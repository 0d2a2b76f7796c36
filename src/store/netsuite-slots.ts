/**
 * NetSuite's concurrency limit, held across all worker processes of an account: each slot is an advisory lock of
 * Postgres, which the server gives back by itself when a process dies.
 */
import pg from 'pg';

/** Same shape as the client's `SlotPool`. */
export interface SharedSlots {
  withSlot<T>(call: () => Promise<T>): Promise<T>;
  readonly busy: number;
  readonly queued: number;
  close(): Promise<void>;
}

/** After so many calls in a row a slot goes back to the others, even while this process has more to do. */
const CALLS_IN_A_ROW = 10;
const LOOK_AGAIN_MS = 10;

export async function openSharedSlots(url: string, account: string, size: number): Promise<SharedSlots> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const lockSpace = hashOf(account);
  const held = new Map<number, { calls: number }>();
  const waiting: ((slot: number) => void)[] = [];
  let looking = false;
  let closed = false;
  // One query at a time on this session: a client runs them in order anyway, and says so less politely every version.
  let last: Promise<unknown> = Promise.resolve();
  const query = <Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> => {
    const next = last.then(() => client.query<Row>(text, values));
    last = next.catch(() => {});
    return next;
  };

  /** Asks for free slots while somebody waits; one query at a time. */
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      while (waiting.length > 0 && !closed) {
        // A session may take its own lock twice, so slots that are held here are left out.
        const { rows } = await query<{ slot: number }>(
          'select slot from unnest($1::int[]) as free(slot) where pg_try_advisory_lock($2, slot) limit 1',
          [[...Array(size).keys()].filter((slot) => !held.has(slot)).sort(() => Math.random() - 0.5), lockSpace]);
        const slot = rows[0]?.slot;
        if (slot === undefined) {
          await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
          continue;
        }
        held.set(slot, { calls: 0 });
        const next = waiting.shift();
        if (next) next(slot);
        else await giveBack(slot);
      }
    } finally {
      looking = false;
    }
  }

  async function giveBack(slot: number): Promise<void> {
    held.delete(slot);
    if (!closed) await query('select pg_advisory_unlock($1, $2)', [lockSpace, slot]);
  }

  async function release(slot: number): Promise<void> {
    const state = held.get(slot)!;
    state.calls += 1;
    const next = state.calls < CALLS_IN_A_ROW ? waiting.shift() : undefined;
    if (next) next(slot);
    else {
      await giveBack(slot);
      void look();
    }
  }

  return {
    async withSlot(call) {
      const slot = await new Promise<number>((resolve) => {
        waiting.push(resolve);
        void look();
      });
      try {
        return await call();
      } finally {
        await release(slot);
      }
    },
    get busy() {
      return held.size;
    },
    get queued() {
      return waiting.length;
    },
    async close() {
      closed = true;
      await last;
      await client.end();
    },
  };
}

function hashOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return hash;
}
