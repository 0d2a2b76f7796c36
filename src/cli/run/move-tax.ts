import { whoActs } from '../../config/who-acts.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions } from '../command-options.ts';
import { sayTaxDecided } from './decided-tax.ts';

export interface MoveTaxOptions extends ActionOptions {
  from: string;
  to: string;
  net: string;
  tax: string;
}

export async function moveTax(
  io: CommandIo,
  { orderId, why }: { orderId: string; why: string },
  options: MoveTaxOptions,
): Promise<void> {
  const by = whoActs(options.by);
  const { from, to, net, tax } = options;
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'moveTax', args: { orderId, from, to, net, tax, by, why } });
    await sayTaxDecided(io, running, result, { kind: 'move-tax', key: orderId, by, why }, options);
  });
}
