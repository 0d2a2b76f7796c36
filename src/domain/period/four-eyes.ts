/** Who may not sign a month because of what he did about it (close.md, `fourEyes`). */
import type { Period } from './calendar.ts';

/** An act of a person, as the audit log has it. */
export interface ActTaken {
  action: string;
  by: string;
  /** Its number there. */
  audit: number;
  /** Null where it says none. */
  period: Period | null;
  /** Of what was carried. */
  item: string | null;
  currency: string | null;
}

/**
 * The act for which a person may not sign, of those that carry, accrue, or book what no vendor told; null where he may. Who carries
 * an item anew answers for it in place of whoever carried it before.
 * @param acts in the order in which they were taken
 */
export function ownActOf(by: string, period: Period, acts: readonly ActTaken[]): ActTaken | null {
  const standing = new Map<string, ActTaken>();
  for (const act of acts.filter((one) => one.period === null || one.period === period))
    standing.set(act.action === 'carry-item' ? `${act.item} ${act.currency}` : String(act.audit), act);
  return [...standing.values()].find((act) => act.by === by) ?? null;
}
