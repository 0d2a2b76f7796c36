import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import type { DifferenceChoice } from '../../domain/payouts/document-standing.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { poll } from './poll.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

export async function settleDifference(
  io: CommandIo,
  decision: { document?: string; settlementId?: string; choice: DifferenceChoice; why: string },
  options: ActionOptions,
): Promise<void> {
  const begun = performance.now();
  const by = decidedBy(options.by);
  const subject = decision.document ?? decision.settlementId ?? '';
  await withConnection(options.connection ?? parseExternalId(subject)?.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const exception =
        decision.document === undefined
          ? null
          : await openExceptionOf(store.db, name, 'document-differs', decision.document);
      const result = await sendDecision(client, name, world.simulators !== null, {
        update: 'settleDifference',
        args: { ...decision, by },
      });
      const settlementId = decision.settlementId ?? exception?.payout ?? null;
      const look = async () =>
        settlementId === null ? null : ((await loadSettlement(store.db, name, settlementId))?.state ?? null);
      // At work again until it is proven, tied or not.
      const state = await poll(look, (seen) => seen !== 'works', options.wait);
      const seconds = Math.round((performance.now() - begun) / 100) / 10;
      if (options.json) {
        io.out(
          `${JSON.stringify({ kind: 'difference', connection: name, key: subject, choice: result.choice, by, why: decision.why, audit: result.audit, detail: result.detail, payout: settlementId === null ? null : { settlementId, state }, seconds }, null, 2)}\n`,
        );
        return;
      }
      io.out(
        inCharactersOf(
          io,
          [
            `✓ ${result.detail}`,
            `✓ decided by ${by} · audit ${result.audit}`,
            ...(settlementId === null
              ? []
              : [
                  state === 'tied'
                    ? `✓ payout ${settlementId} is tied  ${seconds} s`
                    : `… payout ${settlementId} is not tied yet. Next: npx tieout status payout ${settlementId}`,
                ]),
            '',
          ].join('\n'),
        ),
      );
    }),
  );
}
