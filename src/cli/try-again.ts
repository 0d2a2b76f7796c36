import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

const EXAMPLES = {
  payout: '20001234562',
  order: '112-3940177-8802201',
  document: 'AMZ_demo-us_INV_112-3940177-8802201-D0000001_1',
} as const;

/** `tieout try-again payout ID`, `try-again order ID`, `try-again document ID`: what stopped there, or was altered, has been mended. */
export function registerTryAgain(program: Command, io: CommandIo): void {
  const command = program
    .command('try-again')
    .description('go on with an order, a payout or an altered document after mending it')
    .helpCommand(false);
  withExample(command, 'npx tieout try-again payout 20001234562');
  for (const [of, id] of [
    ['payout', 'settlement id'],
    ['order', 'order id as Amazon writes it'],
    ['document', 'external id of a document that was altered in NetSuite'],
  ] as const) {
    const kind = withActionOptions(command.command(of))
      .description(`go on with one ${of}`)
      .argument('<id>', id)
      .action(async (key: string, options: ActionOptions) => {
        const { tryAgain } = await import('./run/try-again.ts');
        await tryAgain(io, { of, id: key }, options);
      });
    withExample(kind, `npx tieout try-again ${of} ${EXAMPLES[of]}`);
  }
}
