import { Option, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions, withWaitOption } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { BankImportOptions } from './run/bank-import.ts';

/** `tieout bank import FILE`: takes the lines of a statement in; each payout finds its own. */
export function registerBankImport(bank: Command, io: CommandIo): void {
  const command = withWaitOption(withQueryOptions(bank.command('import')))
    .description('take in a statement (OFX or CSV) of the bank account or the card')
    .argument('<file>', 'OFX, or CSV with the headers date, amount, currency, description, transaction-id')
    .addOption(new Option('--account <account>', 'whose statement it is').choices(['bank', 'card']).default('bank'))
    .action(async (file: string, options: BankImportOptions) => {
      const { importStatement } = await import('./run/bank-import.ts');
      await importStatement(io, file, options);
    });
  withExample(command, 'npx tieout bank import october.ofx', 'npx tieout bank import card.csv --account card');
}
