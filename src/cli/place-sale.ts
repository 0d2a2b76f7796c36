import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout place-sale ORDER COUNTRY`: where an order went whose sale is not in these books. */
export function registerPlaceSale(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('place-sale'))
    .description('say where an order went whose sale is not in these books: its refund gives back tax by that')
    .argument('<order>', 'its id, as the exception names it')
    .argument('<country>', 'by two letters, like GB')
    .action(async (orderId: string, country: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'The place of a sale is said');
      const { placeSale } = await import('./run/place-sale.ts');
      await placeSale(io, { orderId, country: country.toUpperCase(), why }, options);
    });
  withExample(command, 'npx tieout place-sale 202-3940177-8802201 US --why "exported, invoice 1234 of the old books"');
}
