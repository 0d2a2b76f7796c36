import { InvalidArgumentError, Option, type Command } from 'commander';
import { isMonth } from '../domain/money/instant.ts';
import type { CommandIo } from './command-io.ts';
import { withCsvOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { ProfitOptions } from './run/profit.ts';

/** `tieout profit YYYY-MM`: what each SKU earned, and whether it ties to NetSuite's ledger. */
export function registerProfit(program: Command, io: CommandIo): void {
  const command = withCsvOptions(program.command('profit'))
    .description('what each SKU earned in a month, and whether it ties to the ledger')
    .argument('<month>', 'like 2026-10', month)
    .addOption(new Option('--by <what>', 'what a row is').choices(['sku', 'item', 'marketplace']).default('sku'))
    .action(async (of: string, options: ProfitOptions) => {
      const { showProfit } = await import('./run/profit.ts');
      await showProfit(io, of, options);
    });
  withExample(
    command,
    'npx tieout profit 2026-10',
    'npx tieout profit 2026-10 --by marketplace',
    'npx tieout profit 2026-10 --csv > october.csv',
  );
}

function month(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError('a month like 2026-10 is expected');
  return text;
}
