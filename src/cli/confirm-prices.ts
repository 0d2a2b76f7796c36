import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout confirm-prices MARKETPLACE`: its prices are as the settings say, where settled sales do not prove it. */
export function registerConfirmPrices(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('confirm-prices'))
    .description('say that the prices of a marketplace are as its settings say: it goes live, and who waited goes on')
    .argument('<marketplace>', 'its domain, as the exception names it, or its id')
    .action(async (marketplace: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'Prices are confirmed');
      const { confirmPrices } = await import('./run/confirm-prices.ts');
      await confirmPrices(io, { marketplace, why }, options);
    });
  withExample(command, 'npx tieout confirm-prices amazon.co.uk --why "12 sales compared with their rows by hand"');
}
