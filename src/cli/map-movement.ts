import { Argument, type Command } from 'commander';
import type { StockDecisions } from '../contracts/decisions/stock-decisions.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout map-movement EVENT-TYPE REASON adjust|pair|outside`: says once what rows of the ledger are that nobody knows. */
export function registerMapMovement(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('map-movement'))
    .description("say what a kind of row of Amazon's ledger is, once for all its rows")
    .argument('<event-type>', 'as the ledger writes it: Adjustments')
    .argument('<reason>', 'letter or word of the reason; "" where it has none')
    .addArgument(
      new Argument(
        '<answer>',
        'adjust: each by itself; pair: what leaves one place and enters the other is a transfer; outside: in no sum',
      ).choices(['adjust', 'pair', 'outside']),
    )
    .action(
      async (
        eventType: string,
        reason: string,
        answer: StockDecisions['mapMovement']['answer'],
        options: ActionOptions,
      ) => {
        const why = reasonOf(options.why, 'Rows of the ledger are answered by hand');
        const { decideStock } = await import('./run/stock-decision.ts');
        await decideStock(io, { kind: 'mapMovement', eventType, reason, answer, why }, options);
      },
    );
  withExample(command, 'npx tieout map-movement Adjustments X adjust --why "new letter for lost units, case 1234"');
}
