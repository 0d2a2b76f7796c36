/**
 * NetSuite's concurrency limit, held across all worker processes of an account (`slot-locks.ts`), and lowered for all
 * of them while NetSuite refuses calls, since other integrations take from the same limit (`slot-allowance.ts`).
 */
import { SLOT_POLICY, type SlotPolicy } from './slot-allowance.ts';
import { SlotLocks } from './slot-locks.ts';

export interface SharedSlotsOptions {
  url: string;
  account: string;
  /** Calls that the account takes at one time. */
  size: number;
  policy?: SlotPolicy;
  /** How long a slot that nobody wants is kept for this process' next call, in milliseconds. */
  keptMs?: number;
}

/** After so many calls in a row a slot goes to the other processes where they want one, even while this one has more to do. */
const CALLS_IN_A_ROW = 10;
/** Keeping spares four queries. */
const KEPT_MS = 200;

interface Lease {
  slot: number;
  of: SlotLocks;
  calls: number;
}
interface Waiter {
  run: (lease: Lease) => void;
  fail: (error: Error) => void;
}

/** Same shape as the client's `SlotPool`. */
export class SharedSlots {
  readonly #open: () => Promise<SlotLocks>;
  readonly #keptMs: number;
  #locks!: SlotLocks;
  readonly #held = new Set<Lease>();
  /** Those of them that no call has, and what ends their keeping. */
  readonly #kept = new Map<Lease, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  #isTaking = false;
  #closed = false;

  /** The tables must be there (`migrate`). */
  static async open(options: SharedSlotsOptions): Promise<SharedSlots> {
    const shared = new SharedSlots(options);
    shared.#locks = await shared.#open();
    return shared;
  }

  private constructor({ url, account, size, policy = SLOT_POLICY, keptMs = KEPT_MS }: SharedSlotsOptions) {
    this.#open = () => SlotLocks.open({ url, account, size, policy, onWanted: () => this.#giveKeptBack() });
    this.#keptMs = keptMs;
  }

  /** First come, first served within this process; processes take turns. @throws when the database is gone; `call` has not begun then */
  async withSlot<T>(call: () => Promise<T>): Promise<T> {
    const lease =
      this.#takeKept() ??
      (await new Promise<Lease>((run, fail) => {
        this.#waiting.push({ run, fail });
        void this.#takeForWaiting();
      }));
    try {
      return await call();
    } finally {
      lease.calls += 1;
      this.#passOn(lease);
    }
  }

  /** NetSuite refused a call for its limit. Resolves when no process of the account takes more than half of the slots; never fails. */
  refused(): Promise<void> {
    // A refusal that cannot be written down changes nothing about the call that was refused.
    return this.#locks.refused().catch(() => {});
  }

  get busy(): number {
    return this.#held.size - this.#kept.size;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  /** Slots that may be used now by all processes together. */
  get allowed(): number {
    return this.#locks.allowed;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#giveKeptBack();
    await this.#locks.close();
  }

  /** Takes slots while somebody waits. Where Postgres is gone nobody is kept waiting: whoever asks again later finds it back. */
  async #takeForWaiting(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      while (this.#waiting.length > 0) {
        if (this.#closed) throw new Error('the slots are closed');
        if (this.#locks.lost) this.#locks = await this.#open();
        const of = this.#locks;
        const held = () => [...this.#held].filter((lease) => lease.of === of).map((lease) => lease.slot);
        const lease = { slot: await of.take(held), of, calls: 0 };
        this.#held.add(lease);
        this.#passOn(lease);
      }
    } catch (cause) {
      const error = new Error('no slot for a call to NetSuite: the database that keeps them went away', { cause });
      for (const waiter of this.#waiting.splice(0)) waiter.fail(error);
    } finally {
      this.#isTaking = false;
    }
  }

  /** To who waits here, or kept for who comes next; else back. Never fails: the outcome of the call before matters more. */
  #passOn(lease: Lease): void {
    const { slot, of, calls } = lease;
    if (of.lost || slot >= of.allowed || (of.wanted && calls >= CALLS_IN_A_ROW)) return this.#giveBack(lease);
    const next = this.#waiting.shift();
    if (next) next.run(lease);
    else if (of.wanted || this.#closed) this.#giveBack(lease);
    else this.#kept.set(lease, setTimeout(() => this.#giveBack(lease), this.#keptMs).unref());
  }

  #giveBack(lease: Lease): void {
    this.#stopKeeping(lease);
    this.#held.delete(lease);
    if (!lease.of.lost) lease.of.giveBack(lease.slot);
  }

  #giveKeptBack(): void {
    for (const lease of this.#kept.keys()) this.#giveBack(lease);
  }

  #stopKeeping(lease: Lease): void {
    clearTimeout(this.#kept.get(lease));
    this.#kept.delete(lease);
  }

  /** A kept slot that may still be used. */
  #takeKept(): Lease | null {
    for (const lease of this.#kept.keys()) {
      if (!lease.of.lost && lease.slot < lease.of.allowed) {
        this.#stopKeeping(lease);
        return lease;
      }
      this.#giveBack(lease);
    }
    return null;
  }
}
