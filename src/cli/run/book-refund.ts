import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

/** Its documents are posted by the order, and the payout ties at its next look. */
export async function bookRefund(
  io: CommandIo,
  decision: { orderId: string; settlementId: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = decidedBy(options.by);
  const { orderId, settlementId, why } = decision;
  await withConnection(options.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const result = await sendDecision(client, name, world.simulators !== null, {
        update: 'bookRefund',
        args: { orderId, settlementId, by, why },
      });
      const state = (await loadSettlement(store.db, name, settlementId))?.state ?? null;
      if (options.json) {
        io.out(
          `${JSON.stringify({ kind: 'book-refund', connection: name, key: orderId, by, why, audit: result.audit, detail: result.detail, payout: { settlementId, state } }, null, 2)}\n`,
        );
        return;
      }
      io.out(
        inCharactersOf(
          io,
          [
            `✓ ${result.detail}`,
            `✓ decided by ${by} · audit ${result.audit}`,
            state === 'tied'
              ? `✓ payout ${settlementId} is tied`
              : `… payout ${settlementId} ties once the documents are posted. Next: npx tieout status order ${orderId}`,
            '',
          ].join('\n'),
        ),
      );
    }),
  );
}
