import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withNearDocument } from '../../operations/payouts/near-difference.ts';
import { payoutOfDifference } from '../../operations/payouts/payout-of-difference.ts';
import { watchPayout } from '../../operations/payouts/watch-payout.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided, tiedOrNot } from './decided-payout.ts';

export async function correctTax(
  io: CommandIo,
  { document, why }: { document: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection ?? parseExternalId(document)?.connection, async (running) => {
    // Once it is decided its exception may be closed.
    const settlementId = await payoutOfDifference(running, document);
    const result = await sendDecision(running, { update: 'correctTax', args: { document, by, why } }).catch(
      async (error: unknown) => {
        throw await withNearDocument(running, document, error);
      },
    );
    const state = settlementId === null ? null : await watchPayout(running, settlementId, options.wait);
    const { audit, choice, detail, already = null } = result;
    if (!options.json) {
      const said = already === null ? result : { ...result, detail: `${detail}; ${renderDecidedAlready(already)}` };
      return sayDecided(io, said, already?.by ?? by, settlementId === null ? null : tiedOrNot(settlementId, state));
    }
    const payout = settlementId === null ? null : { settlementId, state };
    const head = { kind: 'correct-tax', connection: running.name, key: document };
    io.out(asJson({ ...head, choice, by, why, audit, detail, already, payout }));
  });
}
