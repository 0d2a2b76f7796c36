import type { LineName } from '../../domain/matching/name-lines.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { poll } from './poll.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

export async function matchDeposit(
  io: CommandIo,
  decision: { settlementId: string; movement: string; lines: LineName[]; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = decidedBy(options.by);
  await withConnection(options.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const result = await sendDecision(client, name, world.simulators !== null, {
        update: 'matchDeposit',
        args: { ...decision, by },
      });
      const { settlementId } = decision;
      // At work again until it is proven, tied or not.
      const state = await poll(
        async () => (await loadSettlement(store.db, name, settlementId))?.state ?? null,
        (seen) => seen !== 'works',
        options.wait,
      );
      if (options.json) {
        io.out(
          `${JSON.stringify({ kind: 'match-deposit', connection: name, ...decision, by, audit: result.audit, detail: result.detail, payout: { settlementId, state } }, null, 2)}\n`,
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
              : `… payout ${settlementId} is not tied yet. Next: npx tieout status payout ${settlementId}`,
            '',
          ].join('\n'),
        ),
      );
    }),
  );
}
