/** How many of an account's slots may be used, given when NetSuite last refused a call for its concurrency limit. */

export interface SlotPolicy {
  /** A refusal so soon after a halving belongs to the same burst and halves nothing more. */
  burstMs: number;
  /** After each stretch of this length without a refusal one slot more is used. */
  quietMs: number;
}

export const SLOT_POLICY: SlotPolicy = { burstMs: 1000, quietMs: 10_000 };

/** The last refusal of an account, as all processes know it. Ages are by Postgres' clock. */
export interface LastRefusal {
  /** Slots that were left after it. */
  allowed: number;
  sinceHalvedMs: number;
  sinceRefusedMs: number;
}

/** Slots that may be used now: 1 to `size`. They grow by themselves, so nobody has to write the growth down. */
export function allowedSlots(last: LastRefusal | null, size: number, { quietMs }: SlotPolicy): number {
  if (last === null) return size;
  return Math.min(size, last.allowed + Math.floor(Math.max(0, last.sinceRefusedMs) / quietMs));
}

/** Slots that are left after one more refusal, and whether it halved them. Never fewer than one. */
export function afterRefusal(
  last: LastRefusal | null,
  size: number,
  policy: SlotPolicy,
): { allowed: number; halved: boolean } {
  const allowed = allowedSlots(last, size, policy);
  if (last !== null && last.sinceHalvedMs < policy.burstMs) return { allowed, halved: false };
  return { allowed: Math.max(1, Math.floor(allowed / 2)), halved: true };
}
