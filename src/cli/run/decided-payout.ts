/** How a decision about a payout is told: what was decided, by whom, and whether the payout is tied. */
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';

/** @param payout what became of the payout, a sentence; null where the decision is about none */
export function sayDecided(io: CommandIo, { detail, audit }: DecisionResult, by: string, payout: string | null): void {
  const lines = [`✓ ${detail}`, `✓ decided by ${by} · audit ${audit}`, ...(payout === null ? [] : [payout]), ''];
  io.out(inCharactersOf(io, lines.join('\n')));
}

/** `✓ payout 20001234562 is tied`, else the command that shows what it waits for. */
export function tiedOrNot(settlementId: string, state: string | null): string {
  return state === 'tied'
    ? `✓ payout ${settlementId} is tied`
    : `… payout ${settlementId} is not tied yet. Next: npx tieout status payout ${settlementId}`;
}
