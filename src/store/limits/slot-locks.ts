/**
 * The slots of a NetSuite account as advisory locks of Postgres, for one process. Whoever wants a slot first takes the
 * door, a lock that Postgres hands on in the order of asking; only who stands in the door looks for a free slot, so
 * processes take turns and do not race. Who finds none says so; a slot given back is announced, and a process that dies
 * gives back by itself.
 */
import pg from 'pg';
import { afterRefusal, allowedSlots, type LastRefusal, type SlotPolicy } from './slot-allowance.ts';

export interface SlotLockOptions {
  url: string;
  account: string;
  size: number;
  policy: SlotPolicy;
  /** Another process found no slot free: what is kept unused must go back. */
  onWanted: () => void;
}

export interface SlotLocks {
  /** The connection broke, and every slot of it went back. */
  readonly lost: boolean;
  /** Slots that may be used, as last heard. */
  readonly allowed: number;
  /** Another process found no slot free a moment ago. */
  readonly wanted: boolean;
  /**
   * Waits its turn, then for a slot; one call at a time.
   * @param held the slots that this process has: a session could take its own lock twice
   * @throws the database's error when the connection breaks
   */
  take(held: () => readonly number[]): Promise<number>;
  giveBack(slot: number): void;
  /** NetSuite refused a call for its limit: every process hears of it. Resolves when all that ask from now on know. */
  refused(): Promise<void>;
  close(): Promise<void>;
}

/** Slots are locks 0 to size - 1 of the account's space. */
const DOOR = -1;
/** A slot of a process that died is announced by nobody, nor is the growth after a quiet stretch. */
const LOOK_AGAIN_MS = 250;
const WANTED = 'wanted';
/** Who finds no slot free says so each time that he looks, so that who has not heard it for so long may forget it. */
const WANTED_MS = 2 * LOOK_AGAIN_MS;
/** A machine that vanished without a word loses its slots after about a minute. Nothing written here is worth waiting for a disk. */
const SETTINGS =
  '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c synchronous_commit=off';

/** First of the two numbers of an account's advisory locks. */
export function lockSpaceOf(account: string): number {
  let hash = 0;
  for (const char of account) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return hash;
}

export async function openSlotLocks({ url, account, size, policy, onWanted }: SlotLockOptions): Promise<SlotLocks> {
  const space = lockSpaceOf(account);
  const channel = `tieout_slots_${space >>> 0}`;
  // Two sessions: while one is blocked before the door, the other gives slots back.
  const slots = openSession(url, onLost);
  const door = openSession(url, onLost);
  let lost = false;
  let allowed = size;
  let news = 0;
  let onNews = () => {};
  let ownSession = 0;
  let wanted: NodeJS.Timeout | null = null;

  function onLost(): void {
    lost = true;
    heardEnough();
    void slots.end();
    void door.end();
    heard();
  }
  function heard(): void {
    news += 1;
    onNews();
  }
  function heardWanted(by: number): void {
    if (by === ownSession) return;
    heardEnough();
    wanted = setTimeout(heardEnough, WANTED_MS).unref();
    onWanted();
  }
  function heardEnough(): void {
    if (wanted !== null) clearTimeout(wanted);
    wanted = null;
  }

  slots.client.on('notification', ({ payload, processId }) => {
    if (payload === WANTED) return heardWanted(processId);
    if (payload) allowed = Math.min(size, Number(payload));
    heard();
  });
  try {
    await Promise.all([slots.connected, door.connected]);
    const {
      rows: [session],
    } = await slots.inTurn((client) => client.query<{ pid: number }>('select pg_backend_pid() as pid'));
    ownSession = session!.pid;
    await slots.inTurn((client) => client.query(`listen ${channel}`));
    await tryToTake([]);
  } catch (error) {
    onLost();
    throw error;
  }

  /** A free slot, or null; learns on the way how many are allowed. */
  async function tryToTake(free: readonly number[]): Promise<number | null> {
    const { rows } = await slots.inTurn((client) =>
      client.query<{ slot: number | null } & (LastRefusal | { allowed: null })>(
        `select (select slot from unnest($1::int[]) as free(slot) where pg_try_advisory_lock($2, slot) limit 1) as slot, ${LAST_REFUSAL}
       from (values ($3)) as asked(name) left join netsuite_slots on account = name`,
        [free, space, account],
      ),
    );
    const [row] = rows;
    allowed = allowedSlots(row === undefined || row.allowed === null ? null : row, size, policy);
    return row?.slot ?? null;
  }

  async function takeInDoor(held: () => readonly number[]): Promise<number> {
    for (;;) {
      const heardBefore = news;
      const tried = allowed;
      const mine = held();
      const slot = await tryToTake([...Array(tried).keys()].filter((one) => !mine.includes(one)));
      if (slot !== null) return slot;
      await slots.inTurn((client) => client.query('select pg_notify($1, $2)', [channel, WANTED]));
      if (allowed > tried || news !== heardBefore) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_AGAIN_MS);
        onNews = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async function noteRefusal(client: pg.Client): Promise<void> {
    await client.query('begin');
    try {
      await client.query(
        'insert into netsuite_slots (account, allowed, halved_at, refused_at) values ($1, $2, to_timestamp(0), to_timestamp(0)) on conflict do nothing',
        [account, size],
      );
      const { rows } = await client.query<LastRefusal>(
        `select ${LAST_REFUSAL} from netsuite_slots where account = $1 for update`,
        [account],
      );
      const now = afterRefusal(rows[0] ?? null, size, policy);
      await client.query(
        `update netsuite_slots set allowed = $2, refused_at = clock_timestamp(), halved_at = case when $3 then clock_timestamp() else halved_at end where account = $1`,
        [account, now.allowed, now.halved],
      );
      await client.query(
        `insert into netsuite_refusals as known (account, minute, calls) values ($1, date_trunc('minute', clock_timestamp()), 1)
         on conflict (account, minute) do update set calls = known.calls + 1`,
        [account],
      );
      await client.query(
        `delete from netsuite_refusals where account = $1 and minute < clock_timestamp() - interval '2 hours'`,
        [account],
      );
      await client.query('select pg_notify($1, $2)', [channel, String(now.allowed)]);
      await client.query('commit');
      allowed = now.allowed;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }

  return {
    get lost() {
      return lost;
    },
    get allowed() {
      return allowed;
    },
    get wanted() {
      return wanted !== null;
    },
    async take(held) {
      await door.inTurn((client) => client.query('select pg_advisory_lock($1, $2)', [space, DOOR]));
      try {
        return await takeInDoor(held);
      } finally {
        door.inTurn((client) => client.query('select pg_advisory_unlock($1, $2)', [space, DOOR])).catch(onLost);
      }
    },
    giveBack(slot) {
      slots
        .inTurn((client) =>
          client.query(`select pg_advisory_unlock($1, $2), pg_notify($3, '')`, [space, slot, channel]),
        )
        .catch(onLost);
    },
    refused: () => slots.inTurn(noteRefusal),
    async close() {
      await slots.inTurn(async () => {});
      await Promise.all([slots.end(), door.end()]);
    },
  };
}

/** Columns of `netsuite_slots` that make a `LastRefusal`; all null where a join found no row. */
export const LAST_REFUSAL = `allowed, (extract(epoch from clock_timestamp() - halved_at) * 1000)::float8 as "sinceHalvedMs",
  (extract(epoch from clock_timestamp() - refused_at) * 1000)::float8 as "sinceRefusedMs"`;

/** One connection whose users come one after the other: what one does with it in several queries nobody gets between. */
function openSession(url: string, onLost: () => void) {
  const client = new pg.Client({ connectionString: url, keepAlive: true, options: SETTINGS });
  client.on('error', onLost);
  let last: Promise<unknown> = Promise.resolve();
  return {
    client,
    connected: client.connect(),
    inTurn<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
      const next = last.then(() => work(client));
      last = next.catch(() => {});
      return next;
    },
    end: () => client.end().catch(() => {}),
  };
}
