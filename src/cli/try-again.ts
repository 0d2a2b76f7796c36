import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout try-again payout ID`, `try-again order ID`: what stopped there has been mended. */
export function registerTryAgain(program: Command, io: CommandIo): void {
  const command = program
    .command('try-again')
    .description('go on with an order or a payout after mending what stopped it')
    .helpCommand(false);
  withExample(command, 'npx tieout try-again payout 20001234562');
  for (const [of, id] of [
    ['payout', 'settlement id'],
    ['order', 'order id as Amazon writes it'],
  ] as const) {
    const kind = withActionOptions(command.command(of))
      .description(`go on with one ${of}`)
      .argument('<id>', id)
      .action(async (key: string, options: ActionOptions) => {
        const { tryAgain } = await import('./run/try-again.ts');
        await tryAgain(io, { of, id: key }, options);
      });
    withExample(
      kind,
      of === 'payout' ? 'npx tieout try-again payout 20001234562' : 'npx tieout try-again order 112-3940177-8802201',
    );
  }
}
