import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout map-sku SKU ITEM`: decides once for all orders which NetSuite item a SKU is. */
export function registerMapSku(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-sku'))
    .description('say which NetSuite item a SKU is, once for all orders that wait')
    .argument('<sku>', 'as Amazon writes it')
    .argument('<item>', 'item name/number (itemid) in NetSuite')
    .action(async (sku: string, item: string, options: ActionOptions) => {
      const { mapSku } = await import('./run/map-sku.ts');
      await mapSku(io, sku, item, options);
    });
  withExample(command, 'npx tieout map-sku BLU-MUG-2 BLU-MUG --why "same UPC 036000291452"');
}
