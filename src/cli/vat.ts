import { InvalidArgumentError, type Command } from 'commander';
import { isMonth } from '../domain/money/instant.ts';
import type { CommandIo } from './command-io.ts';
import { withCsvOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { VatOptions } from './run/vat.ts';

/** `tieout vat YYYY-MM`: the sales tax of a month, and what it ties to. */
export function registerVat(program: Command, io: CommandIo): void {
  const command = withCsvOptions(program.command('vat'))
    .description('the sales tax of a month by who owes it, where and at which rate, and what it ties to')
    .argument('<month>', 'like 2026-10', month)
    .option('--avtr <file>', "Amazon's VAT Transactions Report of the month, to compare order by order")
    .action(async (of: string, options: VatOptions) => {
      const { showVat } = await import('./run/vat.ts');
      await showVat(io, of, options);
    });
  withExample(
    command,
    'npx tieout vat 2026-10',
    'npx tieout vat 2026-10 --avtr october-avtr.txt --all',
    'npx tieout vat 2026-10 --csv > october.csv',
  );
}

function month(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError('a month like 2026-10 is expected');
  return text;
}
