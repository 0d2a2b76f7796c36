import { Option, type Command } from 'commander';
import { FEE_ROLES } from '../domain/mapping/roles.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { BookFeeInvoiceOptions } from './run/book-fee-invoice.ts';

/** `tieout book-fee-invoice NUMBER`: one of Amazon's invoices for fees, whose VAT is reclaimed. */
export function registerBookFeeInvoice(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('book-fee-invoice'))
    .description("enter one of Amazon's invoices for fees; the VAT charged on it is reclaimed by a journal")
    .argument('<number>', 'as Amazon numbers it')
    .requiredOption('--date <day>', 'of the invoice, like 2026-10-31')
    .requiredOption('--country <country>', 'whose VAT it has, like GB')
    .addOption(new Option('--role <role>', 'what it is for').choices(FEE_ROLES).makeOptionMandatory())
    .requiredOption('--net <amount>', 'without VAT; --net=-40.00 of a credit note')
    .requiredOption('--tax <amount>', 'VAT; 0 where it is zero or reverse')
    .addOption(
      new Option('--treatment <treatment>', 'charged: VAT is on it; reverse: you account for it; zero: none is due')
        .choices(['charged', 'zero', 'reverse'])
        .default('charged'),
    )
    .option('--marketplace <id>', 'whose fees, where it is not the one of the country')
    .action(async (number: string, options: BookFeeInvoiceOptions) => {
      const why = reasonOf(options.why, 'An invoice is entered');
      const { bookFeeInvoice } = await import('./run/book-fee-invoice.ts');
      await bookFeeInvoice(io, { number, why }, options);
    });
  withExample(
    command,
    'npx tieout book-fee-invoice UK-AEU-2026-1234 --date 2026-10-31 --country GB --role selling-fees --net 40.00 --tax 8.00 --why "October"',
  );
}
