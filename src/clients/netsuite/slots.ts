/**
 * NetSuite limits how many calls of an account run at once, over all integrations together (5 in the standard tier;
 * NSHELP bridgehead_1500275603). Every call takes a slot first.
 */
export interface SlotPool {
  /** Runs `call` once a slot is free, first come first served; the slot is given back whatever happens. */
  withSlot<T>(call: () => Promise<T>): Promise<T>;
  /** NetSuite refused a call because too many ran: other integrations use the same limit. Called while the slot is held; never fails. */
  refused(): Promise<void>;
}

/** Slots of this process alone, always as many as were given. */
export function createLocalSlots(size: number): SlotPool {
  let free = size;
  const waiting: (() => void)[] = [];
  return {
    async withSlot(call) {
      // A slot that is given back goes straight to the first in the queue, so nobody can overtake.
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await call();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
    refused: async () => {},
  };
}
