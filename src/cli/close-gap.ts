import { Argument, InvalidArgumentError, type Command } from 'commander';
import type { StockDecisions } from '../contracts/decisions/stock-decisions.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout close-gap POOL ITEM PLACE UNITS`: Amazon's balance is right, and no row will come for the difference. */
export function registerCloseGap(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('close-gap'))
    .description(
      "take Amazon's balance of an item for right where its rows come to something else: the gap is adjusted",
    )
    .argument('<pool>', 'as the configuration names it')
    .argument('<item>', 'itemid in NetSuite')
    .addArgument(new Argument('<place>', 'where').choices(['sellable', 'unsellable']))
    .argument('<units>', 'signed as the exception has the gap: -2 where Amazon has fewer', signedNumber)
    .action(
      async (
        pool: string,
        item: string,
        place: StockDecisions['closeGap']['place'],
        units: number,
        options: ActionOptions,
      ) => {
        const why = reasonOf(options.why, 'A gap is closed');
        const { decideStock } = await import('./run/stock-decision.ts');
        await decideStock(io, { kind: 'closeGap', pool, item, place, units, why }, options);
      },
    );
  withExample(command, 'npx tieout close-gap us BLU-MUG sellable -2 --why "Amazon confirms its balance, case 1234"');
}

function signedNumber(text: string): number {
  if (!/^[+-]?[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number other than 0 is expected');
  return Number(text);
}
