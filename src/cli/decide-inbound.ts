import { Argument, type Command } from 'commander';
import type { StockDecisions } from '../contracts/decisions/stock-decisions.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout decide-inbound SHIPMENT SKU CHOICE`: says what became of units that did not come, or came beyond what was shipped. */
export function registerDecideInbound(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('decide-inbound'))
    .description('say what became of units of an inbound shipment that did not come, or that nobody had shipped')
    .argument('<shipment>', 'FBA…, or the reference of a receipt; "" where it has none')
    .argument('<sku>', 'as Amazon writes it')
    .addArgument(
      new Argument(
        '<choice>',
        'lost: adjusted away; returned: back in the warehouse; take-from-source: they came out of the warehouse; found: adjusted in; wait: nothing yet',
      ).choices(['wait', 'lost', 'returned', 'take-from-source', 'found']),
    )
    .action(
      async (
        shipmentId: string,
        sku: string,
        choice: StockDecisions['decideInbound']['choice'],
        options: ActionOptions,
      ) => {
        const why = reasonOf(options.why, 'An inbound shipment is decided');
        const { decideStock } = await import('./run/stock-decision.ts');
        await decideStock(io, { kind: 'decideInbound', shipmentId, sku, choice, why }, options);
      },
    );
  withExample(command, 'npx tieout decide-inbound FBA15DEMO1 BLU-MUG lost --why "carrier lost a box, claim 77"');
}
