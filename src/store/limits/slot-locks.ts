/**
 * The slots of a NetSuite account as advisory locks of Postgres, for one process. Whoever wants a slot first takes the
 * turn, a lock that Postgres hands on in the order of asking; only who has the turn looks for a free slot, so processes
 * come one after the other and do not race. Who finds none says so; a slot given back is announced, and a process that
 * dies gives back by itself.
 */
import type pg from 'pg';
import { afterRefusal, allowedSlots, type LastRefusal, type SlotPolicy } from './slot-allowance.ts';
import { Session } from './session.ts';

export interface SlotLockOptions {
  url: string;
  account: string;
  size: number;
  policy: SlotPolicy;
  /** Another process found no slot free: what is kept unused must go back. */
  onWanted: () => void;
}

/** Slots are locks 0 to size - 1 of the account's space. */
const TURN = -1;
/** A slot of a process that died is announced by nobody, nor is the growth after a quiet stretch. */
const LOOK_AGAIN_MS = 250;
const WANTED = 'wanted';
/** Who finds no slot free says so each time that he looks, so that who has not heard it for so long may forget it. */
const WANTED_MS = 2 * LOOK_AGAIN_MS;

/** Columns of `netsuite_slots` that make a `LastRefusal`; all null where a join found no row. */
export const LAST_REFUSAL = `allowed, (extract(epoch from clock_timestamp() - halved_at) * 1000)::float8 as "sinceHalvedMs",
  (extract(epoch from clock_timestamp() - refused_at) * 1000)::float8 as "sinceRefusedMs"`;

/** First of the two numbers of an account's advisory locks. */
export function lockSpaceOf(account: string): number {
  let hash = 0;
  for (const char of account) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return hash;
}

export class SlotLocks {
  readonly #options: SlotLockOptions;
  readonly #space: number;
  readonly #channel: string;
  /** Two sessions: while one is blocked before its turn, the other gives slots back. */
  readonly #slots: Session;
  readonly #turn: Session;
  #ownPid = 0;
  #lost = false;
  #allowed: number;
  /** Counts what was announced, so that nothing is missed between a look and the wait after it. */
  #news = 0;
  #onNews = () => {};
  #wanted: NodeJS.Timeout | null = null;

  /** @throws the database's error when it cannot be reached */
  static async open(options: SlotLockOptions): Promise<SlotLocks> {
    const locks = new SlotLocks(options);
    try {
      await locks.#listen();
    } catch (error) {
      locks.#lose();
      throw error;
    }
    return locks;
  }

  private constructor(options: SlotLockOptions) {
    this.#options = options;
    this.#space = lockSpaceOf(options.account);
    this.#channel = `tieout_slots_${this.#space >>> 0}`;
    this.#allowed = options.size;
    this.#slots = new Session(options.url, () => this.#lose());
    this.#turn = new Session(options.url, () => this.#lose());
  }

  /** The connection broke, and every slot of it went back. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Slots that may be used, as last heard. */
  get allowed(): number {
    return this.#allowed;
  }

  /** Another process found no slot free a moment ago. */
  get wanted(): boolean {
    return this.#wanted !== null;
  }

  /**
   * Waits its turn, then for a slot; one call at a time.
   * @param held the slots that this process has: a session could take its own lock twice
   * @throws the database's error when the connection breaks
   */
  async take(held: () => readonly number[]): Promise<number> {
    await this.#turn.alone((client) => client.query('select pg_advisory_lock($1, $2)', [this.#space, TURN]));
    try {
      return await this.#takeInTurn(held);
    } finally {
      this.#turn
        .alone((client) => client.query('select pg_advisory_unlock($1, $2)', [this.#space, TURN]))
        .catch(() => this.#lose());
    }
  }

  giveBack(slot: number): void {
    this.#slots
      .alone((client) =>
        client.query(`select pg_advisory_unlock($1, $2), pg_notify($3, '')`, [this.#space, slot, this.#channel]),
      )
      .catch(() => this.#lose());
  }

  /** NetSuite refused a call for its limit: every process hears of it. Resolves when all that ask from now on know. */
  refused(): Promise<void> {
    return this.#slots.alone((client) => this.#noteRefusal(client));
  }

  async close(): Promise<void> {
    await this.#slots.alone(async () => {});
    await Promise.all([this.#slots.end(), this.#turn.end()]);
  }

  async #listen(): Promise<void> {
    this.#slots.client.on('notification', ({ payload, processId }) => {
      if (payload === WANTED) return this.#hearWanted(processId);
      if (payload) this.#allowed = Math.min(this.#options.size, Number(payload));
      this.#hearNews();
    });
    await Promise.all([this.#slots.connected, this.#turn.connected]);
    const { rows } = await this.#slots.alone((client) =>
      client.query<{ pid: number }>('select pg_backend_pid() as pid'),
    );
    this.#ownPid = rows[0]!.pid;
    await this.#slots.alone((client) => client.query(`listen ${this.#channel}`));
    await this.#tryToTake([]);
  }

  #lose(): void {
    this.#lost = true;
    this.#forgetWanted();
    void this.#slots.end();
    void this.#turn.end();
    this.#hearNews();
  }

  #hearNews(): void {
    this.#news += 1;
    this.#onNews();
  }

  #hearWanted(by: number): void {
    if (by === this.#ownPid) return;
    this.#forgetWanted();
    this.#wanted = setTimeout(() => this.#forgetWanted(), WANTED_MS).unref();
    this.#options.onWanted();
  }

  #forgetWanted(): void {
    if (this.#wanted !== null) clearTimeout(this.#wanted);
    this.#wanted = null;
  }

  /** A free slot, or null; learns on the way how many are allowed. */
  async #tryToTake(free: readonly number[]): Promise<number | null> {
    const { account, size, policy } = this.#options;
    const { rows } = await this.#slots.alone((client) =>
      client.query<{ slot: number | null } & (LastRefusal | { allowed: null })>(
        `select (select slot from unnest($1::int[]) as free(slot) where pg_try_advisory_lock($2, slot) limit 1) as slot, ${LAST_REFUSAL}
       from (values ($3)) as asked(name) left join netsuite_slots on account = name`,
        [free, this.#space, account],
      ),
    );
    const [row] = rows;
    this.#allowed = allowedSlots(row === undefined || row.allowed === null ? null : row, size, policy);
    return row?.slot ?? null;
  }

  async #takeInTurn(held: () => readonly number[]): Promise<number> {
    for (;;) {
      const heardBefore = this.#news;
      const tried = this.#allowed;
      const mine = held();
      const slot = await this.#tryToTake([...Array(tried).keys()].filter((one) => !mine.includes(one)));
      if (slot !== null) return slot;
      await this.#slots.alone((client) => client.query('select pg_notify($1, $2)', [this.#channel, WANTED]));
      if (this.#allowed <= tried && this.#news === heardBefore) await this.#newsOrWhile();
    }
  }

  async #newsOrWhile(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_AGAIN_MS);
      this.#onNews = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #noteRefusal(client: pg.Client): Promise<void> {
    const { account, size, policy } = this.#options;
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
      await client.query('select pg_notify($1, $2)', [this.#channel, String(now.allowed)]);
      await client.query('commit');
      this.#allowed = now.allowed;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }
}
