/**
 * NetSuite's concurrency limit, held across all worker processes of an account (`slot-locks.ts`), and lowered for all
 * of them while NetSuite refuses calls, since other integrations take from the same limit (`slot-allowance.ts`).
 */
import { SLOT_POLICY, type SlotPolicy } from './slot-allowance.ts';
import { openSlotLocks, type SlotLocks } from './slot-locks.ts';

/** Same shape as the client's `SlotPool`. */
export interface SharedSlots {
  /** First come, first served within this process; processes take turns. @throws when the database is gone; `call` has not begun then */
  withSlot<T>(call: () => Promise<T>): Promise<T>;
  /** NetSuite refused a call for its limit. Resolves when no process of the account takes more than half of the slots; never fails. */
  refused(): Promise<void>;
  readonly busy: number;
  readonly queued: number;
  /** Slots that may be used now by all processes together. */
  readonly allowed: number;
  close(): Promise<void>;
}

/** After so many calls in a row a slot goes back to the others, even while this process has more to do. */
const CALLS_IN_A_ROW = 10;

interface Lease { slot: number; of: SlotLocks; calls: number }
interface Waiter { run: (lease: Lease) => void; fail: (error: Error) => void }

/** The tables must be there (`migrate`). */
export async function openSharedSlots(url: string, account: string, size: number, policy: SlotPolicy = SLOT_POLICY): Promise<SharedSlots> {
  const open = () => openSlotLocks({ url, account, size, policy });
  let locks = await open();
  const held = new Set<Lease>();
  const waiting: Waiter[] = [];
  let lining = false;
  let closed = false;

  /** Takes slots while somebody waits. Where Postgres is gone nobody is kept waiting: whoever asks again later finds it back. */
  async function lineUp(): Promise<void> {
    if (lining) return;
    lining = true;
    try {
      while (waiting.length > 0) {
        if (closed) throw new Error('the slots are closed');
        if (locks.lost) locks = await open();
        const of = locks;
        const slot = await of.take(() => [...held].filter((lease) => lease.of === of).map((lease) => lease.slot));
        const next = waiting.shift();
        if (next) lend({ slot, of, calls: 0 }, next);
        else of.giveBack(slot);
      }
    } catch (cause) {
      const error = new Error('no slot for a call to NetSuite: the database that keeps them went away', { cause });
      for (const waiter of waiting.splice(0)) waiter.fail(error);
    } finally {
      lining = false;
    }
  }

  function lend(lease: Lease, { run }: Waiter): void {
    held.add(lease);
    run(lease);
  }

  /** Never fails: the call's outcome matters more. */
  function release(lease: Lease): void {
    const { slot, of } = lease;
    lease.calls += 1;
    held.delete(lease);
    if (of.lost) return;
    const next = lease.calls < CALLS_IN_A_ROW && slot < of.allowed ? waiting.shift() : undefined;
    if (next) lend(lease, next);
    else of.giveBack(slot);
  }

  return {
    async withSlot(call) {
      const lease = await new Promise<Lease>((run, fail) => {
        waiting.push({ run, fail });
        void lineUp();
      });
      try {
        return await call();
      } finally {
        release(lease);
      }
    },
    // A refusal that cannot be written down changes nothing about the call that was refused.
    refused: () => locks.refused().catch(() => {}),
    get busy() {
      return held.size;
    },
    get queued() {
      return waiting.length;
    },
    get allowed() {
      return locks.allowed;
    },
    async close() {
      closed = true;
      await locks.close();
    },
  };
}
