import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import type { DifferenceChoice } from '../../domain/payouts/document-standing.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { payoutOfDifference } from '../../operations/payouts/payout-of-difference.ts';
import { watchPayout } from '../../operations/payouts/watch-payout.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { secondsSince } from '../print/seconds.ts';
import { sayDecided, tiedOrNot } from './decided-payout.ts';

export async function settleDifference(
  io: CommandIo,
  decision: { document?: string; settlementId?: string; choice: DifferenceChoice; why: string },
  options: ActionOptions,
): Promise<void> {
  const begun = performance.now();
  const by = whoActs(options.by);
  const key = decision.document ?? decision.settlementId ?? '';
  await withConnectionAtWork(options.connection ?? parseExternalId(key)?.connection, async (running) => {
    // Once it is decided its exception may be closed.
    const settlementId = decision.settlementId ?? (await payoutOfDifference(running, key));
    const result = await sendDecision(running, { update: 'settleDifference', args: { ...decision, by } });
    const state = settlementId === null ? null : await watchPayout(running, settlementId, options.wait);
    const seconds = secondsSince(begun);
    if (!options.json) {
      const payout = settlementId === null ? null : tiedOrNot(settlementId, state);
      return sayDecided(io, result, by, state === 'tied' ? `${payout}  ${seconds} s` : payout);
    }
    io.out(
      asJson({
        kind: 'difference',
        connection: running.name,
        key,
        choice: result.choice,
        by,
        why: decision.why,
        audit: result.audit,
        detail: result.detail,
        payout: settlementId === null ? null : { settlementId, state },
        seconds,
      }),
    );
  });
}
