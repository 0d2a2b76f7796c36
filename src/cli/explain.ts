import type { Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { ExplainOptions } from './run/explain.ts';

/** `tieout explain WHAT`: where an amount comes from and where it went, from whichever end one has. */
export function registerExplain(program: Command, io: CommandIo): void {
  const command = withQueryOptions(program.command('explain'))
    .description('where an amount comes from and where it went, from any end, and the rule that sent it there')
    .argument(
      '<what>',
      "a document's EXTERNALID or EXTERNALID:LINE or its number in NetSuite, SETTLEMENT or SETTLEMENT:LINE of its report, an ORDER, bank:LINE",
    )
    .option('--rows', 'of a line of a document: list the rows themselves')
    .action(async (text: string, options: ExplainOptions) => {
      const match = /^([^:]+)(?::([1-9]\d{0,6}))?$/.exec(text.trim());
      if (!match) {
        throw new TieoutError({
          code: 'usage',
          what: `"${text}" names nothing that can be explained.`,
          notDone: 'Nothing was done.',
          where: [],
          do: [
            'npx tieout explain EXTERNALID:LINE, like AMZ_demo-us_JE_20001234561_1:3',
            'npx tieout explain SETTLEMENT:LINE, an ORDER, a number of NetSuite, or bank:LINE',
          ],
        });
      }
      const { explain } = await import('./run/explain.ts');
      await explain(io, match[1]!, match[2] === undefined ? null : Number(match[2]), options);
    });
  withExample(
    command,
    'npx tieout explain AMZ_demo-us_JE_20001234561_1:3',
    'npx tieout explain AMZ_demo-us_JE_20001234561_1:3 --rows',
    'npx tieout explain 20001234561:14',
    'npx tieout explain 112-3940177-8802201',
    'npx tieout explain INV10042',
    'npx tieout explain bank:12',
  );
}
