import type { Instant } from '../money/instant.ts';
import type { CheckRun } from './checks.ts';

/** What the checks of a payout found when they ran last, in a sentence; null where they have not run. */
export function renderCheckRun(run: (CheckRun & { checkedAt: Instant }) | null): string {
  if (run === null) return 'Its checks have not run against NetSuite yet.';
  const failed = run.checks.filter(({ holds }) => !holds).map(({ name }) => name);
  const found =
    failed.length === 0
      ? `each of its ${run.checks.length} checks held`
      : `${failed.length} of its ${run.checks.length} checks failed (${failed.join(', ')})`;
  return `Read from NetSuite ${run.checkedAt}: ${found}.`;
}
