/** A decision of a file that was sent, as a line and as a document. */
import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import { decisionWords } from '../../operations/decisions/open-subjects.ts';
import type { SentDecision } from '../../operations/decisions/take-decisions.ts';
import type { RunningConnection } from '../../operations/running-connection.ts';
import { mappingMovesView } from '../../views/stock/mapping-moves-view.ts';

/** `✓ SKU TEA-TIN-3 → TEA-TIN × 3 · decided by maria · audit 12 · released 4`, or `✗ …: why it was refused`. */
export function sentLine({ decision, result, refused }: SentDecision): string {
  if (result === null) return `✗ ${decisionWords(decision)}: ${refused ?? ''}`;
  const { audit, released, already } = result;
  return already === undefined
    ? `✓ ${decisionWords(decision)} · decided by ${decision.args.by} · audit ${audit} · released ${released}`
    : `✓ ${decisionWords(decision)} · ${renderDecidedAlready(already)} · audit ${audit}`;
}

export function sentDocument({ decision: { update, args }, result, refused }: SentDecision): object {
  return {
    update,
    ...args,
    audit: result?.audit ?? null,
    released: result?.released ?? null,
    detail: result?.detail ?? null,
    already: result?.already ?? null,
    note: result?.note ?? null,
    refused,
  };
}

/** What decisions among them leave out, and what mappings move in the books at the end of the day. */
export async function notesOf(running: RunningConnection, sent: readonly SentDecision[]): Promise<string[]> {
  const notes = sent.flatMap(({ result }) => (result?.note === undefined ? [] : `! ${result.note}`));
  const skus = sent.flatMap(({ decision, result }) =>
    decision.update === 'mapSku' && result !== null ? [decision.args.sku] : [],
  );
  const moves = await mappingMovesView(running, running.settings, skus);
  return [...notes, ...moves.map(({ sentence }) => `… ${sentence}`)];
}
