import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout approve-adjustment DOCUMENT`: an adjustment above the limit may be sent. */
export function registerApproveAdjustment(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('approve-adjustment'))
    .description('let an adjustment go that is held because it is above the limit of the connection')
    .argument('<document>', 'its external id, as the exception names it')
    .action(async (document: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'An adjustment is approved');
      const { decideStock } = await import('./run/stock-decision.ts');
      await decideStock(io, { kind: 'approveAdjustment', document, why }, options);
    });
  withExample(
    command,
    'npx tieout approve-adjustment AMZ_demo-us_ADJ_us-20261010-inventory-loss_2 --why "write-off of the damaged lot, case 1234"',
  );
}
