import { whoActs } from '../../config/who-acts.ts';
import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { sayDecided } from './decided-payout.ts';

export async function placeSale(
  io: CommandIo,
  { orderId, country, why }: { orderId: string; country: string; why: string },
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'placeSale', args: { orderId, country, by, why } });
    const { audit, choice, detail, released, already = null } = result;
    if (!options.json) {
      const said = already === null ? result : { ...result, detail: `${detail}; ${renderDecidedAlready(already)}` };
      return sayDecided(io, said, already?.by ?? by, released === 0 ? null : '… the order goes on');
    }
    const head = { kind: 'place-sale', connection: running.name, key: orderId };
    io.out(asJson({ ...head, choice, by, why, audit, detail, already, released }));
  });
}
