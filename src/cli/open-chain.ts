import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout open-chain SETTLEMENT`: no report is missing before it; what it brings in becomes an opening balance. */
export function registerOpenChain(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('open-chain'))
    .description('say that no report is missing before a settlement: what it brings in becomes an opening balance')
    .argument('<settlement>', 'settlement id, as the exception names it')
    .action(async (settlementId: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'A chain is opened');
      const { openChain } = await import('./run/open-chain.ts');
      await openChain(io, { settlementId, why }, options);
    });
  withExample(command, 'npx tieout open-chain 20001234562 --why "the account began in October, case 1234"');
}
