import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { watchPayout } from '../../operations/payouts/watch-payout.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided, tiedOrNot } from './decided-payout.ts';

export async function openChain(
  io: CommandIo,
  decision: { settlementId: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  const { settlementId, why } = decision;
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'openChain', args: { settlementId, by, why } });
    const state = await watchPayout(running, settlementId, options.wait);
    if (!options.json) return sayDecided(io, result, by, tiedOrNot(settlementId, state));
    const { audit, detail } = result;
    const payout = { settlementId, state };
    io.out(asJson({ kind: 'open-chain', connection: running.name, key: settlementId, by, why, audit, detail, payout }));
  });
}
