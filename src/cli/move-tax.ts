import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { MoveTaxOptions } from './run/move-tax.ts';

/** `tieout move-tax ORDER`: tax of an order is owed in another country than its documents say. */
export function registerMoveTax(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('move-tax'))
    .description('move the VAT of an order from one country where you owe it to another, by a journal')
    .argument('<order>', "Amazon's order id")
    .requiredOption('--from <country>', 'where its documents have it, like GB')
    .requiredOption('--to <country>', 'where it is owed')
    .requiredOption('--net <amount>', 'what the tax is on, without it; --net=-25.00 of a refund')
    .requiredOption('--tax <amount>', 'the tax that is moved; --tax=-5.00 of a refund')
    .action(async (orderId: string, options: MoveTaxOptions) => {
      const why = reasonOf(options.why, 'Tax is moved');
      const { moveTax } = await import('./run/move-tax.ts');
      await moveTax(io, { orderId, why }, options);
    });
  withExample(
    command,
    'npx tieout move-tax 202-3940177-8802201 --from GB --to DE --net=100.00 --tax=20.00 --why "shipped from Germany"',
  );
}
