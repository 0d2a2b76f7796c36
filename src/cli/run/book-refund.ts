import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { watchPayout } from '../../operations/payouts/watch-payout.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided } from './decided-payout.ts';

/** Its documents are posted by the order, and the payout ties at its next look: that is not waited for. */
export async function bookRefund(
  io: CommandIo,
  decision: { orderId: string; settlementId: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  const { orderId, settlementId, why } = decision;
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'bookRefund', args: { orderId, settlementId, by, why } });
    const state = await watchPayout(running, settlementId, 0);
    if (!options.json) {
      const payout =
        state === 'tied'
          ? `✓ payout ${settlementId} is tied`
          : `… payout ${settlementId} ties once the documents are posted. Next: npx tieout status order ${orderId}`;
      return sayDecided(io, result, by, payout);
    }
    const { audit, detail } = result;
    const payout = { settlementId, state };
    io.out(asJson({ kind: 'book-refund', connection: running.name, key: orderId, by, why, audit, detail, payout }));
  });
}
