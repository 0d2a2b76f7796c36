import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout map-finances TYPE PATH ROLE`: what a kind of amount that Finances tells means. */
export function registerMapFinances(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-finances'))
    .description('say what a kind of amount of Finances means, so that its month can be accrued')
    .argument('<type>', "the transaction's type, as the exception names it")
    .argument('<path>', 'of its breakdown; with /… at its end all below it, too')
    .argument('<role>', 'of its cost or income, or of what is no cost')
    .action(async (transactionType: string, path: string, role: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'What an amount means is said');
      const { decideClose } = await import('./run/close.ts');
      await decideClose(io, { update: 'mapFinances', args: { transactionType, path, role, why } }, options);
    });
  withExample(command, 'npx tieout map-finances ServiceFee FBAColdStorageFee storage --why "fee schedule of May"');
}
