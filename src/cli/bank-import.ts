import { Option, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withByOption, withQueryOptions, withWaitOption } from './command-options.ts';
import { withExample } from './help-example.ts';
import { statementFormOf, withStatementOptions } from './statement-options.ts';
import type { BankImportOptions } from './run/bank-import.ts';

/** `tieout bank import FILE`: takes the lines of a statement in; each payout finds its own. */
export function registerBankImport(bank: Command, io: CommandIo): void {
  const command = withStatementOptions(withWaitOption(withByOption(withQueryOptions(bank.command('import')))), '')
    .description('take in a statement (OFX or CSV) of the bank account or the card')
    .argument(
      '<file>',
      'OFX, or CSV with the headers date, amount, currency, description, transaction-id or those that the options name',
    )
    .addOption(new Option('--account <account>', 'whose statement it is').choices(['bank', 'card']).default('bank'))
    .option(
      '--number <number>',
      'number of the account, or its last four characters: for a CSV, where there are several bank accounts or cards',
    )
    .option('--remember', 'read later statements of this account so')
    .action(async (file: string, options: BankImportOptions) => {
      const { importStatement } = await import('./run/bank-import.ts');
      const form = statementFormOf({ ...options });
      if (options.remember && form === null)
        command.error(
          'error: --remember needs --columns, --date-form, --decimal or --currency: there is nothing to remember',
        );
      await importStatement(io, file, options, form);
    });
  withExample(
    command,
    'npx tieout bank import october.ofx',
    'npx tieout bank import october.csv --columns date=Buchung,amount=Betrag,description=Text --date-form DD.MM.YYYY --decimal , --currency EUR --remember',
  );
}
