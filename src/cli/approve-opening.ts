import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout approve-opening POOL [ITEM…]`: the difference at the beginning is booked against the opening balance. */
export function registerApproveOpening(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('approve-opening'))
    .description(
      'let the difference between Amazon and NetSuite at the beginning be booked against the opening balance',
    )
    .argument('<pool>', 'as the configuration names it')
    .argument('[items...]', 'itemids in NetSuite; without them all of the pool')
    .action(async (pool: string, items: string[], options: ActionOptions) => {
      const why = reasonOf(options.why, 'An opening is approved');
      const { decideStock } = await import('./run/stock-decision.ts');
      await decideStock(io, { kind: 'approveOpening', pool, ...(items.length === 0 ? {} : { items }), why }, options);
    });
  withExample(
    command,
    'npx tieout approve-opening us --why "agreed with the count of 30 September"',
    'npx tieout approve-opening us BLU-MUG TEA-TIN --why "the rest is counted again"',
  );
}
