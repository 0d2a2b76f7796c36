/** Words for a decision that was taken before. */
import { renderMinute } from '../clocks/render-dates.ts';
import type { TakenDecision } from '../stock/stock-decisions.ts';
import type { DecidedBefore } from './decided-before.ts';
import { renderStockDecision } from './render-stock-decision.ts';

/** `decided already by maria on 20 Oct 2026 05:00Z: nothing was changed`. */
export function renderDecidedAlready({ by, at }: Pick<DecidedBefore, 'by' | 'at'>): string {
  return `decided already by ${by} on ${renderMinute(at)}: nothing was changed`;
}

/** Why a decision cannot stand beside an earlier one. */
export function explainDecidedAgainst(taken: TakenDecision, { decision, by, at }: DecidedBefore): string {
  return `${renderStockDecision(decision)}: that was decided by ${by} on ${renderMinute(at)}, and ${renderStockDecision(taken)} cannot stand beside it.`;
}
