import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout correct-tax DOCUMENT`: the tax of a document is owed by whom its rows say. */
export function registerCorrectTax(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('correct-tax'))
    .description(
      'book the tax of an invoice or credit memo as its rows say: off it where Amazon withheld it, added where nobody did',
    )
    .argument('<document>', 'its external id, as the exception names it')
    .action(async (document: string, options: ActionOptions) => {
      const why = reasonOf(options.why, 'Tax is corrected');
      const { correctTax } = await import('./run/correct-tax.ts');
      await correctTax(io, { document, why }, options);
    });
  withExample(
    command,
    'npx tieout correct-tax AMZ_demo-uk_INV_202-3940177-8802201-D0000001_1 --why "Amazon is liable, case 1234"',
  );
}
