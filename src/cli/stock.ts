import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withCsvOptions, type CsvOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { StockOptions } from './run/stock.ts';
import { registerStockEvents } from './stock-events.ts';

/**
 * `tieout stock`, `stock SKU|ITEM`, `stock opening`, `stock owed`, `stock events SKU`. A word that is the name of a command
 * below is that command: an item of this name is `--item NAME`.
 */
export function registerStock(program: Command, io: CommandIo): void {
  const stock = withCsvOptions(program.command('stock'))
    .description("Amazon's units beside NetSuite's: what agrees, and what each difference is made of")
    .argument('[item]', 'one item, or the item of a SKU: from NetSuite term by term to Amazon')
    .option('--item <name>', 'the same, for an item that is called like one of the commands below')
    .addOption(new Option('--on <day>', 'as it stood at the end of a day, like 2026-10-31').argParser(day))
    .helpCommand(false)
    .hook('preSubcommand', refuseOptionsBeside)
    .action(
      async (word: string | undefined, { item, ...options }: StockOptions & { item?: string }, command: Command) => {
        const asked = item ?? word;
        if (asked === undefined) {
          const { showStock } = await import('./run/stock.ts');
          return showStock(io, options);
        }
        if (options.csv) command.error("error: option '--csv' is of all items, not of one");
        const { showStockItem } = await import('./run/stock-item.ts');
        return showStockItem(
          io,
          asked,
          options,
          item === undefined ? command.commands.map((below) => below.name()) : [],
        );
      },
    );
  withExample(
    stock,
    'npx tieout stock',
    'npx tieout stock --on 2026-10-31 --csv > october.csv',
    'npx tieout stock BLU-MUG',
    'npx tieout stock --item opening',
  );
  registerOpening(stock, io);
  registerOwed(stock, io);
  registerStockEvents(stock, io);
}

/** Options of `stock` itself are taken wherever they stand: those that a command below does not know are no silent nothing. */
function refuseOptionsBeside(stock: Command, command: Command): void {
  const known = new Set([...command.options.map(({ long }) => long), '--connection']);
  const given = stock.options.filter((option) => stock.getOptionValue(option.attributeName()) !== undefined);
  for (const { long } of given)
    if (!known.has(long)) stock.error(`error: unknown option '${long}' of stock ${command.name()}`);
}

function registerOpening(stock: Command, io: CommandIo): void {
  const opening = withCsvOptions(stock.command('opening'))
    .description('what both held before the first day of stock, by item, and what of the difference is booked')
    .action(async (_options: CsvOptions, command: Command) => {
      const { showOpening } = await import('./run/stock-opening.ts');
      await showOpening(io, command.optsWithGlobals<CsvOptions>());
    });
  withExample(opening, 'npx tieout stock opening', 'npx tieout stock opening --csv > opening.csv');
}

function registerOwed(stock: Command, io: CommandIo): void {
  const owed = withCsvOptions(stock.command('owed'))
    .description('what Amazon owes: units and their cost, and until when a claim is taken')
    .action(async (_options: CsvOptions, command: Command) => {
      const { showOwed } = await import('./run/stock-owed.ts');
      await showOwed(io, command.optsWithGlobals<CsvOptions>());
    });
  withExample(owed, 'npx tieout stock owed', 'npx tieout stock owed --csv > claims.csv');
}

function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('a day like 2026-10-31 is expected');
  return text;
}
