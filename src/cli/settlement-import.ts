import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withByOption, withQueryOptions, type ByOptions, type QueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout settlement import FILE`: takes in a report that Amazon no longer keeps, and starts its payout. */
export function registerSettlementImport(settlement: Command, io: CommandIo): void {
  const command = withByOption(withQueryOptions(settlement.command('import')))
    .description('take in a report that Amazon no longer keeps, and start its payout')
    .argument('<file>', 'flat file V2 or V1, packed with gzip or plain')
    .action(async (file: string, options: QueryOptions & ByOptions) => {
      const { importSettlement } = await import('./run/settlement-import.ts');
      await importSettlement(io, file, options);
    });
  withExample(command, 'npx tieout settlement import reports/20001234561.txt');
}
