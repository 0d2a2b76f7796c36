import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout book-refund ORDER --settlement SETTLEMENT`: a refund that Finances does not tell, from the rows that pay it. */
export function registerBookRefund(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('book-refund'))
    .description(
      "book a refund that Amazon's finances do not tell, or not in full, from the rows of the settlement that pays it",
    )
    .argument('<order>', 'order id')
    .requiredOption('--settlement <id>', 'settlement that pays the refund')
    .action(async (orderId: string, options: ActionOptions & { settlement: string }) => {
      const why = reasonOf(options.why, 'A refund that Amazon does not tell is booked');
      const { bookRefund } = await import('./run/book-refund.ts');
      await bookRefund(io, { orderId, settlementId: options.settlement, why }, options);
    });
  withExample(
    command,
    'npx tieout book-refund 114-1234567-1234567 --settlement 20001234562 --why "told with an unknown part, case 1234"',
  );
}
