import { Argument, InvalidArgumentError, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { reasonOf, withActionOptions, type ActionOptions } from './command-options.ts';
import { withExample } from './help-example.ts';
import type { ReadAgain } from '../contracts/decisions/decisions.ts';

/** `tieout read-again refunds --from INSTANT`: what Amazon told since then is read once more. */
export function registerReadAgain(program: Command, io: CommandIo): void {
  const command = withActionOptions(program.command('read-again'))
    .description('read once more what Amazon told since an instant; nothing is booked twice')
    .addArgument(
      new Argument('<what>', 'what is read again').choices(['orders', 'shipments', 'refunds', 'settlements']),
    )
    .requiredOption('--from <instant>', 'since when, in UTC: 2026-10-01T00:00:00Z', instant)
    .action(async (what: ReadAgain['what'], options: ActionOptions & { from: string }) => {
      const why = reasonOf(options.why, 'A mark is set back');
      const { readAgain } = await import('./run/read-again.ts');
      await readAgain(io, { what, from: options.from, why }, options);
    });
  withExample(
    command,
    'npx tieout read-again refunds --from 2026-10-01T00:00:00Z --why "our clock was wrong, case 1234"',
  );
}

function instant(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== text.slice(0, 19))
    throw new InvalidArgumentError('an instant in UTC is expected, to the second, such as 2026-10-01T00:00:00Z');
  return text;
}
