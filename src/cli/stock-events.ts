import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { StockEventsOptions } from './run/stock-events.ts';

/** `tieout stock events SKU`: what Amazon's inventory ledger says of a SKU. */
export function registerStockEvents(stock: Command, io: CommandIo): void {
  const command = withQueryOptions(stock.command('events'))
    .description("rows of Amazon's inventory ledger of a SKU, by day")
    .argument('<sku>')
    .option('--from <day>', 'from this day on, like 2026-10-01')
    .action(async (sku: string, options: StockEventsOptions) => {
      const { showStockEvents } = await import('./run/stock-events.ts');
      await showStockEvents(io, sku, options);
    });
  withExample(command, 'npx tieout stock events BLU-MUG', 'npx tieout stock events BLU-MUG --from 2026-10-10');
}
