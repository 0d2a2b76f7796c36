import { Option, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { BankLinesOptions } from './run/bank-lines.ts';

/** `tieout bank lines`: the lines of the statements, by the numbers under which other commands name them. */
export function registerBankLines(bank: Command, io: CommandIo): void {
  const command = withQueryOptions(bank.command('lines'))
    .description('lines of the statements by number, and what each proves')
    .addOption(new Option('--account <account>', 'only those of one').choices(['bank', 'card']))
    .option('--unmatched', 'only those that prove nothing')
    .action(async (options: BankLinesOptions) => {
      const { listBankLines } = await import('./run/bank-lines.ts');
      await listBankLines(io, options);
    });
  withExample(command, 'npx tieout bank lines', 'npx tieout bank lines --account bank --unmatched');
}
