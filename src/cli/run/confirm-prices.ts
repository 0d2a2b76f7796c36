import { whoActs } from '../../config/who-acts.ts';
import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided } from './decided-payout.ts';

export async function confirmPrices(
  io: CommandIo,
  { marketplace, why }: { marketplace: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'confirmPrices', args: { marketplace, by, why } });
    const { audit, choice, detail, released, already = null } = result;
    if (!options.json) {
      const said = already === null ? result : { ...result, detail: `${detail}; ${renderDecidedAlready(already)}` };
      const gone = released === 0 ? null : `… ${released === 1 ? '1 order goes' : `${released} orders go`} on`;
      return sayDecided(io, said, already?.by ?? by, gone);
    }
    const head = { kind: 'confirm-prices', connection: running.name, key: marketplace };
    io.out(asJson({ ...head, choice, by, why, audit, detail, already, released }));
  });
}
