import { InvalidArgumentError, type Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

interface MapSkuOptions extends ActionOptions {
  units?: number;
  file?: string;
}

/** `tieout map-sku SKU ITEM` or `--file FILE`: decides once for all orders which NetSuite item a SKU is, and how many of it. */
export function registerMapSku(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-sku'))
    .description('say which NetSuite item a SKU is and how many units of it, once for all orders that wait')
    .usage('[options] SKU ITEM | --file FILE')
    .argument('[sku]', 'as Amazon writes it')
    .argument('[item]', 'item name/number (itemid) in NetSuite')
    .option('--units <n>', 'how many units of the item one of the SKU is: 3 for a pack of three; else 1', wholeNumber)
    .option(
      '--file <file>',
      'map all of a file, also what no order waits for: [{kind: "sku", key, choice, units?, why?}]',
    )
    .action(async (sku: string | undefined, item: string | undefined, options: MapSkuOptions) => {
      const { file, units, why } = options;
      if (file !== undefined) {
        if (sku !== undefined || units !== undefined || why !== undefined)
          throw usage('--file stands alone: the file says each SKU, its item, its units and why.');
        const { mapSkusOfFile } = await import('./run/map-sku-file.ts');
        return mapSkusOfFile(io, file, options);
      }
      if (sku === undefined || item === undefined) throw usage('map-sku takes a SKU and an item, or --file.');
      const { mapSku } = await import('./run/map-sku.ts');
      await mapSku(io, { sku, item, ...(units === undefined ? {} : { units }) }, options);
    });
  withExample(
    command,
    'npx tieout map-sku BLU-MUG-2 BLU-MUG --why "same UPC 036000291452"',
    'npx tieout map-sku TEA-TIN-3 TEA-TIN --units 3 --why "a pack of three"',
    'npx tieout map-sku --file packs.json',
  );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 on is expected');
  return Number(text);
}

function usage(what: string): TieoutError {
  return new TieoutError({
    code: 'usage',
    what,
    notDone: 'Nothing was mapped.',
    where: [],
    do: ['npx tieout map-sku SKU ITEM --units 3, or npx tieout map-sku --file FILE'],
  });
}
