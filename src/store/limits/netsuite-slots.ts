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

/** After so many calls in a row a slot goes to the other processes where they want one, even while this one has more to do. */
const CALLS_IN_A_ROW = 10;
/** A slot that nobody wants is kept so long for this process' next call, which spares four queries. */
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

/** The tables must be there (`migrate`). */
export async function openSharedSlots(
  url: string,
  account: string,
  size: number,
  policy: SlotPolicy = SLOT_POLICY,
  keptMs = KEPT_MS,
): Promise<SharedSlots> {
  const open = () => openSlotLocks({ url, account, size, policy, onWanted: () => [...kept.keys()].forEach(giveBack) });
  const held = new Set<Lease>();
  /** Those of them that no call has, and what ends their keeping. */
  const kept = new Map<Lease, NodeJS.Timeout>();
  let locks = await open();
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
        const lease = { slot, of, calls: 0 };
        held.add(lease);
        passOn(lease);
      }
    } catch (cause) {
      const error = new Error('no slot for a call to NetSuite: the database that keeps them went away', { cause });
      for (const waiter of waiting.splice(0)) waiter.fail(error);
    } finally {
      lining = false;
    }
  }

  /** To who waits here, or kept for who comes next; else back. Never fails: the outcome of the call before matters more. */
  function passOn(lease: Lease): void {
    const { slot, of, calls } = lease;
    if (of.lost || slot >= of.allowed || (of.wanted && calls >= CALLS_IN_A_ROW)) return giveBack(lease);
    const next = waiting.shift();
    if (next) next.run(lease);
    else if (of.wanted || closed) giveBack(lease);
    else kept.set(lease, setTimeout(() => giveBack(lease), keptMs).unref());
  }

  function giveBack(lease: Lease): void {
    stopKeeping(lease);
    held.delete(lease);
    if (!lease.of.lost) lease.of.giveBack(lease.slot);
  }

  function stopKeeping(lease: Lease): void {
    clearTimeout(kept.get(lease));
    kept.delete(lease);
  }

  /** A kept slot that may still be used. */
  function keptLease(): Lease | null {
    for (const lease of kept.keys()) {
      if (!lease.of.lost && lease.slot < lease.of.allowed) {
        stopKeeping(lease);
        return lease;
      }
      giveBack(lease);
    }
    return null;
  }

  return {
    async withSlot(call) {
      const lease =
        keptLease() ??
        (await new Promise<Lease>((run, fail) => {
          waiting.push({ run, fail });
          void lineUp();
        }));
      try {
        return await call();
      } finally {
        lease.calls += 1;
        passOn(lease);
      }
    },
    // A refusal that cannot be written down changes nothing about the call that was refused.
    refused: () => locks.refused().catch(() => {}),
    get busy() {
      return held.size - kept.size;
    },
    get queued() {
      return waiting.length;
    },
    get allowed() {
      return locks.allowed;
    },
    async close() {
      closed = true;
      [...kept.keys()].forEach(giveBack);
      await locks.close();
    },
  };
}
