import type { Command } from 'commander';
import { TieoutError } from '../errors/tieout-error.ts';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { ExplainOptions } from './run/explain.ts';

/** `tieout explain EXTERNALID:LINE`: from a line of a journal, payment or deposit to the rows of Amazon's report. */
export function registerExplain(program: Command, io: CommandIo): void {
  const command = withQueryOptions(program.command('explain'))
    .description("why a line is what it is: its rows in Amazon's report or ledger, and the rule that sent them there")
    .argument('<line>', 'EXTERNALID:LINE; without :LINE, the lines of the document')
    .option('--rows', 'list the rows themselves')
    .action(async (text: string, options: ExplainOptions) => {
      const match = /^([^:]+)(?::([1-9]\d{0,4}))?$/.exec(text.trim());
      if (!match) {
        throw new TieoutError({
          code: 'usage',
          what: `"${text}" does not name a line.`,
          notDone: 'Nothing was done.',
          where: [],
          do: ['npx tieout explain EXTERNALID:LINE, like AMZ_demo-us_JE_20001234561_1:3'],
        });
      }
      const { explainDocument } = await import('./run/explain.ts');
      await explainDocument(io, match[1]!, match[2] === undefined ? null : Number(match[2]), options);
    });
  withExample(
    command,
    'npx tieout explain AMZ_demo-us_JE_20001234561_1:3',
    'npx tieout explain AMZ_demo-us_JE_20001234561_1:3 --rows',
  );
}
