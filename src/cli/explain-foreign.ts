import { Argument, type Command } from 'commander';
import type { StockDecisions } from '../contracts/decisions/stock-decisions.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

interface ExplainForeignOptions extends ActionOptions {
  rows?: string[];
}

/** `tieout explain-foreign DOCUMENT counter|answers`: says what a movement is that somebody else made in NetSuite. */
export function registerExplainForeign(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('explain-foreign'))
    .description(
      'say what a movement is that somebody else made in NetSuite, or a fulfilment that the ledger does not have',
    )
    .argument('<document>', 'its number in NetSuite, or its internal id')
    .addArgument(
      new Argument('<choice>', 'counter: post its opposite; answers: it is the answer of the rows').choices([
        'counter',
        'answers',
      ]),
    )
    .option('--rows <rows...>', 'with answers: ids of the rows, as tieout stock events --ids shows them')
    .action(
      async (document: string, choice: StockDecisions['explainForeign']['choice'], options: ExplainForeignOptions) => {
        const { rows } = options;
        if ((choice === 'answers') !== (rows !== undefined))
          throw usage(
            choice === 'answers'
              ? 'A movement answers rows that are named.'
              : 'A movement that is countered answers no rows.',
          );
        const why = reasonOf(options.why, 'A movement is explained');
        const { decideStock } = await import('./run/stock-decision.ts');
        await decideStock(io, { kind: 'explainForeign', document, choice, ...(rows ? { rows } : {}), why }, options);
      },
    );
  withExample(
    command,
    'npx tieout explain-foreign ADJ10005 counter --why "counted twice, Ben agrees"',
    'npx tieout explain-foreign 4711 answers --rows "2026-10-10|X1|BLU-MUG|Adjustments|M||PDX9|US|SELLABLE|-2#1" --why "…"',
  );
}

function usage(what: string): TieoutError {
  return new TieoutError({
    code: 'usage',
    what,
    notDone: 'Nothing was decided.',
    where: [],
    do: ['npx tieout explain-foreign DOCUMENT counter, or … answers --rows ROW …'],
  });
}
