/** How a decision about tax is told: what was decided, by whom, and whether NetSuite has its journal. */
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import type { ConnectionAtWork } from '../../operations/connection-at-work.ts';
import { watchJournals } from '../../operations/documents/watch-journals.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided } from './decided-payout.ts';
import { postedOrNot } from './posted-journal.ts';

export async function sayTaxDecided(
  io: CommandIo,
  running: ConnectionAtWork,
  result: DecisionResult,
  { by, ...decision }: { kind: string; key: string; by: string; why: string },
  { json, wait }: ActionOptions,
): Promise<void> {
  const { audit, choice, detail, already = null, document = null } = result;
  const [journal = null] = document === null ? [] : await watchJournals(running, [document], wait);
  if (json) {
    const { kind, key, why } = decision;
    io.out(asJson({ kind, connection: running.connection, key, choice, by, why, audit, detail, already, journal }));
    return;
  }
  const said = already === null ? result : { ...result, detail: `${detail}; ${renderDecidedAlready(already)}` };
  sayDecided(io, said, already?.by ?? by, journal === null ? null : postedOrNot(journal, 'the next look at tax'));
}
