import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withListOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { StockEventsOptions } from './run/stock-events.ts';

/** `tieout stock events SKU`: what Amazon's inventory ledger says of a SKU. */
export function registerStockEvents(stock: Command, io: CommandIo): void {
  const events = withListOptions(stock.command('events'))
    .description("rows of Amazon's inventory ledger of a SKU, by day")
    .argument('<sku>')
    .option('--from <day>', 'from this day on, like 2026-10-01')
    .option('--ids', 'with the id of each row, by which decisions name it')
    .action(async (sku: string, _options: StockEventsOptions, command: Command) => {
      const { showStockEvents } = await import('./run/stock-events.ts');
      await showStockEvents(io, sku, command.optsWithGlobals<StockEventsOptions>());
    });
  withExample(events, 'npx tieout stock events BLU-MUG', 'npx tieout stock events BLU-MUG --from 2026-10-10 --ids');
}
