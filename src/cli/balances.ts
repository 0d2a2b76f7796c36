import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withCsvOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { BalancesOptions } from './run/balances.ts';

/** `tieout balances --on DAY`: what each account holds at the end of a day, and what is left of which document. */
export function registerBalances(program: Command, io: CommandIo): void {
  const command = withCsvOptions(program.command('balances'))
    .description('each account at the end of a day: our documents beside NetSuite, and what is left of which')
    .addOption(new Option('--on <day>', 'like 2026-10-31').argParser(day).makeOptionMandatory())
    .action(async (options: BalancesOptions) => {
      const { showBalances } = await import('./run/balances.ts');
      await showBalances(io, options);
    });
  withExample(
    command,
    'npx tieout balances --on 2026-10-31',
    'npx tieout balances --on 2026-10-14 --all',
    'npx tieout balances --on 2026-10-31 --csv > balances.csv',
  );
}

function day(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay || new Date(text).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('a day like 2026-10-31 is expected');
  return text;
}
