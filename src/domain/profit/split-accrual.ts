/** Splits of accruals, from the shares that their plans keep. */
import type { AccrualPlan } from '../period/plan-accrual.ts';
import { withRest } from './split-journal.ts';
import { isProfitRole, type AmountSplit } from './split.ts';

/** Of the accrual itself; its opposite is a reversal. */
export function splitAccrual({ lines, whose = [] }: AccrualPlan): AmountSplit[] {
  return withRest(
    lines,
    whose.flatMap(({ role, ...share }): AmountSplit[] => {
      const line = lines.findIndex((one) => one.role === role);
      return line < 0 || !isProfitRole(role) ? [] : [{ ...share, line: line + 1, role, units: null }];
    }),
  );
}
