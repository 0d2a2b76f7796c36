import { InvalidArgumentError, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { withQueryOptions, type ExceptionsOptions } from './command-options.ts';
import { withExample } from './help-example.ts';

/** `tieout exceptions [NUMBER]`: what does not tie and waits for a person, or one of them with its evidence. */
export function registerExceptions(program: Command, io: CommandIo): void {
  const command = withQueryOptions(program.command('exceptions'))
    .description('what waits for a person, or one of them with its evidence')
    .argument('[number]', 'of an exception', exceptionNumber)
    .option('--snoozed', 'those that are put aside until a day')
    .action(async (number: number | undefined, options: ExceptionsOptions) => {
      const { listExceptions, showException } = await import('./run/exceptions.ts');
      await (number === undefined ? listExceptions(io, options) : showException(io, number, options));
    });
  withExample(command, 'npx tieout exceptions', 'npx tieout exceptions 42', 'npx tieout exceptions --snoozed');
}

export function exceptionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('the number of an exception is expected');
  return Number(text);
}
