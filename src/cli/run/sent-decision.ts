/** A decision of a file that was sent, as a line and as a document. */
import { decisionWords } from '../../operations/decisions/open-subjects.ts';
import type { SentDecision } from '../../operations/decisions/take-decisions.ts';

/** `✓ SKU TEA-TIN-3 → TEA-TIN × 3 · decided by maria · audit 12 · released 4`, or `✗ …: why it was refused`. */
export function sentLine({ decision, result, refused }: SentDecision): string {
  return result === null
    ? `✗ ${decisionWords(decision)}: ${refused ?? ''}`
    : `✓ ${decisionWords(decision)} · decided by ${decision.args.by} · audit ${result.audit} · released ${result.released}`;
}

export function sentDocument({ decision: { update, args }, result, refused }: SentDecision): object {
  return {
    update,
    ...args,
    audit: result?.audit ?? null,
    released: result?.released ?? null,
    detail: result?.detail ?? null,
    refused,
  };
}
